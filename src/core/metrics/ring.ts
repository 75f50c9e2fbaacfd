/** The last numbers of many, up to a bound. Grows as they come. */
export class NumberRing {
  #numbers: number[] = [];
  #next = 0;
  #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  push(number: number): void {
    this.#numbers[this.#next] = number;
    this.#next = (this.#next + 1) % this.#bound;
  }

  /** Oldest first; a fresh array. */
  toArray(): number[] {
    return [...this.#numbers.slice(this.#next), ...this.#numbers.slice(0, this.#next)];
  }

  clear(): void {
    this.#numbers = [];
    this.#next = 0;
  }
}
