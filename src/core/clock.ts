/**
 * Time and timers, so that tests and unusual hosts can bring their own. A cache asks in the middle of an operation: none
 * of them may call the cache or throw.
 */
export interface Clock {
  /** Monotonic time in ms, from any origin. */
  now(): number;
  /** Wall time in ms. Without it, time that the machine slept through is not noticed. */
  wallNow?(): number;
  /**
   * Runs `run` once, after `ms` (0 to 2^31 - 1), never at once. Returns its undo.
   * @defaultValue a timer of the host that keeps no process alive
   */
  schedule?(run: () => void, ms: number): () => void;
}

/** The clock of a cache, for layers that measure along. */
export interface LayerClock extends Required<Clock> {
  /** The time as it was kept lately, for what need not be exact: it costs less than a read. */
  recent(): number;
}

/** Who counts operations down instead of asking for the time. */
export interface Resting {
  /** Operations left. */
  calm: number;
}

/** Timers beyond this run at once in every host. */
export const LONGEST_TIMER: number = 2 ** 31 - 1;

/** Ms within which a deadline is checked against an exact read. */
const EXACT_WITHIN = 1_000;
/** Operations after which the kept time is read again, within one task. */
const OPERATIONS_PER_READ = 64;
/** Ms by which wall time must run ahead between two reads to count as sleep, or behind as set back; clocks are trimmed by less. */
const SHORTEST_SLEEP = 1_000;

/** `performance.now`, `Date.now` and `setTimeout`, looked up at each call: a page may replace them. */
export const hostClock: Required<Clock> = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  schedule(run, ms) {
    const timer: unknown = setTimeout(run, ms);
    // Node's timers keep the process alive unless told otherwise; a browser's are plain numbers.
    (timer as { unref?: () => void }).unref?.();
    return () => clearTimeout(timer as number);
  },
};

/**
 * The time of one cache. An exact read costs more than a look-up, so the time is kept between reads:
 * the first operation of a task reads it, and so does every 64th. What is due soon is checked exactly.
 * ```
 * kept          horizon = kept + 1,000
 *  |<- check exactly ->|<- surely fresh, no read ->
 * ```
 */
export class Ticker implements LayerClock {
  /** The time at the last read, in ms. */
  kept = 0;
  /** Deadlines up to here need `now()`; `Infinity` when every read is exact. */
  horizon: number = Infinity;
  #clock: Clock;
  #alwaysExact: boolean;
  #left = 0;
  #taskIsNew = true;
  /** Who counts down by themselves, until the task ends. */
  #resting: Resting[] = [];
  #slept = 0;
  /** Ms that wall time was set back, and has not made up for since. */
  #setBack = 0;
  #lastNow: number;
  #lastWall: number;

  constructor(clock: Clock, alwaysExact: boolean) {
    this.#clock = clock;
    this.#alwaysExact = alwaysExact;
    this.#lastNow = this.kept = clock.now();
    this.#lastWall = clock.wallNow?.() ?? 0;
  }

  /** Counts one operation, so that a long task reads the time now and then. */
  tick(): void {
    if (--this.#left < 0) this.now();
  }

  /** Hands over the operations that are left until the next read, to be counted down there. */
  rest(resting: Resting): void {
    resting.calm = this.#left;
    this.#left = 0;
    if (!this.#resting.includes(resting)) this.#resting.push(resting);
  }

  /** The time, at most 64 operations of this task old. */
  recent(): number {
    if (this.#alwaysExact || --this.#left < 0) return this.now();
    return this.kept;
  }

  /** Reads the clock. */
  now(): number {
    const now = this.#clock.now();
    // A clock that is broken says nothing: what it said last stands.
    if (!Number.isFinite(now)) return this.kept;
    if (this.#taskIsNew) this.#beginTask(now);
    this.#left = OPERATIONS_PER_READ;
    this.kept = now + this.#slept;
    this.horizon = this.#alwaysExact ? Infinity : this.kept + EXACT_WITHIN;
    return this.kept;
  }

  /** Wall time in ms, or the monotonic one of a clock that has no other. */
  wallNow(): number {
    return this.#clock.wallNow?.() ?? this.#clock.now();
  }

  /** Wall time as if nobody had set it back since the cache was made. */
  steadyWall(): number {
    return this.wallNow() + this.#setBack;
  }

  schedule(run: () => void, ms: number): () => void {
    return this.#clock.schedule ? this.#clock.schedule(run, ms) : hostClock.schedule(run, ms);
  }

  /** Like `schedule`, and for any time: what is longer than a timer can be is waited for in parts. */
  after(run: () => void, ms: number): () => void {
    let cancel: () => void;
    const wait = (left: number): void => {
      const part = Math.min(left, LONGEST_TIMER);
      cancel = this.schedule(() => (left > part ? wait(left - part) : run()), part);
    };
    wait(ms);
    return () => cancel();
  }

  #beginTask(now: number): void {
    if (!this.#alwaysExact) {
      this.#taskIsNew = false;
      queueMicrotask(this.#endTask);
    }
    if (!this.#clock.wallNow) return;
    // `performance.now` stands still while the machine sleeps. Wall time that is set back says nothing.
    const wall = this.#clock.wallNow();
    const ahead = wall - this.#lastWall - (now - this.#lastNow);
    if (ahead < -SHORTEST_SLEEP) this.#setBack -= ahead;
    else if (ahead > SHORTEST_SLEEP) {
      // A step forward that is as long brings it where it was before: that is no sleep.
      const undone = ahead > this.#setBack - SHORTEST_SLEEP ? this.#setBack : 0;
      this.#setBack -= undone;
      this.#slept += Math.max(0, ahead - undone);
    }
    this.#lastWall = wall;
    this.#lastNow = now;
  }

  // A microtask runs when the task's own code is done, so the next task reads the time anew.
  #endTask = (): void => {
    this.#taskIsNew = true;
    for (const resting of this.#resting) resting.calm = 0;
    this.#resting.length = 0;
    this.#left = 0;
    this.horizon = Infinity;
  };
}
