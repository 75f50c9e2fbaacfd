import { fail } from "./checks.ts";

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
   * Runs `run` once, after `ms` (0 to 2^31 - 1), never at once. Returns its undo. It may throw where the host has no
   * timers now: nothing is lost, and the cache tries again later.
   * @param isAwaited whether somebody waits for it. Only then may the timer keep a process alive
   * @defaultValue a timer of the host
   */
  schedule?(run: () => void, ms: number, isAwaited?: boolean): () => void;
}

/** Hears the time when a task begins, and whether the machine slept before it: timers that were set then are late. */
export type TaskListener = (now: number, hasSlept: boolean) => void;

/** The clock of a cache, for layers that measure along. */
export interface LayerClock {
  /** Monotonic time in ms, read exactly. */
  now(): number;
  /** Wall time in ms, or the monotonic one of a clock that has no other. */
  wallNow(): number;
  /** The time at the last read. */
  readonly kept: number;
  /** Sets a timer. Gives `undefined` when the host refuses. */
  arm(run: () => void, ms: number, isAwaited?: boolean): (() => void) | undefined;
  /** Returns the undo. */
  onTask(listener: TaskListener): () => void;
  /** The time as it was kept lately, for what need not be exact: it costs less than a read. */
  recent(): number;
}

/** A store, as the time of its cache knows it. */
export interface Timed {
  /** Operations left that it counts down instead of asking for the time. */
  calm: number;
  /** When its next clean-up is worth it; `Infinity` when nothing can expire. */
  readonly due: number;
  sweep(now: number, slots: number): void;
  readonly outbox: { flush(): void };
}

/** Timers beyond this run at once in every host. */
export const LONGEST_TIMER = 0x7fffffff;

/** What to pass for a clock. */
export const CLOCK_EXAMPLE = "clock: { now: () => performance.now() }";

/** Ms within which a deadline is checked against an exact read. */
const EXACT_WITHIN = 1_000;
/** Operations after which the kept time is read again, within one task. */
const OPERATIONS_PER_READ = 64;
/** Slots looked at by one run of the timer: well under a millisecond. */
const SLOTS_PER_RUN = 4_096;
/** Ms by which a timer may be late, as after a long task; beyond, the host has lost it. */
const LATEST = 1_000;
/** Ms by which wall time must run ahead between two reads to count as sleep, or behind as set back; clocks are trimmed by less. */
const SHORTEST_SLEEP = 1_000;
/** Ms, some thirty years, by which a clock steps forward only when there was no time before. */
const NO_TIME_YET = 1e12;

/** `performance.now`, `Date.now` and `setTimeout`, looked up at each call: a page may replace them. */
export const hostClock: Required<Clock> = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  schedule(run, ms, isAwaited = false) {
    const timer: unknown = setTimeout(run, ms);
    // Node's timers keep the process alive unless told otherwise; a browser's are plain numbers, and a mock's may be nothing.
    if (!isAwaited) (timer as { unref?: () => void } | undefined)?.unref?.();
    return () => clearTimeout(timer as number);
  },
};

/**
 * The time of one cache, and its timer.
 * An exact read costs more than a look-up, so the time is kept between reads: the first operation of a task reads it, and
 * so does every 64th. What is due soon is checked exactly.
 * ```
 * kept          horizon = kept + 1,000
 *  |<- check exactly ->|<- surely fresh, no read ->
 * ```
 * The timer is set for the moment at which something is due in a store. There is none while nothing can expire. It does
 * not keep the cache alive: who holds no cache needs no clean-up.
 */
export class Ticker implements LayerClock {
  /** The time at the last read, in ms. */
  kept = 0;
  /** Wall time of the first read; `null` before it: making a cache reads no clock. */
  began: number | null = null;
  /** Deadlines up to here need `now()`. */
  horizon = 0;
  /** Ms that wall time was set back, and has not made up for since. */
  setBack = 0;
  /** Those of the cache. They count down by themselves, until the task ends. */
  stores: readonly Timed[] = [];
  /** Operations from one read to the next, within a task; 0 when every read is exact. */
  readonly every: number;
  #clock: Clock;
  #left = 0;
  #taskIsNew = true;
  #listeners = new Set<TaskListener>();
  #slept = 0;
  /** Both clocks at the task before. */
  #last: { readonly now: number; readonly wall: number } | undefined;
  /** What the timer runs. A weak reference costs more than the rest of a cache: it is made with the first timer. */
  #wake: (() => void) | undefined;
  #cancel: (() => void) | undefined;
  /** What the timer is set for; `Infinity` without one. */
  #at = Infinity;

  constructor(clock: Clock, alwaysExact: boolean) {
    this.#clock = clock;
    this.every = alwaysExact ? 0 : OPERATIONS_PER_READ;
  }

  /** Counts one operation. Gives the time, at most 64 of them and this task old. */
  recent(): number {
    return --this.#left < 0 ? this.now() : this.kept;
  }

