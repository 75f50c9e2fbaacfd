// Time, timers, page and network of a client: what is due some time, and who waits for what the page tells.
import { guarded, type LayerClock, LONGEST_TIMER } from "../../core/lru/internal.ts";
import type { Environment } from "./environment.ts";

interface Job {
  /** When it is due; `-Infinity` for the next task. */
  readonly at: number;
  /** `undefined` once it ran or was cancelled. */
  run: (() => void) | undefined;
}

/**
 * What somebody waits for: the page comes to the front, the network comes back, and what went first after that
 * (`reconnect`) has ended, so that loads go on (`online`).
 */
type Turn = "visible" | "reconnect" | "online";

/** Ms by which a timer may be late, as after a long task; beyond, the host has lost it. */
const LATEST = 1_000;

/**
 * Everything of one client that is due some time, on one timer of the host, and what it knows of the page: visible, and
 * online until it hears otherwise. Jobs of some time run and the page is heard only while it is mounted: a client arms
 * no timer before `mount()`, so none on a server. What was added meanwhile is armed then, for the time that is left.
 *
 * A host is not believed: it may refuse a timer, or lose it with the request or the fake timers that it was set in, and
 * it does not know of time that the machine slept through. So each task that asks for the time looks at what is due.
 * See docs/decisions/0017-timers-of-the-host.md.
 */
export abstract class Timing {
  /** Taken for granted before the first event: what a browser says of itself is often wrong. */
  isOnline = true;
  isDisposed = false;
  #clock: LayerClock;
  #armHost: LayerClock["arm"];
  #environment: Environment;
  /** In the order in which they are due: nearly all come at its end. Cancelled ones leave together, or when they are due. */
  #jobs: Job[] = [];
  /** How many were cancelled since then, at most. */
  #cancelled = 0;
  /** Jobs that somebody waits for. The timer keeps the process alive while there are some. */
  #awaited = new Set<Job>();
  #mounts = 0;
  /** Ends hearing of tasks and of the page; there while it is mounted. */
  #leave: readonly ((() => void) | undefined)[] | undefined;
  /** Stops the end that follows the last unmount, unless it has come. */
  #stay: (() => void) | undefined;
  /** The time that the host's timer is set for; `Infinity` without one. */
  #armedFor = Infinity;
  #isArmedAwaited = false;
  /** `undefined` where the host has refused the timer. */
  #disarmHost: (() => void) | undefined;
  /** Fake timers take its place, and are taken away with all that was set by them. */
  #setTimeout: unknown = globalThis.setTimeout;
  /** In the order in which they came. */
  #waiting = new Set<{ readonly turn: Turn; readonly run: () => unknown }>();
  /** While loads wait for what goes first after a reconnect. */
  #catchUp: Promise<unknown> | undefined;

  /** @param isOwn whether the clock is that of a cache of the client's own, whose timer waits for `mount` as well */
  constructor(clock: LayerClock, isOwn: boolean, environment: Environment) {
    this.#clock = clock;
    this.#armHost = clock.arm.bind(clock);
    this.#environment = environment;
    if (isOwn) clock.arm = (run, ms, isAwaited) => this.after(ms, run, isAwaited, clock.kept);
  }

  /** The page came to the front, or the network came back. */
  abstract revalidate(reason: "refetchOnWindowFocus" | "refetchOnReconnect"): void;

  /** Monotonic ms. */
  readonly now = (): number => this.#clock.now();

  /** The same, as good as need be for an age. The first in a task finds out about timers that the host was late with. */
  recent(): number {
    return this.#clock.recent();
  }

  wallNow(): number {
    return this.#clock.wallNow();
  }

  /** Whether timers run: not before `mount()`, and not after `dispose()`. */
  get canWait(): boolean {
    return !this.isDisposed && this.#leave !== undefined;
  }

  get isVisible(): boolean {
    return !this.#leave || (this.#environment.isVisible?.() ?? true);
  }

  /** The network is back, and loads that waited for it still wait for what goes first. */
  get isCatchingUp(): boolean {
    return this.#catchUp !== undefined;
  }

