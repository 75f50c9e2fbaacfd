import { type History, PLAIN } from "./history.ts";
import { LruStack } from "./lru-stack.ts";
import { CLEAR, DELETE, FILLED, MISS, SET } from "./tape.ts";

/** Operations between two looks at the time of an idle slice. */
const SLICE = 1_024;

/** Hits of LRU at any size. */
export interface LruHits {
  readonly lookups: number;
  /** @param size of the simulated cache */
  hits(size: number): number;
  /** Misses that may have been hits: see `ReplayResult`. */
  unknown(size: number): number;
}

/**
 * The hits of LRU at all sizes, in one pass over a record. Gives `undefined` where sizes differ by more than what they
 * hold: by weights, by shards, by what expires, or by a load that only a smaller one makes, which brings its value later.
 */
export function* lruPass(history: History, from: number): Generator<number, LruHits | undefined, undefined> {
  if (!isPlain(history)) return undefined;
  const { record, length, kinds, keys, fates, keyCount } = history;
  const stack = new LruStack(keyCount, length + keyCount);
  const isSeen = new Uint8Array(keyCount);
  record.entries?.keys.forEach((_, key) => {
    stack.use(key);
    isSeen[key] = 1;
  });
  stack.evicted = 0;
  const counts = new Counts(keyCount);
  let isPastUnknown = !record.isComplete;
  for (let at = 0; at < length; at++) {
    if (at % SLICE === 0 && at > 0) yield at;
    const key = keys[at]!;
    // What is written right after its miss is as good as filled at once.
    const isFilled = kinds[at] === MISS && kinds[at + 1] === SET && keys[at + 1] === key;
    const kind = isFilled ? FILLED : kinds[at]!;
    if (kind === CLEAR) {
      stack.clear();
      isPastUnknown = false;
    } else if (kind === DELETE) stack.delete(key);
    else if (kind === MISS && (fates[at] === PLAIN || stack.has(key))) return undefined;
    else if (kind <= SET) {
      const evicted = stack.evicted;
      if (kind !== MISS) stack.use(key);
      if (kind <= FILLED && at >= from) {
        const isUnknown = isPastUnknown && isSeen[key] === 0;
        counts.add(kind === MISS ? keyCount + 1 : stack.distance, isUnknown ? evicted : -1);
      }
      if (kind !== MISS) isSeen[key] = 1;
    }
  }
  return counts;
}

/** Whether all that sizes differ by is what they hold. */
function isPlain({ record }: History): boolean {
  const { maxWeight, shardCount, ttl = Infinity, timeToIdle = Infinity } = record.options;
  if (maxWeight !== undefined || shardCount > 1) return false;
  const { entries, end } = record;
  const oldest = Math.max(0, ...(entries?.ages ?? []).map((age) => age ?? 0));
  const shortest = Math.min(ttl, timeToIdle, leastOf(record.ttls), leastOf(entries?.ttls));
  return end + oldest < shortest;
}

/** The shortest of ttls as a record tells them. */
function leastOf(ttls: readonly number[] = []): number {
  return ttls.reduce((least, ttl) => (ttl > 0 && ttl < least ? ttl : least), Infinity);
}

/** Look-ups by the least size that hits them. */
class Counts implements LruHits {
  lookups = 0;
  #byDistance: Int32Array;
  /** By the largest size that had evicted something, and so knows. */
  #byEvicted: Int32Array;

  constructor(keyCount: number) {
    this.#byDistance = new Int32Array(keyCount + 2);
    this.#byEvicted = new Int32Array(keyCount + 2);
  }

  /** @param evicted -1 where all is known */
  add(distance: number, evicted: number): void {
    const last = this.#byDistance.length - 1;
    this.lookups++;
    this.#byDistance[Math.min(distance, last)]!++;
    if (evicted >= 0) this.#byEvicted[Math.min(evicted, last)]!++;
  }

  hits(size: number): number {
    // The last place is for what no size hits.
    return sumOf(this.#byDistance, Math.min(size + 1, this.#byDistance.length - 1));
  }

  unknown(size: number): number {
    return sumOf(this.#byEvicted, size);
  }
}

/** The sum of those before a place. */
function sumOf(counts: Int32Array, end: number): number {
  let sum = 0;
  for (let at = 0; at < Math.min(end, counts.length); at++) sum += counts[at]!;
  return sum;
}
