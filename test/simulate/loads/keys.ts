import type { Draw, Key, Operation } from "./load.ts";

/** The ranks of a Zipf distribution: rank r, from 0, is drawn as often as 1 / (r + 1)^skew. */
export function zipf(draw: Draw, count: number, skew: number): () => number {
  const sums = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) sums[rank] = sum += 1 / (rank + 1) ** skew;
  return () => {
    const wanted = draw() * sum;
    let low = 0;
    for (let high = count - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Any key below a count, each as often. */
export function uniform(draw: Draw, count: number): () => number {
  return () => Math.floor(draw() * count);
}

/** One after the other, and from the start again. */
export function loop(count: number): () => number {
  let next = -1;
  return () => (next = (next + 1) % count);
}

/** Each key once. */
export function fresh(name = "new"): () => string {
  let next = 0;
  return () => `${name}:${next++}`;
}

/** A get, and a set where it misses. */
export function read(key: Key): Operation {
  return { type: "read", key };
}

/** Reads of the keys that a source gives, for ever. */
export function* readsOf(next: () => Key): Generator<Operation> {
  for (;;) yield read(next());
}