  /**
   * Runs it once, after `ms`; at once for what is no time. Returns its undo.
   * @param isAwaited whether somebody waits for it
   * @param now the time, for whoever must not ask the clock
   */
  after(ms: number, run: () => void, isAwaited = false, now: number = this.now()): () => void {
    // What is no time would never be due, and hide what is due later.
    const job: Job = { at: now + (ms || 0), run };
    if (isAwaited) this.#awaited.add(job);
    this.#jobs.splice(this.#placeAfter(job.at), 0, job);
    this.#arm(now);
    return () => {
      if (!this.#end(job)) return;
      if (++this.#cancelled > this.#jobs.length / 2) {
        this.#jobs = this.#jobs.filter(({ run: left }) => left);
        this.#cancelled = 0;
      }
      this.#arm();
    };
  }

  /** Runs it in a later task, mounted or not. Returns its undo. */
  soon(run: () => void): () => void {
    return this.after(-Infinity, run, false, this.recent());
  }

  /** Runs it once, when it is its turn. Loads wait for what a run on `reconnect` promises. Returns the undo. */
  once(turn: Turn, run: () => unknown): () => void {
    const own = { turn, run };
    this.#waiting.add(own);
    return () => void this.#waiting.delete(own);
  }

  /** Counted: timers run and the page is heard until the last `unmount`. */
  mount(): void {
    if (this.isDisposed || this.#mounts++) return;
    this.#stay?.();
    const now = this.now();
    const environment = this.#environment;
    this.#leave = [
      this.#clock.onTask(this.#look),
      environment.onFocus(() => {
        this.#runAll("visible");
        this.revalidate("refetchOnWindowFocus");
      }),
      environment.onReconnect(() => this.reconnect()),
      environment.onDisconnect?.(() => void (this.isOnline = false)),
    ];
    this.#arm(now);
    // Loads that were to go on while nobody was here.
    if (this.isOnline && !this.#catchUp) this.#runAll("online");
  }

  /** A mount in the same task, as StrictMode does it, finds the network as it was. */
  unmount(): void {
    if (!this.#mounts || --this.#mounts) return;
    this.#close();
    const isOffline = !this.isOnline || this.isCatchingUp;
    if (!isOffline && !this.#awaited.size) return;
    this.#stay = this.soon(() => {
      if (isOffline) this.#giveUpNetwork();
      // No timer will say when it is due what somebody waits for.
      this.#runJobs([...this.#awaited]);
    });
  }

  /** For good: forgets every job but those of the next task. */
  dispose(): void {
    this.#stay?.();
    this.#jobs = this.#jobs.filter((job) => job.at === -Infinity || !this.#end(job));
    this.#close();
    this.#giveUpNetwork();
  }

  #close(): void {
    this.#leave?.forEach((leave) => leave?.());
    this.#leave = undefined;
    this.#arm();
    this.#runAll("visible");
  }

  /** Nobody will tell of the network: whoever waits for it goes on. */
  #giveUpNetwork(): void {
    this.isOnline = true;
    this.#catchUp = undefined;
    this.#runAll("reconnect");
    this.#runAll("online");
  }

  /** The network is back: what waits for it goes on. */
  reconnect(): void {
    this.isOnline = true;
    // What went first at the reconnect before may not have ended yet.
    const ends = [...this.#runAll("reconnect"), this.#catchUp].filter((end) => end instanceof Promise);
    if (ends.length === 0) return this.#goOn();
    const catchUp = Promise.allSettled(ends).finally(() => {
      if (this.#catchUp !== catchUp) return;
      this.#catchUp = undefined;
      // Not when the page was left meanwhile, or is offline again.
      if (this.isOnline && this.#leave) this.#goOn();
    });
    this.#catchUp = catchUp;
  }

  #goOn(): void {
    this.#runAll("online");
    this.revalidate("refetchOnReconnect");
  }

  /** Runs those whose turn it is, once. Who comes meanwhile waits for the next time. Gives what they gave. */
  #runAll(turn: Turn): unknown[] {
    const all = [...this.#waiting].filter((each) => each.turn === turn);
    return all.map((each) => this.#waiting.delete(each) && each.run());
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
    this.#awaited.delete(job);
    return run;
  }

  /** Sets the timer for the first job that was not cancelled. One that is set for an earlier time is left: it finds nothing due. */
  #arm(now?: number): void {
    let first: Job | undefined;
    while ((first = this.#jobs[0]) && !first.run) this.#jobs.shift();
    const at = first && (this.#leave || first.at === -Infinity) ? Math.max(first.at, this.#clock.kept) : Infinity;
    if (at === Infinity) return this.#disarm();
    const isAwaited = this.canWait && this.#awaited.size > 0;
    if (at >= this.#armedFor && isAwaited === this.#isArmedAwaited) return;
    // Asked before anything changes: the first question of a task is one for `#look`.
    const delay = Math.max(0, Math.ceil(at - (now ?? this.now())));
    this.#disarm();
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

  readonly #run = (): void => {
    this.#disarm();
    const now = this.now();
    // What is due now; what it adds waits for its own time.
    this.#runJobs(this.#jobs.splice(0, this.#placeAfter(this.#leave ? now : -Infinity)));
  };

  #runJobs(jobs: readonly Job[]): void {
    for (const job of jobs) {
      const run = this.#end(job);
      if (run) guarded(run);
    }
    this.#arm();
  }
}
