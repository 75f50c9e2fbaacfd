import type { Metrics, RemovalCause, Sizable } from "../core/index.ts";
import { harmless } from "./complaint.ts";
import { Ring } from "./ring.ts";
import type { DevtoolsSource } from "./source.ts";
import { CAUSES } from "./departures.ts";
import { whileHeld } from "./while-held.ts";

/** Samples kept: 10 minutes at one a second. */
export const MAX_SAMPLES = 600;
/** Ms between two samples. */
const SAMPLE_INTERVAL = 1_000;
/** The most time that reading may take, as a part of all time. A slow reading is done less often. */
const SHARE_OF_TIME = 1 / 20;
/** Shards whose counters are kept over time: with all samples, about a megabyte. */
export const MAX_SAMPLED_SHARDS = 64;
/** Ms between two looks for changes, while a page listens. */
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
  /** Hits, misses and removals by cause of each shard, one after the other; empty where there is only one. */
  readonly shards: Uint32Array;
  /** Nothing was recorded before this sample: the panel was closed, or the metrics were reset. */
  readonly afterGap: boolean;
}

/** Time, timers and visibility; tests pass their own. */
export interface SamplerEnvironment {
  /** Wall time in ms. */
  now(): number;
  /** Runs `run` every `ms`; returns its undo. */
  every(run: () => void, ms: number): () => void;
  /** Whether someone can see the page. */
  visible(): boolean;
  /** Tells when `visible()` changed; returns its undo. */
  onVisibility(listener: () => void): () => void;
}

/** Windows of the panel's own: it is seen in them, also where they cover the page. */
export const ownWindows: Set<Window> = new Set<Window>();

/** `sample`: a second passed. `change`: an entry changed. */
export type SamplerNews = "sample" | "change";

/**
 * Reads the counters once a second between `start()` and its undo, while the page is visible; a server and a worker have
 * no page, and no timer. It listens to no cache: an event for each write would cost far more than a look at some numbers.
 */
export class Sampler {
  // Functions of no instance: what calls them by a timer of the page must not hold one.
  static readonly #follow = (sampler: Sampler): void => sampler.#followVisibility();
  static readonly #sampleInTurn = (sampler: Sampler): void => sampler.#sampleIfDue();
  #source: DevtoolsSource;
  #environment: SamplerEnvironment;
  #samples = new Ring<Sample>(MAX_SAMPLES);
  #previous: Reading | undefined;
  /** Ms of the reading before: of two, one may have been stalled by something else. */
  #tookBefore = Infinity;
  #failure: { error: unknown } | undefined;
  #afterGap = false;
  #listeners = new Set<(news: SamplerNews) => void>();
  #users = 0;
  #stopWatching: (() => void) | undefined;
  #stopLooking: (() => void) | undefined;
  #stopFollowing: (() => void) | undefined;

  constructor(source: DevtoolsSource, environment: SamplerEnvironment = browserEnvironment()) {
    this.#source = source;
    this.#environment = environment;
  }

  /** Oldest first; a fresh array. */
  get samples(): Sample[] {
    return this.#samples.toArray();
  }

