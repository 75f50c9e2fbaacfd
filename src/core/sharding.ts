import { KeyHasher, placeOf } from "./hash.ts";
import type { CoreOptions } from "./lru/options.ts";
import type { Seed } from "./lru/seed.ts";
import type { StoreSetup } from "./lru/store-setup.ts";
import type { Store } from "./lru/store.ts";
import { Shard, type ShardSetup } from "./shard.ts";

type Bounds = Pick<CoreOptions<never, never>, "maxCacheSize" | "maxWeight">;

/** What shards are made of. It is taken as it is: whoever gives it has checked it. */
export type ShardingOptions<K, V> = Bounds &
  ShardSetup<K, V>["options"] & { readonly shardCount: number; readonly ttl: number };

/** The shards of a cache, and which of them a key belongs to. */
export interface Sharding<K, V> {
  /** The shard of a key, which it hashes; not there where that is always the first one, and nothing needs the hash. */
  readonly storeOf: ((key: K) => Store<K, V>) | undefined;
  /** Makes the shards, once. */
  readonly shardsOf: (shared: Pick<StoreSetup<K, V>, "ticker" | "outbox">) => readonly Shard<K, V>[];
}

/** What `Cache` and replays are built of. @param lifespans hears how old the values were that left */
export function shardingOf<K, V>(
  options: ShardingOptions<K, V>,
  seed: Seed,
  lifespans: ShardSetup<K, V>["lifespans"],
): Sharding<K, V> {
  const { shardCount, ttl, filter } = options;
  const hasher = new KeyHasher(seed);
  let shards!: readonly Shard<K, V>[];
  const storeOf = (key: K): Store<K, V> => {
    hasher.hash(key);
    return shards[placeOf(hasher.first, shardCount)]!;
  };
  return {
    storeOf: shardCount > 1 || filter ? storeOf : undefined,
    shardsOf: ({ ticker, outbox }) =>
      (shards = partsOf(options).map(({ maxCacheSize: capacity, maxWeight }, index) => {
        // Each by its name: an object that is spread in here takes several times as long.
        return new Shard({ index, capacity, maxWeight, ttl, options, hasher, lifespans, seed, ticker, outbox });
      })),
  };
}

/** The bounds of each shard. Those of all add up, and differ by one at most. */
export function partsOf({ maxCacheSize, maxWeight, shardCount }: Bounds & { readonly shardCount: number }): Bounds[] {
  return Array.from({ length: shardCount }, (_, index) => ({
    maxCacheSize: Math.ceil((maxCacheSize - index) / shardCount),
    maxWeight: Math.ceil((maxWeight - index) / shardCount),
  }));
}