  /**
   * Reads the clock.
   * @throws MachoOptionError when the first read gives no finite number
   */
  now(): number {
    const now = this.#clock.now();
    if (!Number.isFinite(now)) {
      if (this.began === null) fail("clock.now()", "must return a finite number", now, CLOCK_EXAMPLE);
      // A clock that is broken says nothing: what it said last stands.
      return this.kept;
    }
    const isNewTask = this.#taskIsNew;
    const hasSlept = isNewTask && this.#beginTask(now);
    this.kept = now + this.#slept;
    this.#left = this.every;
    this.horizon = this.kept + (this.every && EXACT_WITHIN);
    if (isNewTask) {
      // The host's timer does not know of a sleep. One that it refused, or lost, is set again.
      if (hasSlept || this.kept > this.#at + LATEST) this.#rearm();
      for (const hear of this.#listeners) hear(this.kept, hasSlept);
    }
    return this.kept;
  }

  onTask(listener: TaskListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Wall time in ms, or the monotonic one of a clock that has no other. */
  wallNow(): number {
    return this.#clock.wallNow?.() ?? this.#clock.now();
  }

  /**
   * Sets a timer. Nothing that a host does with it can harm who sets it: one that runs at once is taken for lost.
   * A layer above that holds timers back puts its own in this place.
   * @returns the undo, or `undefined` when the host refuses
   */
  arm(run: () => void, ms: number, isAwaited = false): (() => void) | undefined {
    let isSet = false;
    try {
      const cancel: unknown = (this.#clock.schedule ? this.#clock : hostClock).schedule!(
        () => isSet && run(),
        ms,
        isAwaited,
      );
      isSet = true;
      return () => {
        try {
          (cancel as () => void)();
        } catch {
          // It is of fake timers that are gone, or of a mock that gives no undo. What it runs looks at the time, and finds nothing to do.
        }
      };
    } catch {
      return undefined;
    }
  }

  /** A store is due sooner, or never. It looks at others only when nothing is due there any more. */
  heed(due: number): void {
    let left = due === Infinity ? this.stores.length : 0;
    // From the last store on: a cache clears the first one first. A timer that is early does no harm.
    while (left && this.stores[left - 1]!.due === Infinity) left--;
    if (!left && (due < this.#at || due === Infinity)) this.#rearm();
  }

  /** Sweeps what is due. */
  run(): void {
    this.#cancel = undefined;
    // Nothing else sets the timer until all are swept.
    const now = (this.#at = this.now());
    for (const store of this.stores) if (now >= store.due) store.sweep(now, SLOTS_PER_RUN);
    this.#rearm();
    this.stores[0]!.outbox.flush();
  }

  /** Sets the timer anew, for what is due first. The kept time must be good. */
  #rearm(): void {
    let due = Infinity;
    for (const store of this.stores) due = Math.min(due, store.due);
    this.#cancel?.();
    this.#cancel = undefined;
    this.#at = due;
    if (due === Infinity) return;
    this.#wake ??= typeof WeakRef === "function" ? wakeIfHeld(new WeakRef(this)) : () => this.run();
    // Rounded up: a host's timer counts whole ms, and one that is early would only be set again.
    this.#cancel = this.arm(this.#wake, Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(due - this.kept))));
    // One that was refused is late already: the next task tries again.
    this.#at = this.#cancel ? Math.max(due, this.kept) : this.kept - LATEST;
  }

  /** Returns whether the machine slept. */
  #beginTask(now: number): boolean {
    const wall = this.#clock.wallNow?.() ?? now;
    this.began ??= wall;
    if (this.every) {
      this.#taskIsNew = false;
      void this.#awaitTask();
    }
    // `performance.now` stands still while the machine sleeps. Wall time that is set back says nothing.
    const last = this.#last ?? { now, wall };
    const passed = now - last.now;
    const ahead = wall - last.wall - passed;
    const slept = this.#slept;
    this.#last = { now, wall };
    // A Worker has no time before its first request: both clocks stand at 0, and what was stored then has no age.
    if (last.wall === 0 && passed > NO_TIME_YET) {
      this.#slept -= passed;
      this.began = wall;
    }
    if (ahead < -SHORTEST_SLEEP) this.setBack -= ahead;
    else if (ahead > SHORTEST_SLEEP) {
      // A step forward that is as long brings it where it was before: that is no sleep.
      const undone = ahead > this.setBack - SHORTEST_SLEEP ? this.setBack : 0;
      this.setBack -= undone;
      this.#slept += Math.max(0, ahead - undone);
    }
    return this.#slept > slept;
  }

  /**
   * What follows an `await` runs when the task's own code is done, so the next task reads the time anew. Unlike
   * `queueMicrotask` it cannot be replaced, and so not be lost.
   */
  async #awaitTask(): Promise<void> {
    await nothing();
    this.#taskIsNew = true;
    this.#left = 0;
    for (const store of this.stores) store.calm = 0;
  }
}

/** Gives a promise of the language's own, whatever a page put in the place of `Promise`. */
async function nothing(): Promise<void> {}

/** A function of its own, so that it holds nothing else. */
function wakeIfHeld(ticker: WeakRef<Ticker>): () => void {
  return () => ticker.deref()?.run();
}
