import type { ChangeKind } from "./advice.ts";
import { bounds } from "./curve.ts";
import { type History, UNREAD } from "./history.ts";
import type { ReplayResult } from "./replay.ts";
import { POLICY_NAMES, type PolicyName } from "./policies.ts";
import type { Assumptions, ReplaySettings } from "./replay-settings.ts";
import type { MissCause } from "./simulation.ts";
import type { Trial } from "./trials.ts";

/** A cause is worth a remedy from this share of the look-ups on. */
const WORTH_A_REMEDY = 0.01;
/** So are look-ups of keys that may have been there before the record. */
const MAY_BE_OLDER = 0.05;
/** So are writes that nobody reads. */
const MANY_UNREAD = 0.2;
/** Times of the size that are tried: the best of them counts. */
const SIZES = [1.1, 1.25, 1.5, 2, 3, 4] as const;
/** Prices: what a change must gain to be worth it, of the hit ratio. */
const PER_DOUBLING = 0.02;
const PER_TTL_DOUBLING = 0.005;
const NO_TTL = 0.03;
const SKIPPED_WRITES = 0.005;
const POLICY_PRICES: Partial<Record<PolicyName, number>> = { lfu: 0.01, mfu: 0.03, random: 0.03, fifo: 0.03 };

/** A change that may gain something. */
export interface Remedy extends Trial {
  readonly kind: ChangeKind;
  readonly price: number;
}

/** The remedies for what makes a cache miss, with these settings. */
export function remediesFor(history: History, { misses, lookups }: ReplayResult, now: Trial): readonly Remedy[] {
  const isWorth = (...causes: readonly MissCause[]): boolean =>
    causes.reduce((sum, cause) => sum + misses[cause], 0) >= WORTH_A_REMEDY * lookups;
  // What the record sees for the first time may have been evicted before it began.
  const mayBeOlder = !history.record.isComplete && misses.first + misses.unseen >= MAY_BE_OLDER * lookups;
  return [
    ...(isWorth("failed") ? [app("failures", { loadsSucceed: true })] : []),
    ...(isWorth("absent") ? [app("absent", { storeAbsent: true })] : []),
    ...(isWorth("expired") ? lifetimes(history, now) : []),
    ...(isWorth("deleted", "cleared") ? [app("removals", { ignoreRemovals: true })] : []),
    ...(isWorth("evicted") ? order(history, now) : []),
    ...(isWorth("evicted") || mayBeOlder ? room(history, now) : []),
  ];
}

/** A change of the app. */
function app(kind: ChangeKind, assume: Assumptions, price: number = 0): Remedy {
  return { kind, price, settings: {}, assume };
}

function options(kind: ChangeKind, settings: ReplaySettings, price: number, assume: Assumptions = {}): Remedy {
  return { kind, price, settings, assume };
}

function lifetimes({ record }: History, { settings }: Trial): readonly Remedy[] {
  const { ttl = Infinity, timeToIdle = Infinity } = { ...record.options, ...settings };
  const hasOwn = record.ttls !== undefined || record.entries?.ttls !== undefined;
  const remedies: Remedy[] = [];
  for (const times of [2, 4, Infinity]) {
    const price = times === Infinity ? NO_TTL : PER_TTL_DOUBLING * Math.log2(times);
    const assume = hasOwn ? { ownTtlTimes: times } : {};
    if (ttl < Infinity || hasOwn) remedies.push(options("ttl", { ttl: ttl * times }, price, assume));
    if (timeToIdle < Infinity) remedies.push(options("idle", { timeToIdle: timeToIdle * times }, price));
  }
  return remedies;
}

/** Remedies for what is evicted too early, in the room that there is. */
function order(history: History, { settings, assume }: Trial): readonly Remedy[] {
  const { record } = history;
  const { strategy, shardCount = 1 } = { ...record.options, ...settings };
  const isSharded = shardCount > 1;
  const skips = assume.skipUnreadWrites || unreadShare(history) <= MANY_UNREAD;
  const policies = POLICY_NAMES.filter((name) => {
    // A sample told wrong of this one.
    return name !== strategy && (name !== "sieve" || record.sampleRate === 1);
  });
  return [
    ...(isSharded ? [options("shards", { shardCount: 1 }, 0)] : []),
    ...(skips ? [] : [app("unread-writes", { skipUnreadWrites: true }, SKIPPED_WRITES)]),
    ...policies.map((name) => options("policy", { strategy: name }, POLICY_PRICES[name] ?? 0)),
  ];
}

/** More room, where that is not said already. */
function room(history: History, { settings }: Trial): readonly Remedy[] {
  const { shardCount = 1 } = { ...history.record.options, ...settings };
  if (settings.maxCacheSize !== undefined || settings.maxWeight !== undefined) return [];
  const shards = shardCount > 1 ? [{}, { shardCount: 1 }] : [{}];
  return SIZES.flatMap((times) => {
    const price = PER_DOUBLING * Math.log2(times);
    return shards.map((each) => options("size", Object.assign(sizeOf(history, times), each), price));
  });
}

/** The bounds, so many times as large. */
export function sizeOf({ record }: History, times: number): ReplaySettings {
  const { maxCacheSize, maxWeight = 1, shardCount } = record.options;
  return bounds(record, Math.max(shardCount, Math.ceil((maxCacheSize ?? maxWeight) * times)));
}

/** Writes that nobody reads, of look-ups. */
function unreadShare({ fates, lookups }: History): number {
  return fates.reduce((sum, fate) => sum + Number(fate === UNREAD), 0) / Math.max(1, lookups);
}
