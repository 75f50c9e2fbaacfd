import type { RemovalCause } from "../core/lru/events.ts";
import { CAUSES, sumsOf } from "../core/lru/metrics.ts";
import { type AccessRecord, checkRecord } from "./access-record.ts";
import { type History, historyOf } from "./history.ts";
import { type Assumptions, checkSettings, type ReplaySettings } from "./replay-settings.ts";
import { type MissCause, Simulation } from "./simulation.ts";
import { FILLED } from "./tape.ts";

/** Operations between two looks at the time of an idle slice: under 4 ms with the slowest policy. */
const SLICE = 1_024;
/** Parts of what was counted, for the spread of a figure. */
const BLOCKS = 8;

/** How a record is replayed. */
export interface ReplayOptions {
  /** What is taken for granted. @defaultValue nothing: all went as it was recorded */
  readonly assume?: Assumptions | undefined;
  /** The number of the first operation whose look-ups are counted; those before it only fill the cache. @defaultValue 0 */
  readonly from?: number | undefined;
}

/** Look-ups of a part of the record. */
export interface ReplayBlock {
  /** The number of look-ups. */
  readonly lookups: number;
  /** Look-ups that found an entry. */
  readonly hits: number;
}

/** What a cache with other settings would have done. Of a record that samples keys, of those keys. */
export interface ReplayResult {
  /** The number of look-ups. */
  readonly lookups: number;
  /** Look-ups that found an entry. */
  readonly hits: number;
  /** From 0 to 1; `null` without look-ups. */
  readonly hitRatio: number | null;
  /** Misses that may have been hits: more of the past is needed to know. The hit ratio is "or more" by these. */
  readonly unknown: number;
  /** The same in eight parts, one after the other, of as many look-ups each. */
  readonly blocks: readonly ReplayBlock[];
  /** Look-ups that found none. */
  readonly misses: Readonly<Record<MissCause, number>>;
  /** Values that left, of the whole record. */
  readonly removals: Readonly<Record<RemovalCause, number>>;
}

/**
 * What the cache would have done with other settings: the record, run through the engine's own classes on a clock that
 * follows it. Misses are filled where the recorded ones were; a recorded hit that misses here is filled at once.
 * @throws MachoOptionError for settings that a cache cannot have; MachoError "invalid-argument" unless it is a record
 *
 * @example
 * const now = replay(recorded);
 * const larger = replay(recorded, { maxCacheSize: 2_000 });
 * console.log(larger.hits - now.hits);
 */
export function replay(record: AccessRecord, settings: ReplaySettings = {}, options: ReplayOptions = {}): ReplayResult {
  return lastOf(replaySteps(record, settings, options));
}

/**
 * The same in steps, for a page that must stay alive: each gives the operations that were replayed so far, after 1,024 more.
 *
 * @example
 * const steps = replaySteps(recorded, { strategy: "sieve" });
 * requestIdleCallback(function go() {
 *   const { done, value } = steps.next();
 *   if (done) show(value);
 *   else requestIdleCallback(go);
 * });
 */
export function* replaySteps(
  record: AccessRecord,
  settings: ReplaySettings = {},
  { assume = {}, from = 0 }: ReplayOptions = {},
): Generator<number, ReplayResult, undefined> {
  checkRecord(record, "replay");
  checkSettings(record, settings, assume);
  const history = historyOf(record);
  return yield* simulated(history, new Simulation(history, settings, assume), from);
}

/** Runs a simulation to its end. */
export function* simulated(
  history: History,
  simulation: Simulation,
  from: number,
): Generator<number, ReplayResult, undefined> {
  const { length, kinds, lookupsBefore } = history;
  const first = Math.min(length, Math.max(0, Math.ceil(from)));
  const count = new Count(history.lookups - lookupsBefore[first]!);
  for (let at = 0; at < length; at++) {
    if (at % SLICE === 0 && at > 0) yield at;
    simulation.step(at);
    if (at >= first && kinds[at]! <= FILLED) count.add(simulation);
  }
  simulation.end();
  return count.result(simulation);
}

/** Runs steps to their end. */
export function lastOf<T>(steps: Generator<unknown, T, undefined>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Counts look-ups. */
class Count {
  #lookups = 0;
  #unknown = 0;
  #all: number;
  #blocks = Array.from({ length: BLOCKS }, () => ({ lookups: 0, hits: 0 }));
  #misses: Record<MissCause, number> = {
    first: 0,
    unseen: 0,
    evicted: 0,
    expired: 0,
    deleted: 0,
    cleared: 0,
    absent: 0,
    failed: 0,
  };

  /** @param all look-ups that will be counted */
  constructor(all: number) {
    this.#all = all;
  }

  add({ isHit, isUnknown, cause }: Simulation): void {
    const block = this.#blocks[Math.floor((this.#lookups++ * BLOCKS) / this.#all)]!;
    block.lookups++;
    if (isHit) block.hits++;
    else {
      this.#misses[cause]++;
      if (isUnknown) this.#unknown++;
    }
  }

  result({ stores }: Simulation): ReplayResult {
    const hits = this.#blocks.reduce((sum, block) => sum + block.hits, 0);
    return Object.freeze({
      lookups: this.#lookups,
      hits,
      hitRatio: this.#lookups === 0 ? null : hits / this.#lookups,
      unknown: this.#unknown,
      blocks: Object.freeze(this.#blocks.map((block) => Object.freeze(block))),
      misses: Object.freeze(this.#misses),
      removals: Object.freeze(sumsOf(stores, CAUSES)),
    });
  }
}
