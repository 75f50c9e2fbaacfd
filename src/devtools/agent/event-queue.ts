/** Items in the order in which they came. Where there is no room, the oldest is lost, and counted. */
export class EventQueue<T> {
  #most: number;
  /** A ring: the first is at `#first`. */
  #items: (T | undefined)[] = [];
  #first = 0;
  #length = 0;
  #lost = 0;

  /** @param most items that wait */
  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#length;
  }

  push(item: T): void {
    this.#items[(this.#first + this.#length) % this.#most] = item;
    if (this.#length < this.#most) this.#length++;
    else {
      this.#first = (this.#first + 1) % this.#most;
      this.#lost++;
    }
  }

  /** Takes out the oldest, and how many were lost before them. */
  take(most: number): { readonly items: T[]; readonly lost: number } {
    const items: T[] = [];
    for (let left = Math.min(most, this.#length); left > 0; left--) {
      // It was put there.
      items.push(this.#items[this.#first]!);
      this.#items[this.#first] = undefined;
      this.#first = (this.#first + 1) % this.#most;
      this.#length--;
    }
    const lost = this.#lost;
    this.#lost = 0;
    return { items, lost };
  }
}
