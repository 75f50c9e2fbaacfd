import type { Clock } from "macho-cache";

/** A clock that moves when a test says so, and runs the timers that fall due on the way, in their order. */
export class ManualClock implements Clock {
  /** Whether it has no timers now, as a Worker outside of a request. */
  refuses = false;
  /** Timers that are set. */
  readonly timers: { at: number; run: () => void; isAwaited: boolean }[] = [];
  #now = 0;
  #wall = 1_700_000_000_000;

  now = (): number => this.#now;
  wallNow = (): number => this.#wall;

  schedule = (run: () => void, ms: number, isAwaited = false): (() => void) => {
    if (this.refuses) throw new Error("No timers here.");
    if (!(ms >= 0 && ms < 2 ** 31)) throw new RangeError(`A timer of ${ms} ms runs at once in a browser.`);
    const timer = { at: this.#now + ms, run, isAwaited };
    this.timers.push(timer);
    return () => this.#remove(timer);
  };

  /** Moves time and runs what falls due. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#nextBefore(end); next; next = this.#nextBefore(end)) {
      this.#move(next.at - this.#now);
      this.#remove(next);
      next.run();
    }
    this.#move(end - this.#now);
  }

  /** Moves time while the thread is busy: no timer runs. */
  busy(ms: number): void {
    this.#move(ms);
  }

  /** The machine sleeps: only wall time goes on. */
  sleep(ms: number): void {
    this.#wall += ms;
  }

  /** Loses every timer that is set, as with the request that they were set in. */
  lose(): void {
    this.timers.length = 0;
  }

  #move(ms: number): void {
    this.#now += ms;
    this.#wall += ms;
  }

  #nextBefore(end: number): ManualClock["timers"][number] | undefined {
    return this.timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }

  #remove(timer: ManualClock["timers"][number]): void {
    const index = this.timers.indexOf(timer);
    if (index >= 0) this.timers.splice(index, 1);
  }
}
