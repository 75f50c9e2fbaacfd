/** One entry's pins. */
type Pin = { count: number };

/**
 * The pinned slots of a shard. Each `pin` returns its undo, which works once, and not at all when the entry left
 * in the meantime: the slot may belong to another key by then.
 */
export class Pins {
  #pins = new Map<number, Pin>();
  #onUnpinned: (slot: number) => void;

  /** @param onUnpinned hears that the last pin of a slot that is still in use is gone */
  constructor(onUnpinned: (slot: number) => void) {
    this.#onUnpinned = onUnpinned;
  }

  get size(): number {
    return this.#pins.size;
  }

  has(slot: number): boolean {
    return this.#pins.has(slot);
  }

  add(slot: number): () => void {
    const pin = this.#pins.get(slot) ?? { count: 0 };
    pin.count++;
    this.#pins.set(slot, pin);
    let undone = false;
    return () => {
      if (undone) return;
      undone = true;
      if (this.#pins.get(slot) !== pin || --pin.count > 0) return;
      this.#pins.delete(slot);
      this.#onUnpinned(slot);
    };
  }

  slots(): Iterable<number> {
    return this.#pins.keys();
  }

  /** The entry left. Returns whether it was pinned. */
  forget(slot: number): boolean {
    return this.#pins.delete(slot);
  }

  /** Every entry left. */
  clear(): void {
    this.#pins.clear();
  }
}
