/** A set that nearly always holds one thing, for which it needs no more than a field. In the order of insertion. */
export class SmallSet<T extends object> implements Iterable<T> {
  #only: T | undefined;
  /** From the second one on. */
  #all: Set<T> | undefined;

  get size(): number {
    if (this.#all !== undefined) return this.#all.size;
    return this.#only === undefined ? 0 : 1;
  }

  add(one: T): void {
    if (this.#all !== undefined) this.#all.add(one);
    else if (this.#only === undefined) this.#only = one;
    else this.#all = new Set([this.#only, one]);
  }

  has(one: T): boolean {
    return this.#all === undefined ? this.#only === one : this.#all.has(one);
  }

  /** Returns whether it was there. */
  delete(one: T): boolean {
    if (this.#all !== undefined) return this.#all.delete(one);
    if (this.#only !== one) return false;
    this.#only = undefined;
    return true;
  }

  clear(): void {
    this.#only = this.#all = undefined;
  }

  /** Visits each. What is deleted on the way is not visited any more. */
  each(visit: (one: T) => void): void {
    if (this.#all !== undefined) this.#all.forEach((one) => visit(one));
    else if (this.#only !== undefined) visit(this.#only);
  }

  [Symbol.iterator](): Iterator<T> {
    const all = this.#all ?? (this.#only === undefined ? [] : [this.#only]);
    return all[Symbol.iterator]();
  }
}
