import type { Ticker } from "./lru/clock.ts";
import type { Shard } from "./shard.ts";
import type { Write, WriteDesk } from "./write.ts";

/** What a cache is made of, for functions that an app downloads only where it names them. */
export interface CacheParts<K, V> {
  readonly shards: readonly Shard<K, V>[];
  readonly ticker: Ticker;
  readonly desk: WriteDesk<K, V>;
  shardOf(key: K): Shard<K, V>;
  /** Removes what has expired. */
  purge(): void;
  isDisposed(): boolean;
  /** Stores what was checked and weighed. */
  store(key: K, value: V, write: Write): void;
}
