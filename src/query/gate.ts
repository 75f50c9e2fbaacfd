import type { Clock } from "../core/index.ts";

interface Waiting {
  readonly at: number;
  readonly run: () => void;
  cancel: (() => void) | undefined;
}

/**
 * Timers that run only while the gate is open: a client arms none before `mount()`, so none on a server.
 * What was asked for meanwhile is armed when it opens, for the time that is left.
 */
export class Gate {
  #now: () => number;
  #schedule: Required<Clock>["schedule"];
  #open = false;
  #waiting = new Set<Waiting>();

  constructor(now: () => number, schedule: Required<Clock>["schedule"]) {
    this.#now = now;
    this.#schedule = schedule;
  }

  /** Like `schedule` of a clock. */
  readonly schedule = (run: () => void, ms: number): (() => void) => {
    const waiting: Waiting = { at: this.#now() + ms, run, cancel: undefined };
    this.#waiting.add(waiting);
    if (this.#open) this.#arm(waiting);
    return () => {
      this.#waiting.delete(waiting);
      waiting.cancel?.();
    };
  };

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    if (this.#open) return;
    this.#open = true;
    for (const waiting of this.#waiting) this.#arm(waiting);
  }

  close(): void {
    this.#open = false;
    for (const waiting of this.#waiting) {
      waiting.cancel?.();
      waiting.cancel = undefined;
    }
  }

  #arm(waiting: Waiting): void {
    const run = (): void => {
      this.#waiting.delete(waiting);
      waiting.run();
    };
    waiting.cancel = this.#schedule(run, Math.max(0, waiting.at - this.#now()));
  }
}
