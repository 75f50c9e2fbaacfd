// What is due some time: one timer of the host for all of it, and what a host makes of timers.
import { guarded, type LayerClock, LONGEST_TIMER } from "../../core/lru/internal.ts";

/** What it needs of a cache's clock. */
type Time = Pick<LayerClock, "kept" | "now" | "recent" | "onTask" | "arm">;

interface Job {
  readonly at: number;
  /** `undefined` once it ran or was cancelled. */
  run: (() => void) | undefined;
  /** Whether somebody waits for it. Then the timer keeps the process alive. */
  readonly isAwaited: boolean;
}

/** Ms by which a timer may be late, as after a long task; beyond, the host has lost it. */
const LATEST = 1_000;

/**
 * Everything of one client that is due some time, on one timer of the host. It runs only while it is open: a client arms
 * none before `mount()`, so none on a server. What was added meanwhile is armed when it opens, for the time that is left.
 *
 * A host is not believed: it may refuse a timer, or lose it with the request or the fake timers that it was set in, and
 * it does not know of time that the machine slept through. So each task that asks for the time looks at what is due.
 * See docs/decisions/0017-timers-of-the-host.md.
 */
export class Scheduler {
  #clock: Time;
  #armHost: Time["arm"];
  /** In the order in which they are due: nearly all come at its end. Cancelled ones leave together, or when they are due. */
  #jobs: Job[] = [];
  /** How many were cancelled since then, at most. */
  #cancelled = 0;
  /** Jobs that somebody waits for. */
  #awaited = 0;
  /** What runs in the next task, also while it is closed, in the order in which it came. */
  #soon = new Set<Job>();
  /** Ends looking at each task; there while it is open. */
  #leave: (() => void) | undefined;
  /** The time that the host's timer is set for; `Infinity` without one. */
  #armedFor = Infinity;
  #isArmedAwaited = false;
  /** `undefined` where the host has refused the timer. */
  #disarmHost: (() => void) | undefined;
  /** Fake timers take its place, and are taken away with all that was set by them. */
  #setTimeout: unknown = globalThis.setTimeout;

  constructor(clock: Time) {
    this.#clock = clock;
    this.#armHost = clock.arm.bind(clock);
  }

  /**
   * Runs it once when the clock says `time`, in ms; at once for what is no time. Returns its undo.
   * @param isAwaited whether somebody waits for it
   * @param now the time, for whoever must not ask the clock
   */
  add(time: number, run: () => void, isAwaited = false, now?: number): () => void {
    // What is no time would never be due, and hide what is due later.
    const job: Job = { at: Number.isNaN(time) ? this.#clock.now() : time, run, isAwaited };
    if (isAwaited) this.#awaited++;
    this.#jobs.splice(this.#placeAfter(job.at), 0, job);
    this.#arm(now);
    return () => {
      if (!this.#end(job)) return;
      if (++this.#cancelled > this.#jobs.length / 2) {
        this.#jobs = this.#jobs.filter(({ run: left }) => left);
        this.#cancelled = 0;
      }
      if (isAwaited || this.#jobs.length === 0) this.#arm();
    };
  }

  /** Takes the place of the clock's own `arm`, so that the cache's timer waits for `open` as well. */
  readonly arm = (run: () => void, ms: number, isAwaited?: boolean): (() => void) => {
    const { kept } = this.#clock;
    return this.add(kept + ms, run, isAwaited, kept);
  };

  /** Runs it in a later task, also while it is closed. Returns its undo. */
  soon(run: () => void): () => void {
    const now = this.#clock.recent();
    const job: Job = { at: now, run, isAwaited: false };
    this.#soon.add(job);
    this.#arm(now);
    return () => {
      this.#end(job);
      if (this.#soon.delete(job)) this.#arm();
    };
  }

  get isOpen(): boolean {
    return this.#leave !== undefined;
  }

  /** Whether somebody waits for a job. */
  get isAwaited(): boolean {
    return this.#awaited > 0;
  }

  open(): void {
    const now = this.#clock.now();
    this.#leave ??= this.#clock.onTask(this.#look);
    this.#arm(now);
  }

  close(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#arm();
  }

  /** Runs at once what somebody waits for: no timer will say when it is due. */
  hurry(): void {
    const jobs = this.#jobs.filter(({ isAwaited }) => isAwaited);
    this.#jobs = this.#jobs.filter(({ isAwaited }) => !isAwaited);
    this.#runAll(jobs);
  }

  /** Forgets every job but those of the next task. */
  clear(): void {
    this.#jobs.forEach((job) => this.#end(job));
    this.#jobs = [];
    this.#arm();
  }

  /** The place of the first job that is due later. */
  #placeAfter(at: number): number {
    let low = 0;
    for (let high = this.#jobs.length; low < high;) {
      const middle = (low + high) >> 1;
      if (this.#jobs[middle]!.at > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** It runs no more. Returns what it ran, unless it has. */
  #end(job: Job): Job["run"] {
    const { run } = job;
    job.run = undefined;
    if (run && job.isAwaited) this.#awaited--;
    return run;
  }

  /** Sets the timer for the first job that was not cancelled. One that is set for an earlier time is left: it finds nothing due. */
  #arm(now?: number): void {
    let gone = 0;
    while (gone < this.#jobs.length && !this.#jobs[gone]!.run) gone++;
    if (gone > 0) this.#jobs.splice(0, gone);
    const [soon] = this.#soon;
    const at = (soon ?? (this.#leave && this.#jobs[0]))?.at ?? Infinity;
    const isAwaited = this.isAwaited && this.isOpen;
    if (at >= this.#armedFor && at < Infinity && isAwaited === this.#isArmedAwaited) return;
    // Asked before anything changes: the first question of a task is one for `#look`.
    const delay = at < Infinity ? Math.max(0, Math.ceil(at - (now ?? this.#clock.now()))) : at;
    this.#disarm();
    if (at === Infinity) return;
    this.#armedFor = at;
    this.#isArmedAwaited = isAwaited;
    this.#disarmHost = this.#armHost(this.#run, Math.min(LONGEST_TIMER, delay), isAwaited);
    if (!this.#disarmHost && delay === 0) this.#runHere();
  }

  #disarm(): void {
    this.#disarmHost?.();
    this.#disarmHost = undefined;
    this.#armedFor = Infinity;
  }

  /** A task began. After a sleep, what the host was told before is late. */
  readonly #look = (now: number, hasSlept: boolean): void => {
    const isOther = hasSlept || this.#setTimeout !== globalThis.setTimeout;
    this.#setTimeout = globalThis.setTimeout;
    if (now > this.#armedFor + LATEST) this.#runHere();
    else if (isOther || !this.#disarmHost) {
      this.#disarm();
      this.#arm(now);
    }
  };

  /** Without the host: when what runs now has ended. */
  #runHere(): void {
    void Promise.resolve().then(this.#run);
  }

  #run = (): void => {
    this.#disarm();
    const now = this.#clock.now();
    // What is due now; what it adds waits for its own time.
    const due = [...this.#soon, ...(this.#leave ? this.#jobs.splice(0, this.#placeAfter(now)) : [])];
    this.#soon.clear();
    this.#runAll(due);
  };

  #runAll(jobs: readonly Job[]): void {
    for (const job of jobs) {
      const run = this.#end(job);
      if (run) guarded(run);
    }
    this.#arm();
  }
}
