import type { RemovalCause } from "../../core/index.ts";
import type { Advice } from "../../simulate/index.ts";
import { type Recording, recordingOf } from "../recording.ts";
import type { DevtoolsSource, DevtoolsTarget } from "../source.ts";
import { AdviceInTurn } from "./advice-in-turn.ts";
import { leaseRecord } from "./record-lease.ts";
import { Refusal } from "./refusal.ts";

/** Asks for the figures of one moment. */
export interface TopRequest {
  /** Whether it is recorded from now on, so that reads of each key, durations of loads and advice are known. */
  readonly record?: boolean;
  /** Wall time in ms after which recorded seconds are told. @defaultValue none are */
  readonly secondsAfter?: number;
}

/** What was recorded of about a second: when it ended, how long it was, and what was looked up. */
type RecordedSecond = readonly [at: number, seconds: number, hits: number, misses: number];

/** The figures of one moment. Whoever asks again can tell what happened in between. */
export interface TopAnswer {
  /** Wall time in ms, of the page. */
  readonly at: number;
  /** Ms that it took to read the counters. */
  readonly took: number;
  readonly kind: "cache" | "client";
  readonly strategy: string;
  readonly shardCount: number;
  readonly size: number;
  readonly maxCacheSize: number;
  readonly weight: number;
  /** `null` without that bound. */
  readonly maxWeight: number | null;
  /** Wall time in ms since which it is counted; `null` before the first operation. */
  readonly since: number | null;
  readonly gets: number;
  readonly sets: number;
  readonly hits: number;
  readonly misses: number;
  readonly refused: number;
  readonly removals: Readonly<Record<RemovalCause, number>>;
  readonly loads: TopLoads;
  /** Wall time in ms since which it is recorded; `null` while it is not. */
  readonly recordedSince: number | null;
  /** Those that were asked for, the oldest first: ten minutes at most. */
  readonly seconds: readonly RecordedSecond[];
  /** The last that was made of the record; `null` before. */
  readonly advice: Pick<Advice, "tone" | "kind" | "text"> | null;
}

interface TopLoads {
  readonly started: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly aborted: number;
  readonly joined: number;
  /** Ms that half of those that ended did not exceed, and nine of ten; `null` where none is known. */
  readonly p50: number | null;
  readonly p90: number | null;
}

/** The figures of one moment. */
export async function top(target: DevtoolsTarget, request: TopRequest): Promise<TopAnswer> {
  const { record = false, secondsAfter = Infinity } = request;
  if (typeof record !== "boolean") throw new Refusal(`record is true or false, got ${String(record)}.`);
  if (typeof secondsAfter !== "number") throw new Refusal(`secondsAfter is a time in ms, got ${String(secondsAfter)}.`);
  const recording = record ? (await leaseRecord(target)).recording : recordingOf(target);
  const { source, since } = recording;
  const began = performance.now();
  const { options, size, weight, gets, sets, hits, misses, refused, removals, ...metrics } = source.metrics();
  return {
    at: Date.now(),
    took: performance.now() - began,
    kind: source.kind,
    strategy: options.strategy,
    shardCount: options.shardCount,
    size,
    maxCacheSize: options.maxCacheSize,
    weight,
    maxWeight: options.maxWeight === Infinity ? null : (options.maxWeight ?? null),
    since: metrics.since,
    gets,
    sets,
    hits,
    misses,
    refused,
    removals,
    loads: loadsOf(metrics.loads, recording, source),
    recordedSince: since ?? null,
    seconds: since === undefined ? [] : secondsOf(recording, secondsAfter),
    advice: since === undefined ? null : adviceOf(recording),
  };
}

function loadsOf(counts: Omit<TopLoads, "p50" | "p90">, { loads }: Recording, source: DevtoolsSource): TopLoads {
  const { started, succeeded, failed, aborted, joined } = counts;
  const told = { started, succeeded, failed, aborted, joined };
  const recorded = loads?.durations;
  if (recorded && recorded.count > 0) {
    return { ...told, p50: recorded.quantile(0.5) ?? null, p90: recorded.quantile(0.9) ?? null };
  }
  // Those that a `Cache` remembers by itself.
  const last = [...source.loadDurations()].sort((one, other) => one - other);
  const quantile = (share: number): number | null => last[Math.ceil(share * last.length) - 1] ?? null;
  return { ...told, p50: quantile(0.5), p90: quantile(0.9) };
}

function secondsOf({ sampler }: Recording, after: number): RecordedSecond[] {
  if (after === Infinity) return [];
  const { samples } = sampler;
  return samples
    .filter(({ at }) => at > after)
    .map(({ at, seconds, hits, misses }) => [at, seconds, hits, misses] as const);
}

/** One for each record. It has no timer: what is under way ends soon after nobody asks any more. */
const advisers = new WeakMap<Recording, AdviceInTurn>();

function adviceOf(recording: Recording): TopAnswer["advice"] {
  let adviser = advisers.get(recording);
  if (!adviser) advisers.set(recording, (adviser = new AdviceInTurn(recording)));
  const advice = adviser.read();
  return advice ? { tone: advice.tone, kind: advice.kind, text: adviser.words } : null;
}
