import { LONGEST_TIMER, type Ticker } from "./clock.ts";
import { SLOTS_PER_RUN, type Sweep } from "./sweep.ts";

/** Ms by which a timer may be late, as after a long task; beyond, the host has lost it. */
const LATEST = 1_000;

/**
 * One timer a cache, set for the moment at which something is due, and none while nothing can expire. It does not keep
 * the cache alive: who holds no cache needs no clean-up.
 */
export class Cleanup {
  /** The sweeps of the cache's stores. */
  sweeps: readonly Sweep[] = [];
  #ticker: Ticker;
  #afterRun: () => void;
  /** What the timer runs. A weak reference costs more than the rest of a cache: it is made with the first timer. */
  #wake: (() => void) | undefined;
  #cancel: (() => void) | undefined;
  /** Hears no tasks any more. */
  #leave: () => void;
  /** What the timer is set for; `Infinity` without one. */
  #at = Infinity;

  constructor(ticker: Ticker, afterRun: () => void) {
    this.#ticker = ticker;
    this.#afterRun = afterRun;
    this.#leave = ticker.onTask((now, hasSlept) => {
      // The host's timer does not know of a sleep. One that it refused, or lost, is set again.
      if (hasSlept || now > this.#at + LATEST) this.#set(this.#firstDue(), now);
    });
  }

  /** Hears when one of the sweeps is due next. It looks at others only when nothing is due there any more. */
  readonly heed = (due: number): void => {
    if (due < this.#at) this.#set(due, this.#ticker.now());
    // A timer that is early does no harm.
    else if (due === Infinity && this.#at < Infinity && !this.#isAnyDue()) this.#set(Infinity, 0);
  };

  /** Sets the timer anew, for the sweep that is due first. */
  arm(): void {
    this.#set(this.#firstDue(), this.#ticker.now());
  }

  /** Stops for good. */
  close(): void {
    this.#set(Infinity, 0);
    this.#leave();
    // No time is before this one.
    this.#at = -Infinity;
  }

  /** Sweeps what is due. */
  run(): void {
    this.#cancel = undefined;
    this.#at = Infinity;
    const now = this.#ticker.now();
    for (const sweep of this.sweeps) if (now >= sweep.due) sweep.run(now, SLOTS_PER_RUN);
    this.arm();
    this.#afterRun();
  }

  #firstDue(): number {
    return this.sweeps.reduce((first, { due }) => Math.min(first, due), Infinity);
  }

  /** From the last store on: a cache clears the first one first. */
  #isAnyDue(): boolean {
    for (let index = this.sweeps.length; index-- > 0;) if (this.sweeps[index]!.due < Infinity) return true;
    return false;
  }

  #set(due: number, now: number): void {
    if (this.#at === -Infinity) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#at = due;
    if (due === Infinity) return;
    // Rounded up: a host's timer counts whole ms, and one that is early would only be set again.
    const delay = Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(due - now)));
    this.#wake ??= typeof WeakRef === "function" ? wakeIfHeld(new WeakRef(this)) : () => this.run();
    this.#cancel = this.#ticker.arm(this.#wake, delay);
    // One that was refused is late already: the next task tries again.
    this.#at = this.#cancel ? Math.max(due, now) : now - LATEST;
  }
}

/** A function of its own, so that it holds nothing else. */
function wakeIfHeld(cleanup: WeakRef<Cleanup>): () => void {
  return () => cleanup.deref()?.run();
}
