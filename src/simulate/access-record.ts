import { describe, MachoError } from "../core/lru/errors.ts";

/**
 * What a recorded operation was, each by one letter. `h` a hit; `m` a miss; `f` a miss and the write that filled it, at
 * once; `s` a write; `d` a delete; `c` a clear of the whole cache; `x` a load that failed. A capital `F` or `S` is a write
 * that keeps the time that the old value had left.
 */
export const LETTERS = "hmfsdcx";

/** The options of the cache that matter to a replay. What is not there is unbounded. */
export interface RecordedOptions {
  /** The most entries. */
  readonly maxCacheSize?: number;
  /** The most weight, in the unit of the cache. */
  readonly maxWeight?: number;
  /** Ms. */
  readonly ttl?: number;
  /** Ms. */
  readonly timeToIdle?: number;
  /** Whether an overwrite kept the time that was left. */
  readonly keepTtl: boolean;
  /** The name of the policy. */
  readonly strategy: string;
  /** The number of shards. */
  readonly shardCount: number;
}

/** Entries that were there when recording began, in the order of the policy, the next victim first. */
export interface RecordedEntries {
  readonly keys: readonly number[];
  /** Ms from the write of each to the beginning; `null` where nobody knows, since nothing expires. */
  readonly ages: readonly (number | null)[];
  /** Of each, in ms: 0 for that of the options, -1 for one that never expires. */
  readonly ttls?: readonly number[];
  /** Of each; not there where all weigh what an entry weighs by default. */
  readonly weights?: readonly number[];
}

/**
 * What was done with a cache, as plain data: it survives JSON and a message to a worker. It holds hashes in the place of
 * keys, and no values.
 */
export interface AccessRecord {
  /** The form of the record. */
  readonly version: 1;
  /** Wall time in ms at which it was read. */
  readonly readAt: number;
  /** The options of the cache that was recorded. */
  readonly options: RecordedOptions;
  /** What the hashes of the cache start from. */
  readonly hashSeed: number;
  /** The share of keys that were recorded, above 0 to 1. */
  readonly sampleRate: number;
  /** Whether it holds each operation since the cache was empty for the first time. */
  readonly isComplete: boolean;
  /** Operations that later ones have overwritten. */
  readonly lost: number;
  /** Not there once operations were lost: nobody knows what was there at the first one left. */
  readonly entries?: RecordedEntries;
  /** One letter each: see `LETTERS`. */
  readonly operations: string;
  /** The key of each operation, by its number; 0 for a clear. */
  readonly keys: readonly number[];
  /** When each was done, in ms since recording began, in steps of 1/16. */
  readonly times: readonly number[];
  /** Of each write, in ms: 0 for that of the options, -1 for one that never expires. Only where one differs. */
  readonly ttls?: readonly number[];
  /** Of each write. Only where one weighs something else than an entry weighs by default. */
  readonly weights?: readonly number[];
  /** When it was read, in ms since recording began. */
  readonly end: number;
}

/** @throws MachoError "invalid-argument" unless it is what `read()` gave, or JSON made of it */
export function checkRecord(record: AccessRecord, caller: string): void {
  const { version, operations, keys, times } = (record ?? {}) as Partial<AccessRecord>;
  const isGood =
    version === 1 &&
    typeof operations === "string" &&
    keys?.length === operations.length &&
    times?.length === keys.length;
  if (isGood) return;
  const got = version === undefined || version === 1 ? describe(record) : `one of version ${String(version)}`;
  throw new MachoError(
    "invalid-argument",
    `${caller} needs a record, got ${got}. Pass what record(cache).read() gave.`,
  );
}
