import type { Filter, FilterCells } from "./filter/filter.ts";
import type { KeyHasher } from "./hash.ts";

/** The filter in front of one shard: as large as the columns, and made anew when they grow. */
export class ShardFilter {
  #cells: FilterCells | undefined;
  #filter: Filter;
  #probability: number;
  #hasher: KeyHasher;

  /** @param hasher holds the hash of the key of the running operation */
  constructor(filter: Filter, probability: number, hasher: KeyHasher) {
    this.#filter = filter;
    this.#probability = probability;
    this.#hasher = hasher;
  }

  get byteLength(): number {
    return this.#cells?.byteLength ?? 0;
  }

  /** Whether the key of the running operation passes the filter by, and so is neither rejected nor let through. */
  get isPassedBy(): boolean {
    return !this.#hasher.byValue;
  }

  /** Whether the key of the running operation is surely absent. */
  get rejects(): boolean {
    const { byValue, first, second } = this.#hasher;
    return byValue && this.#cells?.has(first, second) === false;
  }

  /** Adds a key. @param keys all that are stored, for a filter of another size */
  add(key: unknown, reserved: number, keys: Iterable<unknown>): void {
    if (this.#cells?.capacity !== reserved) {
      this.#cells = this.#filter.create(reserved, this.#probability);
      for (const each of keys) this.#change(each, "add");
    }
    this.#change(key, "add");
  }

  remove(key: unknown): void {
    if (this.#cells) this.#change(key, "remove");
  }

  clear(): void {
    this.#cells = undefined;
  }

  #change(key: unknown, how: "add" | "remove"): void {
    this.#hasher.hash(key);
    if (this.#hasher.byValue) this.#cells![how](this.#hasher.first, this.#hasher.second);
  }
}
