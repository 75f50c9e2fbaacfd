import type { CacheEvent, Metrics, RemovalCause } from "../core/index.ts";
import { CAUSES, RemovalLog } from "./removal-log.ts";
import { Ring } from "./ring.ts";
import type { DevtoolsSource } from "./source.ts";

/** Samples kept: 10 minutes at one a second. */
export const MAX_SAMPLES = 600;
/** Ms between two samples. */
const SAMPLE_INTERVAL = 1_000;
/** Ms that changes are gathered before the panel is told. */
export const CHANGE_DELAY = 250;

/** What happened between two reads of the counters. */
export interface Sample {
  /** Wall time of the read, in ms. */
  readonly at: number;
  /** Seconds since the read before, so that a late timer does not look like a peak. */
  readonly seconds: number;
  readonly hits: number;
  readonly misses: number;
  /** Between 0 and 1; `null` when nothing was looked up. */
  readonly hitRatio: number | null;
  readonly removals: Readonly<Record<RemovalCause, number>>;
  /** Nothing was recorded before this sample: the panel was closed, or the metrics were reset. */
  readonly afterGap: boolean;
}

/** Time, timers and visibility; tests pass their own. */
export interface SamplerEnvironment {
  /** Wall time in ms. */
  now(): number;
  /** Runs `run` every `ms`; returns its undo. */
  every(run: () => void, ms: number): () => void;
  /** Runs `run` once after `ms`; returns its undo. */
  after(run: () => void, ms: number): () => void;
  /** Whether someone can see the page. */
  visible(): boolean;
  /** Tells when `visible()` changed; returns its undo. */
  onVisibility(listener: () => void): () => void;
}

/** `sample`: a second passed. `change`: an entry changed. */
export type SamplerNews = "sample" | "change";

/** Reads the counters once a second and hears removals, only between `start()` and its undo, and while visible. */
export class Sampler {
  readonly log: RemovalLog = new RemovalLog();
  #source: DevtoolsSource;
  #environment: SamplerEnvironment;
  #samples = new Ring<Sample>(MAX_SAMPLES);
  #previous: { metrics: Metrics; at: number } | undefined;
  #afterGap = false;
  #listeners = new Set<(news: SamplerNews) => void>();
  #stopLooking: (() => void) | undefined;

  constructor(source: DevtoolsSource, environment: SamplerEnvironment = browserEnvironment()) {
    this.#source = source;
    this.#environment = environment;
  }

  /** Oldest first; a fresh array. */
  get samples(): Sample[] {
    return this.#samples.toArray();
  }

  /** The counters at the last sample; `undefined` before the first look. */
  get metrics(): Metrics | undefined {
    return this.#previous?.metrics;
  }

  subscribe(listener: (news: SamplerNews) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Looks while the page is visible. Returns its undo. */
  start(): () => void {
    const follow = (): void => (this.#environment.visible() ? this.#look() : this.#rest());
    const leave = this.#environment.onVisibility(follow);
    follow();
    return () => {
      leave();
      this.#rest();
    };
  }

  /** Takes a sample now. The first one, and the first after a pause, only sets the baseline. */
  sample(): void {
    const now = { metrics: this.#source.metrics(), at: this.#environment.now() };
    const before = this.#previous;
    this.#previous = now;
    if (before && before.metrics.since === now.metrics.since && now.at > before.at) {
      this.#samples.push(difference(before, now, this.#afterGap));
      this.#afterGap = false;
    } else if (this.#samples.length > 0) {
      this.#afterGap = true;
    }
    this.#tell("sample");
  }

  #look(): void {
    if (this.#stopLooking) return;
    this.#previous = undefined;
    this.log.forgetGhosts();
    const change = gather(this.#environment, () => this.#tell("change"));
    const undo = [
      change.cancel,
      this.#source.subscribe(change.note, (event) => this.#record(event)),
      this.#environment.every(() => this.sample(), SAMPLE_INTERVAL),
    ];
    this.#stopLooking = () => undo.forEach((each) => each());
    this.sample();
  }

  #rest(): void {
    this.#stopLooking?.();
    this.#stopLooking = undefined;
  }

  #record(event: CacheEvent<unknown, unknown>): void {
    this.log.record(event, this.#environment.now());
  }

  #tell(news: SamplerNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}

type Reading = { metrics: Metrics; at: number };

function difference(before: Reading, now: Reading, afterGap: boolean): Sample {
  const hits = now.metrics.hits - before.metrics.hits;
  const misses = now.metrics.misses - before.metrics.misses;
  const removals = { evicted: 0, expired: 0, replaced: 0, deleted: 0, cleared: 0 };
  for (const cause of CAUSES) removals[cause] = now.metrics.removals[cause] - before.metrics.removals[cause];
  const lookups = hits + misses;
  return {
    at: now.at,
    seconds: (now.at - before.at) / 1_000,
    hits,
    misses,
    hitRatio: lookups > 0 ? hits / lookups : null,
    removals,
    afterGap,
  };
}

/** Many notes, one run: the first note arms a timer, the others ride along. */
function gather(environment: SamplerEnvironment, run: () => void): { note: () => void; cancel: () => void } {
  let disarm: (() => void) | undefined;
  const fire = (): void => {
    disarm = undefined;
    run();
  };
  return {
    note: () => void (disarm ??= environment.after(fire, CHANGE_DELAY)),
    cancel: () => disarm?.(),
  };
}

function browserEnvironment(): SamplerEnvironment {
  return {
    now: () => Date.now(),
    every(run, ms) {
      const timer = setInterval(run, ms);
      return () => clearInterval(timer);
    },
    after(run, ms) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    visible: () => !document.hidden,
    onVisibility(listener) {
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
  };
}
