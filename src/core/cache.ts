import { getOrLoad, type Loader, type LoadOptions } from "./loading.ts";
import { BoundedCache, type CacheParts, type LruSummary } from "./lru/bounded-cache.ts";
import { type Flights, flightsOf } from "./lru/flight.ts";
import { markAsCache } from "./lru/mark.ts";
import { seedOf } from "./lru/seed.ts";
import { frozenList } from "./metrics/frozen-list.ts";
import { type Latencies, LatencySampler, SAMPLE_EVERY } from "./metrics/latencies.ts";
import { LifespanLog, type Lifespans } from "./metrics/lifespans.ts";
import { type Metrics, reportOptions, shardFigures } from "./metrics/report.ts";
import { type CacheOptions, type ResolvedOptions, resolveOptions, type SetOptions } from "./options.ts";
import type { Shard } from "./shard.ts";
import { partsOf, shardingOf } from "./sharding.ts";
import { CacheWrites } from "./writes.ts";

/**
 * A bounded, measured cache in memory. Keys and values are whatever a `Map` takes.
 * An entry leaves when it is evicted by capacity, expires, is replaced, deleted or cleared; each is counted.
 *
 * @example
 * const cache = new Cache<string, User>({ maxCacheSize: 500, ttl: 60_000 });
 * cache.set("user:1", ada);
 * cache.get("user:1"); // ada, and one hit more in cache.metrics
 */
export class Cache<K = unknown, V = unknown> extends BoundedCache<K, V> {
  /** The loads under way, for layers that bring loaders of their own. */
  declare flights: Flights<K>;
  declare readonly parts: CacheParts<K, V> & { readonly stores: readonly Shard<K, V>[] };
  #options: ResolvedOptions<K, V>;
  #latencies = new LatencySampler();
  /** Operations until one is timed. The first one, on its way there, begins the count. */
  #untilSample = 1;
  #lifespans: LifespanLog;
  /** Ms of each of the last loads that ended. */
  #durations = new LifespanLog();

  /** @throws MachoOptionError for an option that cannot be used, or does not exist */
  constructor(options: CacheOptions<K, V> = {}) {
    const all = resolveOptions(options);
    const lifespans = new LifespanLog();
    const { shardsOf, storeOf } = shardingOf<K, V>(all, seedOf(options), lifespans);
    super(
      all,
      new CacheWrites(all),
      (bounds) => partsOf(resolveOptions({ ...bounds, shardCount: all.shardCount })),
      shardsOf,
      storeOf,
    );
    this.#options = all;
    this.#lifespans = lifespans;
    this.flights = flightsOf(this);
    this.flights.onDuration = (key, ms) => this.#durations.record(ms, this.#indexOf(key));
  }

  /** How old the last 1,000 values were that left, cleared ones apart; `null` before the first. */
  get metricLifespan(): Lifespans | null {
    return this.#lifespans.report(this.parts.stores.length);
  }

  /** What single operations took, from samples; `null` until there are 100 of a kind. */
  get latencies(): Latencies | null {
    return this.#latencies.report(this.parts.ticker, this.parts.stores.length);
  }

  /** Ms that each of the last 1,000 loads took, whatever their outcome, the oldest first. */
  get loadDurations(): readonly number[] {
    return this.#durations.values();
  }

  /** The same apart for each shard, by the key that was loaded. */
  get loadDurationsByShard(): readonly (readonly number[])[] {
    return frozenList(this.parts.stores.length, (index) => this.#durations.values(index));
  }

  override get(key: K): V | undefined {
    if (--this.#untilSample !== 0) return super.get(key);
    const end = this.#time("get", key);
    const value = super.get(key);
    end();
    return value;
  }

  override set(key: K, value: V, options?: SetOptions): this {
    if (--this.#untilSample !== 0) return super.set(key, value, options);
    const end = this.#time("set", key);
    super.set(key, value, options);
    end();
    return this;
  }

  /**
   * The value of a key, loaded and stored when it is absent. Callers of one key share one load.
   * Counts as a lookup, and as a set when it stores.
   * `ttl`, `keepTtl` and `weight` count of the call that starts the load, and what its loader says by `setLifetime` before
   * them; `signal` and `timeout` of each call for itself.
   * A `delete` or `clear` of the key during the load keeps its answer out of the cache; callers still get it. A `set`
   * gives them the new value instead; an `importCache` changes nothing. `dispose` ends the load.
   * @throws what the loader throws, and the weigher; the `reason` of the caller's own signal; MachoError "timeout", and
   * "disposed"; "circular-load" when a loader asks for its own key
   */
  getOrLoad(key: K, loader: Loader<K, V>, options: LoadOptions = {}): Promise<V> {
    return getOrLoad(this, key, loader, options, this.#options.timeout);
  }

  /** What it was made with, or resized to, with the defaults. Frozen, and cheap to read. */
  override get options(): Metrics["options"] {
    return reportOptions(super.options as ResolvedOptions<K, V>);
  }

  override get metrics(): Metrics {
    const options = reportOptions(super.options as ResolvedOptions<K, V>);
    const { stores } = this.parts;
    return Object.freeze({
      ...super.metrics,
      options,
      ...shardFigures(stores),
      shards: frozenList(stores.length, (index) => shardFigures([stores[index]!])),
    });
  }

  override toJSON(): CacheSummary {
    return { ...super.toJSON(), strategy: this.#options.strategy.name };
  }

  override resetMetrics(): void {
    super.resetMetrics();
    for (const shard of this.parts.stores) shard.filterRejections = shard.falsePositives = 0;
    this.#latencies.clear();
    this.#lifespans.clear();
    this.#durations.clear();
  }

  /** The place of a key's shard. */
  #indexOf(key: K): number {
    const { stores, storeOf } = this.parts;
    return stores.indexOf(storeOf(key) as Shard<K, V>);
  }

  /** Times an operation. The first of all only begins the count: it reads the clock, which making a cache does not. */
  #time(operation: "get" | "set", key: K): () => void {
    const { ticker } = this.parts;
    const isFirst = ticker.began === null;
    // As long as the clock gives no time, every operation is the first.
    this.#untilSample = 1;
    const began = ticker.now();
    this.#untilSample = SAMPLE_EVERY - Number(isFirst);
    return () => {
      const ms = Math.max(0, ticker.now() - began);
      if (!isFirst) this.#latencies.record(operation, this.#indexOf(key), ms);
    };
  }
}

markAsCache(Cache.prototype);

/** A cache at a glance. */
export interface CacheSummary extends LruSummary {
  /** The name of the policy. */
  readonly strategy: string;
}
