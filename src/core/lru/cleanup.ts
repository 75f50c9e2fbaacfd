import { LONGEST_TIMER, type Ticker } from "./clock.ts";

/** Slots looked at by one run of the timer: well under a millisecond. */
const SLOTS_PER_RUN = 4_096;
/** Ms by which a timer may be late, as after a long task; beyond, the host has lost it. */
const LATEST = 1_000;

/** What a clean-up needs of a store. */
export interface Sweepable {
  /** When the next slice is worth it; `Infinity` when nothing can expire. */
  readonly due: number;
  sweep(now: number, slots: number): void;
}

/**
 * One timer a cache, set for the moment at which something is due, and none while nothing can expire. It does not keep
 * the cache alive: who holds no cache needs no clean-up.
 */
export class Cleanup {
  stores: readonly Sweepable[] = [];
  #ticker: Ticker;
  #outbox: { flush(): void };
  /** What the timer runs. A weak reference costs more than the rest of a cache: it is made with the first timer. */
  #wake: (() => void) | undefined;
  #cancel: (() => void) | undefined;
  /** Hears no tasks any more. */
  #leave: () => void;
  /** What the timer is set for; `Infinity` without one. */
  #at = Infinity;

  constructor(ticker: Ticker, outbox: { flush(): void }) {
    this.#ticker = ticker;
    this.#outbox = outbox;
    this.#leave = ticker.onTask((now, hasSlept) => {
      // The host's timer does not know of a sleep. One that it refused, or lost, is set again.
      if (hasSlept || now > this.#at + LATEST) this.arm();
    });
  }

  /** Hears when one of the stores is due next. It looks at others only when nothing is due there any more. */
  readonly heed = (due: number): void => {
    let left = due === Infinity ? this.stores.length : -1;
    // From the last store on: a cache clears the first one first.
    while (left > 0 && this.stores[left - 1]!.due === Infinity) left--;
    // A timer that is early does no harm.
    if (due < this.#at || left === 0) this.#set(due);
  };

  /** Sets the timer anew, for what is due first. The kept time must be good. */
  arm(): void {
    this.#set(this.stores.reduce((first, { due }) => Math.min(first, due), Infinity));
  }

  /** Stops for good. */
  close(): void {
    this.#set(Infinity);
    this.#leave();
    // No time is before this one.
    this.#at = -Infinity;
  }

  /** Sweeps what is due. */
  run(): void {
    this.#cancel = undefined;
    // Nothing else sets the timer until all are swept.
    const now = (this.#at = this.#ticker.now());
    for (const store of this.stores) if (now >= store.due) store.sweep(now, SLOTS_PER_RUN);
    this.arm();
    this.#outbox.flush();
  }

  #set(due: number): void {
    if (this.#at === -Infinity) return;
    const { kept } = this.#ticker;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#at = due;
    if (due === Infinity) return;
    this.#wake ??= typeof WeakRef === "function" ? wakeIfHeld(new WeakRef(this)) : () => this.run();
    // Rounded up: a host's timer counts whole ms, and one that is early would only be set again.
    this.#cancel = this.#ticker.arm(this.#wake, Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(due - kept))));
    // One that was refused is late already: the next task tries again.
    this.#at = this.#cancel ? Math.max(due, kept) : kept - LATEST;
  }
}

/** A function of its own, so that it holds nothing else. */
function wakeIfHeld(cleanup: WeakRef<Cleanup>): () => void {
  return () => cleanup.deref()?.run();
}
