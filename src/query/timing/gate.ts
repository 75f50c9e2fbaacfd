import { guarded, type LayerClock } from "../../core/internal.ts";

/** What it needs of a cache's clock. */
type Time = Pick<LayerClock, "kept" | "now" | "recent" | "onTask">;

/** Sets a timer of the host. Gives `undefined` when it refuses. */
type Arm = (run: () => void, ms: number, isAwaited: boolean) => (() => void) | undefined;

/** One timer that was asked for. */
interface Waiting {
  readonly at: number;
  readonly run: () => void;
  readonly isAwaited: boolean;
  /** Whether it runs while the gate is closed, too. */
  readonly isFree: boolean;
  /** `undefined` where the host has none for it. */
  cancel: (() => void) | undefined;
}

/** Ms by which a timer may be late, as after a long task; beyond, the host has lost it. */
const LATEST = 1_000;

/**
 * The timers of a client. They run only while the gate is open: a client arms none before `mount()`, so none on a
 * server. What was asked for meanwhile is armed when it opens, for the time that is left.
 *
 * A host is not believed: it may refuse a timer, or lose it with the request or the fake timers that it was set in, and
 * it does not know of time that the machine slept through. So each task that asks for the time looks at what is due.
 * See docs/decisions/0017-timers-of-the-host.md.
 */
export class Gate {
  #clock: Time;
  #armHost: Arm;
  /** Ends looking at each task; there while it is open. */
  #leave: (() => void) | undefined;
  #waiting = new Set<Waiting>();
  /** Fake timers take its place, and are taken away with all that was set by them. */
  #host: unknown = globalThis.setTimeout;

  constructor(clock: Time, arm: Arm) {
    this.#clock = clock;
    this.#armHost = arm;
  }

  /** Like `schedule` of a clock. */
  readonly schedule = (run: () => void, ms: number, isAwaited = false): (() => void) => {
    return this.#add({ at: this.#clock.kept + ms, run, isAwaited, isFree: false, cancel: undefined });
  };

  /** Runs it in a later task, also while the gate is closed. */
  soon(run: () => void): () => void {
    return this.#add({ at: this.#clock.recent(), run, isAwaited: false, isFree: true, cancel: undefined });
  }

  get isOpen(): boolean {
    return this.#leave !== undefined;
  }

  open(): void {
    if (this.isOpen) return;
    const now = this.#clock.now();
    this.#leave = this.#clock.onTask(this.#look);
    for (const waiting of this.#waiting) if (!waiting.isFree) this.#arm(waiting, now);
  }

  close(): void {
    this.#leave?.();
    this.#leave = undefined;
    for (const waiting of this.#waiting) if (!waiting.isFree) disarm(waiting);
  }

  /** A task began. After a sleep, what the host was told before is late. */
  readonly #look = (now: number, hasSlept: boolean): void => {
    const isOther = hasSlept || this.#host !== globalThis.setTimeout;
    this.#host = globalThis.setTimeout;
    for (const waiting of this.#waiting) {
      if (!this.#mayRun(waiting)) continue;
      if (now > waiting.at + LATEST) this.#runHere(waiting);
      else if (isOther || !waiting.cancel) this.#arm(waiting, now);
    }
  };

  #add(waiting: Waiting): () => void {
    this.#waiting.add(waiting);
    if (this.#mayRun(waiting)) this.#arm(waiting, this.#clock.kept);
    return () => {
      this.#waiting.delete(waiting);
      disarm(waiting);
    };
  }

  #mayRun({ isFree }: Waiting): boolean {
    return isFree || this.isOpen;
  }

  #arm(waiting: Waiting, now: number): void {
    disarm(waiting);
    waiting.cancel = this.#armHost(() => this.#run(waiting), Math.max(0, waiting.at - now), waiting.isAwaited);
    if (!waiting.cancel && now >= waiting.at) this.#runHere(waiting);
  }

  /** Without the host: when what runs now has ended. */
  #runHere(waiting: Waiting): void {
    void Promise.resolve().then(() => this.#mayRun(waiting) && this.#run(waiting));
  }

  #run(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting)) return;
    disarm(waiting);
    guarded(waiting.run);
  }
}

function disarm(waiting: Waiting): void {
  waiting.cancel?.();
  waiting.cancel = undefined;
}
