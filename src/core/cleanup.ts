import { LONGEST_TIMER, type Ticker } from "./clock.ts";
import { SLOTS_PER_RUN, type Sweep } from "./sweep.ts";

/** One timer a cache, set for the moment at which something is due, and none while nothing can expire. */
export class Cleanup {
  #sweeps: readonly Sweep[] = [];
  #ticker: Ticker;
  #afterRun: () => void;
  #cancel: (() => void) | undefined;

  constructor(ticker: Ticker, afterRun: () => void) {
    this.#ticker = ticker;
    this.#afterRun = afterRun;
  }

  /** The sweeps of the cache's shards. */
  watch(sweeps: readonly Sweep[]): void {
    this.#sweeps = sweeps;
  }

  /** Sets the timer anew: something is due sooner, or nothing is due any more. */
  readonly arm = (): void => {
    this.stop();
    const due = Math.min(...this.#sweeps.map((sweep) => sweep.due));
    if (due === Infinity) return;
    // Rounded up: a host's timer counts whole ms, and one that is early would only be set again.
    const delay = Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(due - this.#ticker.now())));
    this.#cancel = this.#ticker.schedule(this.#run, delay);
  };

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #run = (): void => {
    this.#cancel = undefined;
    const now = this.#ticker.now();
    for (const sweep of this.#sweeps) if (now >= sweep.due) sweep.run(now, SLOTS_PER_RUN);
    this.arm();
    this.#afterRun();
  };
}
