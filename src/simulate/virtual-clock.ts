import type { Clock } from "../core/lru/clock.ts";

/** A clock that goes where a replay says, and on its way there runs the one timer that a cache has. */
export class VirtualClock implements Clock {
  #now = 0;
  #timer: { readonly at: number; readonly run: () => void } | undefined;

  readonly now = (): number => this.#now;

  readonly schedule = (run: () => void, ms: number): (() => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timer = timer;
    return () => {
      if (this.#timer === timer) this.#timer = undefined;
    };
  };

  moveTo(time: number): void {
    while (this.#timer !== undefined && this.#timer.at <= time) {
      const { at, run } = this.#timer;
      this.#timer = undefined;
      this.#now = at;
      run();
    }
    if (time > this.#now) this.#now = time;
  }
}
