import { LONGEST_TIMER, type Ticker } from "./clock.ts";
import { SLOTS_PER_RUN, type Sweep } from "./sweep.ts";

/** One timer a cache, set for the moment at which something is due, and none while nothing can expire. */
export class Cleanup {
  #sweeps: readonly Sweep[] = [];
  #ticker: Ticker;
  #afterRun: () => void;
  #cancel: (() => void) | undefined;
  /** What the timer is set for; `Infinity` without one. */
  #at = Infinity;

  constructor(ticker: Ticker, afterRun: () => void) {
    this.#ticker = ticker;
    this.#afterRun = afterRun;
  }

  /** The sweeps of the cache's shards. */
  watch(sweeps: readonly Sweep[]): void {
    this.#sweeps = sweeps;
  }

  /** Hears when one of the sweeps is due next. It looks at others only when nothing is due there any more. */
  readonly heed = (due: number): void => {
    if (due < this.#at) this.#set(due);
    // A timer that is early does no harm.
    else if (due === Infinity && this.#at < Infinity && !this.#isAnyDue()) this.#set(Infinity);
  };

  /** Sets the timer anew, for the sweep that is due first. */
  arm(): void {
    let first = Infinity;
    for (const { due } of this.#sweeps) if (due < first) first = due;
    this.#set(first);
  }

  /** Stops for good. */
  close(): void {
    this.#set(Infinity);
    // No time is before this one.
    this.#at = -Infinity;
  }

  /** From the last shard on: a cache clears the first one first. */
  #isAnyDue(): boolean {
    for (let index = this.#sweeps.length; index-- > 0;) if (this.#sweeps[index]!.due < Infinity) return true;
    return false;
  }

  #set(due: number): void {
    if (this.#at === -Infinity) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#at = due;
    if (due === Infinity) return;
    // Rounded up: a host's timer counts whole ms, and one that is early would only be set again.
    const delay = Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(due - this.#ticker.now())));
    this.#cancel = this.#ticker.schedule(this.#run, delay);
  }

  #run = (): void => {
    this.#cancel = undefined;
    this.#at = Infinity;
    const now = this.#ticker.now();
    for (const sweep of this.#sweeps) if (now >= sweep.due) sweep.run(now, SLOTS_PER_RUN);
    this.arm();
    this.#afterRun();
  };
}
