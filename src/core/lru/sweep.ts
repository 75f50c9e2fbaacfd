/** Slots looked at after each write, while something is due. */
export const SLOTS_PER_WRITE = 8;
/** Slots looked at by one run of the timer: well under a millisecond. */
export const SLOTS_PER_RUN = 4_096;
/** Full turns are at least this many ms apart for each slot: a busy cache spends at most about 1% on them. */
const MS_BETWEEN_TURNS_PER_SLOT = 1 / 1_000;

/** What a sweep needs of its store. */
export interface Sweepable {
  /** `Infinity` for a free slot. */
  deadlineOf(slot: number): number;
  /** Slots from 1 to here were used. */
  readonly lastUsed: number;
  expire(slot: number): void;
}

/**
 * A hand that goes over the deadlines of one store in bounded slices, only while something is due.
 * ```
 *   1  2  3  4  5  6 ... last      due: no deadline is below it (the low-water mark)
 *         ^ hand                   ahead: the same for the slots that the hand has passed in this turn
 * ```
 */
export class Sweep {
  /** No deadline is earlier; `Infinity` when nothing can expire. */
  lowest: number = Infinity;
  /** The same for what the hand has passed in this turn: a deadline from here on is no news. */
  ahead: number = Infinity;
  /** When the next slice is worth running; `Infinity` when nothing can expire. */
  due: number = Infinity;
  #hand = 0;
  #notBefore = 0;
  #store: Sweepable;
  #onDue: (due: number) => void;

  /** @param onDue hears `due` when it came nearer, or when nothing is due any more */
  constructor(store: Sweepable, onDue: (due: number) => void) {
    this.#store = store;
    this.#onDue = onDue;
  }

  /** A deadline was written. */
  note(deadline: number): void {
    if (deadline < this.ahead) this.ahead = deadline;
    if (deadline < this.lowest) this.#setLowest(deadline);
  }

  /** Looks at `slots` slots or up to the end of the turn. Returns how many expired. */
  run(now: number, slots: number): number {
    // Writes between two turns need no memory of their own: the coming turn sees all slots.
    if (this.#hand === 0) this.ahead = Infinity;
    const store = this.#store;
    const last = store.lastUsed;
    const end = Math.min(last, this.#hand + slots);
    let expired = 0;
    while (this.#hand < end) {
      const deadline = store.deadlineOf(++this.#hand);
      if (deadline <= now) {
        store.expire(this.#hand);
        expired++;
      } else if (deadline < this.ahead) this.ahead = deadline;
    }
    if (this.#hand >= last) {
      this.#notBefore = now + last * MS_BETWEEN_TURNS_PER_SLOT;
      this.#endTurn(this.ahead);
    }
    return expired;
  }

  /** Looks at every slot. Returns how many expired. */
  runAll(now: number): number {
    this.#hand = 0;
    return this.run(now, Infinity);
  }

  /** Nothing is stored any more. */
  rest(): void {
    this.#endTurn(Infinity);
  }

  #endTurn(lowest: number): void {
    const wasDue = this.lowest < Infinity;
    this.#hand = 0;
    this.ahead = Infinity;
    this.lowest = lowest;
    this.due = Math.max(lowest, this.#notBefore);
    if (wasDue && lowest === Infinity) this.#onDue(lowest);
  }

  #setLowest(deadline: number): void {
    this.lowest = deadline;
    this.due = Math.max(deadline, this.#notBefore);
    this.#onDue(this.due);
  }
}
