/** What stands where a message names an option that is only known when it happens: every one that it can be. */
export const FILLED: Readonly<Record<string, readonly string[]>> = {
  "maxCacheSize: …, shardCount: …": ["maxCacheSize: 20_000_000, shardCount: 2"],
  "capacity: …": ["capacity: 1_000"],
};

/** The types of options, of which one must take what a message says. Each as a whole that need not be complete. */
export const TYPES: readonly string[] = [
  "engine.CacheOptions<string, string>",
  "engine.SetOptions",
  "engine.LoadOptions",
  "engine.BloomFilterOptions",
  "engine.CuckooFilterOptions",
  "engine.XorFilterOptions",
  "policies.ClockOptions",
  "policies.LfuOptions",
  "policies.SlruOptions",
  "policies.TinyLfuOptions",
  "query.QueryOptions<string, unknown>",
  "query.FetchOptions<string>",
  "query.SetDataOptions",
  "query.InfiniteQueryOptions<{ next: number; previous: number }, number>",
  "query.Lifetime",
  "query.QueryClientOptions",
  'NonNullable<query.QueryClientOptions["defaultOptions"]>',
  "query.QueryFilter",
  "query.MutationFilter",
  "query.MutationOptions<unknown, string>",
  "query.MutateQueryOptions<unknown>",
  "query.DehydrateOptions",
  "query.HydrateOptions",
  "query.ScriptOptions",
  "devtools.DevtoolsOptions",
  "simulate.RecordOptions",
  "simulate.ReplaySettings",
  "simulate.TraceCacheOptions",
  "simulate.TraceLruOptions",
  "simulate.Assumptions",
  "persistence.PersistOptions",
  "persistence.LockOptions",
  "persistence.TabOptions",
  "redis.RedisTierOptions",
  // `resize` takes its bound as an argument.
  "{ maxWeight: number }",
];

/** What the examples use without saying where it comes from. */
export const PRELUDE = `
import * as devtools from "macho-cache/devtools/mount";
import * as engine from "macho-cache";
import * as persistence from "macho-cache/persist";
import * as item from "macho-cache/persist/item";
import * as keyv from "macho-cache/persist/keyv";
import * as redis from "macho-cache/persist/redis";
import * as policies from "macho-cache/policies";
import * as query from "macho-cache/query";
import * as simulate from "macho-cache/simulate";

declare const controller: AbortController;
declare const data: unknown;
declare const id: number | undefined;
declare const maxWeight: number;
declare const mutationKey: query.QueryKey;
declare const queryKey: query.QueryKey;
declare function save(variables: string): Promise<void>;
declare function stop(): void;
declare class MyCounter implements policies.FrequencyCounter {
  constructor(bounds: unknown);
  reserve(entries: number): void;
  add(hash: number): void;
  of(hash: number): number;
}
const { cuckoo } = engine;
const { indexedDbTier } = persistence;
const { itemTier } = item;
const { keyvTier } = keyv;
const { redisTier } = redis;
declare const url: string;
declare class Keyv extends Map<string, string> {}
declare const Redis: new (url: string) => redis.RedisClient;
declare const now: () => number;
declare const wallNow: () => number;
declare function schedule(run: () => void, ms: number): () => void;
declare function encode(data: unknown): unknown;
declare function decode(stored: unknown): unknown;
`;
