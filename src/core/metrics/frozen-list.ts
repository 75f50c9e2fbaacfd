/** One for each shard, or whatever is counted. */
export function frozenList<T>(length: number, each: (index: number) => T): readonly T[] {
  return Object.freeze(Array.from({ length }, (_, index) => each(index)));
}