  /**
   * The counters at the last sample; `undefined` before the first look.
   * @throws what the cache threw when they were read last
   */
  get metrics(): Metrics | undefined {
    if (this.#failure) throw this.#failure.error;
    return this.#previous?.metrics;
  }

  /** Hears of samples, and of changes between them. Returns its undo. */
  subscribe(listener: (news: SamplerNews) => void): () => void {
    this.#listeners.add(listener);
    this.#followListeners();
    return () => {
      this.#listeners.delete(listener);
      this.#followListeners();
    };
  }

  /** What the cache is made of; `undefined` where it does not say. */
  get parts(): Sizable["parts"] | undefined {
    return this.#source.parts();
  }

  /**
   * Looks while the page is visible; in a hidden one, once, so that there is something to show. Counted: returns its
   * undo, and rests after the last.
   */
  start(): () => void {
    if (++this.#users === 1) this.#begin();
    let isUndone = false;
    return () => {
      if (isUndone) return;
      isUndone = true;
      if (--this.#users > 0) return;
      this.#stopWatching?.();
      this.#rest();
    };
  }

  #begin(): void {
    const environment = this.#environment;
    this.#stopWatching = whileHeld(this, Sampler.#follow, (follow) => environment.onVisibility(follow));
    this.#followVisibility();
    if (!this.#stopLooking) this.sample();
  }

  #followVisibility(): void {
    if (this.#environment.visible()) this.#look();
    else this.#rest();
  }

  /**
   * Takes a sample now. The first one, and the first after a pause, only sets the baseline. A cache whose counters cannot
   * be read is what the pages then show; the timer goes on.
   */
  sample(): void {
    this.#failure = undefined;
    try {
      this.#keep(this.#read());
    } catch (error) {
      this.#failure = { error };
    }
    this.#tell("sample");
  }

  #read(): Reading {
    const at = this.#environment.now();
    const metrics = this.#source.metrics();
    return { metrics, at, took: this.#environment.now() - at };
  }

  #keep(now: Reading): void {
    const before = this.#previous;
    this.#previous = now;
    this.#tookBefore = before?.took ?? Infinity;
    // Before the first operation nothing was counted, and nothing was reset.
    const isOneCount = before && (before.metrics.since ?? now.metrics.since) === now.metrics.since;
    if (isOneCount && now.at > before.at) {
      this.#samples.push(difference(before, now, this.#afterGap));
      this.#afterGap = false;
    } else if (this.#samples.length > 0) {
      this.#afterGap = true;
    }
  }

  #sampleIfDue(): void {
    // The page of a test may be gone without a word.
    if (!this.#environment.visible()) return this.#rest();
    const last = this.#previous;
    if (!last || this.#environment.now() - last.at >= pauseAfter(Math.min(last.took, this.#tookBefore))) this.sample();
  }

  #look(): void {
    if (this.#stopLooking) return;
    this.#previous = undefined;
    const environment = this.#environment;
    this.#stopLooking = whileHeld(this, Sampler.#sampleInTurn, (run) => environment.every(run, SAMPLE_INTERVAL));
    this.#followListeners();
    this.sample();
  }

  #rest(): void {
    this.#stopLooking?.();
    this.#stopLooking = undefined;
    this.#followListeners();
  }

  /** Looks for changes as long as somebody would hear of them. */
  #followListeners(): void {
    const isWanted = this.#stopLooking !== undefined && this.#listeners.size > 0;
    if (isWanted === (this.#stopFollowing !== undefined)) return;
    this.#stopFollowing?.();
    this.#stopFollowing = isWanted ? this.#followChanges() : undefined;
  }

  #followChanges(): () => void {
    let version = this.#version();
    const look = (): void => {
      const before = version;
      version = this.#version();
      if (version !== before) this.#tell("change");
    };
    let leave = (): void => undefined;
    harmless("a client cannot be listened to, so that the panel follows it once a second.", () => {
      leave = this.#source.subscribe(() => (version = undefined));
    });
    const stop = this.#environment.every(look, CHANGE_DELAY);
    return () => {
      stop();
      harmless("a client could not be left.", leave);
    };
  }

  /** Another text after each change; `undefined` where the cache cannot be read, which the samples tell. */
  #version(): string | undefined {
    try {
      return this.#source.version();
    } catch {
      return undefined;
    }
  }

  #tell(news: SamplerNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}

/** Ms from the end of a reading, by the ms that it took, until the next one. */
export function pauseAfter(took: number): number {
  return took / SHARE_OF_TIME;
}

interface Reading {
  readonly metrics: Metrics;
  /** Wall time in ms. */
  readonly at: number;
  /** Ms that it took to read them. */
  readonly took: number;
}

function difference(before: Reading, now: Reading, afterGap: boolean): Sample {
  const figures = differences(before.metrics, now.metrics);
  return { at: now.at, seconds: (now.at - before.at) / 1_000, afterGap, shards: ofShards(before, now), ...figures };
}

type Counted = Pick<Metrics, "hits" | "misses" | "removals">;
type Figures = Pick<Sample, "hits" | "misses" | "hitRatio" | "removals">;

function differences(before: Counted, now: Counted): Figures {
  const removals = CAUSES.map((cause) => now.removals[cause] - before.removals[cause]);
  return figuresOf(now.hits - before.hits, now.misses - before.misses, removals);
}

/** @param removals in the order of `CAUSES` */
function figuresOf(hits: number, misses: number, removals: ArrayLike<number>): Figures {
  const byCause = { evicted: 0, expired: 0, replaced: 0, deleted: 0, cleared: 0 };
  CAUSES.forEach((cause, index) => (byCause[cause] = removals[index] ?? 0));
  const lookups = hits + misses;
  return { hits, misses, hitRatio: lookups > 0 ? hits / lookups : null, removals: byCause };
}

/** Numbers kept of a shard in each sample: hits, misses, and removals by cause. */
const FIGURES = 2 + CAUSES.length;

function ofShards({ metrics: before }: Reading, { metrics: now }: Reading): Uint32Array {
  const count = now.shards.length > 1 ? Math.min(now.shards.length, MAX_SAMPLED_SHARDS) : 0;
  const kept = new Uint32Array(count * FIGURES);
  for (let index = 0; index < count; index++) {
    const { hits, misses, removals } = differences(before.shards[index]!, now.shards[index]!);
    kept.set([hits, misses, ...CAUSES.map((cause) => removals[cause])], index * FIGURES);
  }
  return kept;
}

/** The sample of one shard, of the first `MAX_SAMPLED_SHARDS`. */
export function sampleOfShard(sample: Sample, shard: number): Sample {
  const [hits = 0, misses = 0, ...removals] = sample.shards.subarray(shard * FIGURES, (shard + 1) * FIGURES);
  return { ...sample, ...figuresOf(hits, misses, removals) };
}

function browserEnvironment(): SamplerEnvironment {
  return {
    now: () => Date.now(),
    every(run, ms) {
      const timer: unknown = setInterval(run, ms);
      // Node's timers keep the process alive unless told otherwise; a browser's are numbers.
      (timer as { unref?: () => void }).unref?.();
      return () => clearInterval(timer as number);
    },
    visible: () => typeof document !== "undefined" && (!document.hidden || ownWindows.size > 0),
    onVisibility(listener) {
      // A server and a worker have none, and nobody who sees them.
      if (typeof document === "undefined") return () => undefined;
      document.addEventListener("visibilitychange", listener);
      return () => document.removeEventListener("visibilitychange", listener);
    },
  };
}
