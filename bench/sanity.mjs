// A subject that does not store, or does not evict, would be fast for nothing.

const SIZE = 500;
const KEYS = 8 * SIZE;
const key = (index) => `key:${index}`;

/** @throws unless it holds what it was made for, gives the right values, and holds no more than it says */
export function checkBound(make, { label, holds = 1, isUnbounded = false }) {
  const cache = make(SIZE);
  for (let index = 0; index < KEYS; index++) cache.set(key(index), index);
  let hits = 0;
  for (let index = 0; index < KEYS; index++) {
    const value = cache.get(key(index));
    if (value === undefined) continue;
    if (value !== index) throw new Error(`${label} has ${String(value)} for ${key(index)}.`);
    hits++;
  }
  const [least, most] = isUnbounded ? [KEYS, KEYS] : [SIZE, holds * SIZE];
  if (hits < least || hits > most) throw new Error(`${label} holds ${hits} of ${KEYS}, expected ${least} to ${most}.`);
}
