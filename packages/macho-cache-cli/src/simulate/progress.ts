import { setImmediate } from "node:timers/promises";
import { age } from "../figures.ts";
import type { Terminal } from "../terminal.ts";
import { endedError } from "./byte-source.ts";

/** Ms between two looks at what is going on. */
const EVERY = 100;
/** Ms after which it says how much longer it takes. */
const SURE_AFTER = 2_000;
const CELLS = 24;

/** How far something is. */
export interface Progress {
  /**
   * @param share from 0 to 1; `undefined` where nobody knows
   * @throws CommandError once the user has ended it
   */
  readonly step: (what: string, share: number | undefined) => Promise<void>;
}

/** A line on the terminal that says how far it is. Somebody who ends the command is heard at its steps. */
export class ProgressLine implements Progress {
  #terminal: Terminal;
  #signal: AbortSignal;
  #clock: () => number;
  #what = "";
  #began = 0;
  #shown: number = -Infinity;
  #isShown = false;

  constructor(terminal: Terminal, signal: AbortSignal, clock: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#signal = signal;
    this.#clock = clock;
  }

  readonly step = async (what: string, share: number | undefined): Promise<void> => {
    const now = this.#clock();
    if (what !== this.#what) {
      this.#what = what;
      this.#began = now;
    }
    if (now - this.#shown < EVERY) return;
    this.#shown = now;
    // Signals are heard between two tasks.
    await setImmediate();
    if (this.#signal.aborted) throw endedError();
    this.#isShown = true;
    this.#terminal.status(this.#line(share, now - this.#began));
  };

  /** Takes the line away. */
  clear(): void {
    if (this.#isShown) this.#terminal.status("");
    this.#isShown = false;
  }

  #line(share: number | undefined, elapsed: number): string {
    if (share === undefined) return `${this.#what}, ${age(elapsed)}`;
    const full = Math.round(Math.min(1, share) * CELLS);
    const bar = "█".repeat(full) + "░".repeat(CELLS - full);
    const left = share > 0 && elapsed > SURE_AFTER ? `, ${age((elapsed * (1 - share)) / share)} left` : "";
    const what = this.#what.slice(0, Math.max(10, this.#terminal.columns - CELLS - 24));
    return `${bar} ${Math.floor(Math.min(1, share) * 100)}% ${what}${left}`;
  }
}
