import { type Clock, guarded, LONGEST_TIMER } from "../../core/internal.ts";

/** The part of a clock that it needs. */
type Timers = Required<Pick<Clock, "now" | "schedule">>;

interface Job {
  readonly at: number;
  readonly run: () => void;
  /** Whether somebody waits for it. */
  readonly isAwaited: boolean;
  /** Its index in the heap; -1 when it is not there. */
  place: number;
  cancelled: boolean;
}

/** Everything of one client that is due some time, on one timer: a binary heap, the earliest job first. */
export class Scheduler {
  #clock: Timers;
  #heap: Job[] = [];
  /** Jobs that somebody waits for: then the timer keeps the process alive. */
  #awaited = 0;
  #armedFor = Infinity;
  #isArmedAwaited = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Timers) {
    this.#clock = clock;
  }

  /** Runs `run` once when the clock says `time`, in ms; at once for what is no time. Returns its undo. */
  add(time: number, run: () => void, isAwaited = false): () => void {
    // It would never be due, and hide what is due later.
    const at = Number.isNaN(time) ? this.#clock.now() : time;
    const job: Job = { at, run, isAwaited, place: -1, cancelled: false };
    if (isAwaited) this.#awaited++;
    this.#put(job, this.#heap.length);
    this.#rise(job);
    this.#arm();
    return () => {
      job.cancelled = true;
      if (job.place < 0) return;
      this.#remove(job);
      if (this.#heap.length === 0) this.#disarm();
      else if (isAwaited) this.#arm();
    };
  }

  /** Whether somebody waits for a job. */
  get isAwaited(): boolean {
    return this.#awaited > 0;
  }

  /** Runs at once what somebody waits for: no timer will say when it is due. */
  hurry(): void {
    for (const job of this.#heap.filter(({ isAwaited }) => isAwaited)) {
      if (job.place < 0) continue;
      this.#remove(job);
      guarded(job.run);
    }
    this.#arm();
  }

  /** Forgets every job. */
  clear(): void {
    for (const job of this.#heap) job.place = -1;
    this.#heap = [];
    this.#awaited = 0;
    this.#disarm();
  }

  /** Sets the timer for the earliest job. A timer that is set for an earlier time is left: it finds nothing due. */
  #arm(): void {
    const at = this.#heap[0]?.at ?? Infinity;
    const isAwaited = this.#awaited > 0;
    if (at >= this.#armedFor && isAwaited === this.#isArmedAwaited) return;
    this.#disarm();
    if (at === Infinity) return;
    this.#armedFor = at;
    this.#isArmedAwaited = isAwaited;
    const delay = Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(at - this.#clock.now())));
    this.#cancel = this.#clock.schedule(this.#run, delay, isAwaited);
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#armedFor = Infinity;
  }

  #run = (): void => {
    this.#cancel = undefined;
    this.#armedFor = Infinity;
    const now = this.#clock.now();
    // Jobs that are due now; what they add for a later time waits for its own.
    const due: Job[] = [];
    for (let job = this.#heap[0]; job && job.at <= now; job = this.#heap[0]) {
      this.#remove(job);
      due.push(job);
    }
    this.#arm();
    for (const job of due) if (!job.cancelled) guarded(job.run);
  };

  #put(job: Job, place: number): void {
    this.#heap[place] = job;
    job.place = place;
  }

  #remove(job: Job): void {
    if (job.isAwaited) this.#awaited--;
    const last = this.#heap.pop();
    if (last && last !== job) {
      this.#put(last, job.place);
      this.#rise(last);
      this.#sink(last);
    }
    job.place = -1;
  }

  #rise(job: Job): void {
    while (job.place > 0) {
      const parent = this.#heap[(job.place - 1) >> 1]!;
      if (parent.at <= job.at) return;
      this.#swap(job, parent);
    }
  }

  #sink(job: Job): void {
    for (;;) {
      const left = this.#heap[2 * job.place + 1];
      const right = this.#heap[2 * job.place + 2];
      const child = right && left && right.at < left.at ? right : left;
      if (!child || child.at >= job.at) return;
      this.#swap(child, job);
    }
  }

  #swap(lower: Job, upper: Job): void {
    const { place } = lower;
    this.#put(lower, upper.place);
    this.#put(upper, place);
  }
}
