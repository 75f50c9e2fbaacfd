/**
 * A set over two independent 32-bit numbers of each key: says "surely absent" or "maybe there", and forgets what is
 * removed. What is in it is never denied.
 */
export interface FilterCells {
  /** The keys for which the asked rate holds. */
  readonly capacity: number;
  /** The bytes that its cells take. */
  readonly byteLength: number;
  /** How full it is, from 0 to 1, for people: counted when it is read. @since 0.2.0 */
  readonly fill?: number;
  /** Whether a key with these numbers may be there; false is certain. */
  has(first: number, second: number): boolean;
  /** A key with this hash is there now. */
  add(first: number, second: number): void;
  /** Forgets a key that was added once more than it was removed. */
  remove(first: number, second: number): void;
}

/** A filter by name: what the option `filter` takes. */
export interface Filter {
  /** Shown in metrics and in the panel. */
  readonly name: string;
  /**
   * Makes the filter of one shard, empty; called again when the shard grows.
   * @param capacity the most keys
   * @param probability the most false positives in one question for an absent key
   */
  create(capacity: number, probability: number): FilterCells;
}
