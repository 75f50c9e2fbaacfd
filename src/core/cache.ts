import { Cleanup } from "./lru/cleanup.ts";
import { hostClock, type LayerClock, Ticker } from "./lru/clock.ts";
import { check, checkListener } from "./lru/checks.ts";
import { reasonOf } from "./lru/abort.ts";
import { disposedError } from "./lru/errors.ts";
import { type CacheEvent, Outbox } from "./lru/events.ts";
import { Flights } from "./lru/flight.ts";
import { KeyHasher, placeOf } from "./hash.ts";
import type { CacheParts } from "./parts.ts";
import { checkLoad, type Found, type Loader, type LoadingHost, loadThrough, type LoadOptions } from "./loading.ts";
import { type Latencies, LatencySampler, SAMPLE_EVERY } from "./metrics/latencies.ts";
import { LifespanLog, type Lifespans } from "./metrics/lifespans.ts";
import { markAsCache } from "./lru/mark.ts";
import { type Metrics, reportMetrics, reportOptions } from "./metrics/report.ts";
import { sum } from "./metrics/sum.ts";
import { type CacheOptions, checkBounds, type ResolvedOptions, resolveOptions, type SetOptions } from "./options.ts";
import { Shard } from "./shard.ts";
import { type Write, WriteDesk } from "./write.ts";

/**
 * A bounded, measured cache in memory. Keys and values are whatever a `Map` takes.
 * An entry leaves when it is evicted by capacity, expires, is replaced, deleted or cleared; each is counted.
 *
 * @example
 * const cache = new Cache<string, User>({ maxCacheSize: 500, ttl: 60_000 });
 * cache.set("user:1", ada);
 * cache.get("user:1"); // ada, and one hit more in cache.metrics
 */
export class Cache<K = unknown, V = unknown> {
  /** The loads under way, for layers that bring loaders of their own. */
  readonly flights: Flights<K>;
  #options: ResolvedOptions<K, V>;
  #shards: readonly Shard<K, V>[];
  /** The first shard where it is the only one and keys need no hash: the common case, without a detour. */
  #only: Shard<K, V> | undefined;
  #hasher: KeyHasher;
  #desk: WriteDesk<K, V>;
  /** A write without options; `undefined` where each needs a closer look, and after `dispose`. */
  #plainWrite: Write | undefined;
  #latencies: LatencySampler;
  /** Operations until one is timed. The first one, on its way there, begins the count. */
  #untilSample = 1;
  #hasBegun = false;
  #lifespans = new LifespanLog();
  /** Ms of each of the last loads that ended. */
  #durations = new LifespanLog();
  #outbox: Outbox<K, V>;
  #ticker: Ticker;
  #cleanup: Cleanup;
  /** When the metrics were reset. */
  #since: number | undefined;
  #disposed = false;

  /** @throws MachoOptionError for an option that cannot be used, or does not exist */
  constructor(options: CacheOptions<K, V> = {}) {
    this.#options = resolveOptions(options);
    const { exactClock, onRemoval, clock = hostClock, shardCount, filter, seed } = this.#options;
    this.#hasher = new KeyHasher(seed);
    this.#desk = new WriteDesk(this.#options);
    this.#plainWrite = this.#desk.plain;
    this.#ticker = new Ticker(clock, exactClock);
    this.#outbox = new Outbox(onRemoval, this.#ticker);
    this.#cleanup = new Cleanup(this.#ticker, () => this.#outbox.flush());
    this.#latencies = new LatencySampler(clock);
    this.#shards = Array.from({ length: shardCount }, (_, index) => this.#createShard(index));
    this.#only = shardCount === 1 && !filter ? this.#shards[0] : undefined;
    this.#cleanup.sweeps = this.#shards.map(({ sweep }) => sweep);
    this.flights = new Flights(() => this.#ticker.now());
    this.flights.onDuration = (key, ms) => this.#durations.record(ms, this.#indexOf(key));
  }

  /** What it was made with, or resized to, with the defaults. Frozen, and cheap to read. */
  get options(): Metrics["options"] {
    return reportOptions(this.#options);
  }

  /** The time that deadlines are measured by, for layers that measure along. */
  get clock(): LayerClock {
    return this.#ticker;
  }

  /** What it is made of, for functions with an import of their own, such as `exportCache`. */
  get parts(): CacheParts<K, V> {
    return {
      shards: this.#shards,
      ticker: this.#ticker,
      desk: this.#desk,
      shardOf: (key) => this.#shardOf(key),
      purge: () => void this.#purge(),
      isDisposed: () => this.#disposed,
      store: (key, value, write) => this.#store(key, value, write),
    };
  }

  /** Entries, including expired ones that were not swept yet. */
  get size(): number {
    return this.#size;
  }

  /** The same as `size`, by Macho's name. */
  get currentSize(): number {
    return this.#size;
  }

  /** Lookups and sets together. */
  get totalRequests(): number {
    return sum(this.#shards.map(({ counters }) => counters.hits + counters.misses + counters.sets));
  }

  /** How old the last 1,000 values were that left, cleared ones apart; `null` before the first. */
  get metricLifespan(): Lifespans | null {
    return this.#lifespans.report(this.#shards.length);
  }

  /** What single operations took, from samples; `null` until there are 100 of a kind. */
  get latencies(): Latencies | null {
    return this.#latencies.report(this.#shards.length);
  }

  /** Ms that each of the last 1,000 loads took, whatever their outcome, the oldest first. */
  get loadDurations(): readonly number[] {
    return Object.freeze(this.#durations.values());
  }

  /** The same apart for each shard, by the key that was loaded. */
  get loadDurationsByShard(): readonly (readonly number[])[] {
    return Object.freeze(this.#shards.map((_, index) => Object.freeze(this.#durations.values(index))));
  }

  /** Counts a lookup and touches the entry. Returns `undefined` for a miss; `has` tells a stored `undefined`. */
  get(key: K): V | undefined {
    if (--this.#untilSample === 0) return this.#timedGet(key);
    const shard = this.#only ?? this.#shardOf(key);
    return shard.valueAt(shard.lookup(key));
  }

  /** Like `get`, and leaves order and counters as they are. */
  peek(key: K): V | undefined {
    const shard = this.#only ?? this.#shardOf(key);
    return shard.valueAt(shard.find(key));
  }

  /** Whether `get` would find the key. Leaves order and counters as they are. */
  has(key: K): boolean {
    return (this.#only ?? this.#shardOf(key)).find(key) !== 0;
  }

  /**
   * Stores a value, in place of the key's older one. May evict other entries. A value heavier than its shard's part
   * of `maxWeight` is refused, and its key's older one is removed.
   * Who waits for a load of this key gets this value, and the load is aborted.
   * @throws MachoOptionError for an option that cannot be used, MachoError "invalid-weight" for a weigher's number that
   * cannot be used and "disposed" after `dispose`; what the weigher throws. Nothing has changed then
   */
  set(key: K, value: V, options?: SetOptions): this {
    const plain = options === undefined ? this.#plainWrite : undefined;
    if (plain === undefined) this.#storeWeighed(key, value, options);
    else this.#store(key, value, plain);
    return this;
  }

  /** The same as `set`, by Macho's name. */
  add(key: K, value: V, options?: SetOptions): this {
    return this.set(key, value, options);
  }

  /** Removes a key. Returns whether it was there. */
  delete(key: K): boolean {
    this.flights.dismiss(key);
    return this.#shardOf(key).delete(key);
  }

  /** Removes every entry. The counters stay. */
  clear(): void {
    this.#clear();
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
  async getOrLoad(key: K, loader: Loader<K, V>, options: LoadOptions = {}): Promise<V> {
    if (this.#disposed) throw disposedError("getOrLoad");
    checkLoad(loader, options);
    this.#desk.check(options);
    const { signal } = options;
    if (signal?.aborted) throw reasonOf(signal);
    const shard = this.#only ?? this.#shardOf(key);
    const slot = shard.lookup(key);
    // Who heard that the old value expired may have written the key, aborted the signal, or disposed of the cache.
    const found = slot === 0 ? this.#find(key) : foundAt(shard, slot);
    if (signal?.aborted) throw reasonOf(signal);
    if (this.#disposed) throw disposedError("getOrLoad");
    return loadThrough(this.#loadingHost, key, found, loader, options);
  }

  /**
   * Keeps an entry from eviction; it still expires, and `delete` and `clear` remove it. Counted: each call has its
   * own undo. Afterwards the entry is like a new one to the policy.
   * @returns the undo, or `undefined` when the key is absent
   */
  pin(key: K): (() => void) | undefined {
    return this.#shardOf(key).pin(key);
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    return this.#shardOf(key).remainingTtl(key);
  }

  /** Removes what has expired now, without waiting for the clean-up. Returns how many entries that were. */
  purgeExpired(): number {
    return this.#purge();
  }

  /**
   * Changes the bounds of all shards. What no longer fits is evicted at once, except what is pinned.
   * @param maxWeight left as it is when it is not given; only for a cache that was made with one
   * @throws MachoOptionError for a bound that cannot be used, MachoError "disposed" after `dispose`; nothing has changed
   * then
   */
  resize(maxCacheSize: number, maxWeight: number = this.#options.maxWeight): void {
    if (this.#disposed) throw disposedError("resize");
    const isWeighed = this.#options.maxWeight < Infinity;
    check(
      isWeighed || maxWeight === Infinity,
      "maxWeight",
      "needs a cache that was made with one",
      maxWeight,
      "maxWeight",
    );
    checkBounds(maxCacheSize, isWeighed ? maxWeight : undefined, this.#options.shardCount);
    this.#options = { ...this.#options, maxCacheSize, maxWeight };
    this.#shards.forEach((shard, index) => {
      shard.resize(this.#partOf(maxCacheSize, index), this.#partOf(maxWeight, index));
    });
    for (const shard of this.#shards) shard.shrink();
    this.#outbox.flush();
  }

  /** Keys in the order of their first insertion. Like all iteration: no expired entry, and safe under changes. */
  *keys(): Generator<K, undefined> {
    for (const [key] of this.#entries()) yield key;
  }

  *values(): Generator<V, undefined> {
    for (const [, value] of this.#entries()) yield value;
  }

  entries(): Generator<[K, V], undefined> {
    return this.#entries();
  }

  [Symbol.iterator](): Generator<[K, V], undefined> {
    return this.#entries();
  }

  /** @throws MachoError unless it is a function */
  forEach(callback: (value: V, key: K, cache: this) => void): void {
    checkListener(callback, "forEach", "value, key");
    for (const [key, value] of this.#entries()) callback(value, key, this);
  }

  /**
   * Hears every value that is stored or leaves, and loads that failed, after the cache is consistent again. Costs
   * nothing while nobody listens. What a listener throws is reported to the host and stops nothing.
   * @returns the undo
   */
  subscribe(listener: (event: CacheEvent<K, V>) => void): () => void {
    checkListener(listener);
    return this.#disposed ? () => undefined : this.#outbox.subscribe(listener);
  }

  /** The counters as they are now: frozen, made anew at each read. Reading changes nothing. */
  get metrics(): Metrics {
    return reportMetrics({
      options: this.#options,
      loads: this.flights.counters,
      since: this.#since ?? this.#ticker.began,
      // The report only reads.
      shards: this.#shards as unknown as readonly Shard<never, never>[],
    });
  }

  /** What `JSON.stringify` shows, and Node's console: size, bounds and policy. `exportCache` gives the entries. */
  toJSON(): CacheSummary {
    const { maxCacheSize, maxWeight, ttl, strategy } = this.#options;
    return { size: this.#size, maxCacheSize, maxWeight, ttl, strategy: strategy.name };
  }

  /** Starts counting anew. Entries stay, and loads that are under way count as started. */
  resetMetrics(): void {
    for (const shard of this.#shards) shard.counters.reset();
    this.#latencies.clear();
    this.#lifespans.clear();
    this.flights.resetCounters();
    this.#durations.clear();
    this.#since = this.#ticker.wallNow();
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /**
   * Clears the cache for good, tells the listeners, and stops its timers. Loads under way are aborted, and their callers
   * rejected with a MachoError "disposed". Afterwards reads find nothing and writes throw; a write that began before,
   * whose listener or weigher disposes of the cache, stores nothing more.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#plainWrite = undefined;
    this.#cleanup.close();
    this.#clear();
    this.flights.cancelAll(disposedError("getOrLoad"));
    this.#outbox.close();
  }

  #createShard(index: number): Shard<K, V> {
    const { maxCacheSize, maxWeight, strategy, ttl, timeToIdle, filter, probability, random, seed } = this.#options;
    return new Shard({
      index,
      capacity: this.#partOf(maxCacheSize, index),
      maxWeight: this.#partOf(maxWeight, index),
      ttl,
      timeToIdle,
      filter,
      probability,
      hasher: this.#hasher,
      seed,
      lifespans: this.#lifespans,
      ticker: this.#ticker,
      outbox: this.#outbox,
      strategy,
      random,
      onDue: this.#cleanup.heed,
    });
  }

  /** The parts of a bound add up, and differ by one at most. */
  #partOf(bound: number, index: number): number {
    const { shardCount } = this.#options;
    return Math.floor(bound / shardCount) + (index < bound % shardCount ? 1 : 0);
  }

  get #size(): number {
    return this.#only ? this.#only.size : sum(this.#shards.map((shard) => shard.size));
  }

  *#entries(): Generator<[K, V], undefined> {
    for (const shard of this.#shards) yield* shard.entries();
  }

  #clear(): void {
    this.flights.dismissAll();
    for (const shard of this.#shards) shard.clear();
    this.#outbox.flush();
  }

  #purge(): number {
    const expired = sum(this.#shards.map((shard) => shard.purgeExpired()));
    this.#cleanup.arm();
    this.#outbox.flush();
    return expired;
  }

  get #loadingHost(): LoadingHost<K, V> {
    return {
      flights: this.flights,
      timeout: this.#options.timeout,
      weigh: (key, value, options) => this.#desk.weigh(key, value, options),
      store: (key, value, write) => this.#shardOf(key).set(key, value, write),
      drop: (key) => this.#shardOf(key).delete(key),
      failed: (key, error) => this.#tellFailure(key, error),
      find: (key) => this.#find(key),
      now: () => this.#ticker.now(),
      arm: (run, ms, isAwaited) => this.#ticker.arm(run, ms, isAwaited),
    };
  }

  #find(key: K): Found<V> | undefined {
    const shard = this.#only ?? this.#shardOf(key);
    const slot = shard.find(key);
    return slot === 0 ? undefined : foundAt(shard, slot);
  }

  /** A write that needs a closer look. Who weighs it may dispose of the cache. */
  #storeWeighed(key: K, value: V, options: SetOptions | undefined): void {
    if (this.#disposed) throw disposedError("set");
    const write = this.#desk.write(key, value, options);
    if (!this.#disposed) this.#store(key, value, write);
  }

  #store(key: K, value: V, write: Write): void {
    if (--this.#untilSample === 0) this.#timedSet(key, value, write);
    else if (this.flights.size !== 0) this.#storeAmidLoads(key, value, write);
    else (this.#only ?? this.#shardOf(key)).set(key, value, write);
  }

  /** Who waits for the key gets the value once it is stored: what an aborted loader does comes after it. */
  #storeAmidLoads(key: K, value: V, write: Write): void {
    const flight = this.flights.get(key);
    this.flights.dismiss(key);
    this.#shardOf(key).set(key, value, write);
    flight?.onWrite?.(value);
  }

  #tellFailure(key: K, error: unknown): void {
    if (!this.#outbox.hearsSets) return;
    this.#outbox.push({ type: "failure", key, error });
    this.#outbox.flush();
  }

  /** The shard of a key. Hashes the key, which shard and filter rely on. */
  #shardOf(key: K): Shard<K, V> {
    if (this.#only) return this.#only;
    this.#hasher.hash(key);
    return this.#shards[placeOf(this.#hasher.first, this.#shards.length)]!;
  }

  /** A `get` that is not counted down to a sample. */
  #read(key: K): V | undefined {
    const shard = this.#only ?? this.#shardOf(key);
    return shard.valueAt(shard.lookup(key));
  }

  /** Times an operation. The first of all only begins the count: it reads the clock, which making a cache does not. */
  #sample<T>(operation: "get" | "set", key: K, run: () => T): T {
    if (this.#hasBegun) {
      // A set counts itself once more.
      this.#untilSample = SAMPLE_EVERY + Number(operation === "set");
      return this.#latencies.time(operation, this.#indexOf(key), run);
    }
    // As long as the clock gives no time, every operation is the first.
    this.#untilSample = 1;
    this.#ticker.now();
    this.#hasBegun = true;
    this.#untilSample = SAMPLE_EVERY - 1;
    return run();
  }

  #timedGet(key: K): V | undefined {
    return this.#sample("get", key, () => this.#read(key));
  }

  /** Apart, so that the usual case makes no function. */
  #timedSet(key: K, value: V, write: Write): void {
    this.#sample("set", key, () => this.#store(key, value, write));
  }

  #indexOf(key: K): number {
    return this.#only ? 0 : this.#shards.indexOf(this.#shardOf(key));
  }
}

// What Node's console shows. Outside of the class, whose static block would be newer than the oldest browsers.
Object.defineProperty(
  Cache.prototype,
  Symbol.for("nodejs.util.inspect.custom"),
  Object.getOwnPropertyDescriptor(Cache.prototype, "toJSON")!,
);

markAsCache(Cache.prototype);

/** A cache at a glance. */
export interface CacheSummary {
  readonly size: number;
  readonly maxCacheSize: number;
  /** `Infinity` without that bound. */
  readonly maxWeight: number;
  readonly ttl: number;
  /** The name of the policy. */
  readonly strategy: string;
}

/** The shard just said that the slot holds a value of this cache. */
function foundAt<K, V>(shard: Shard<K, V>, slot: number): Found<V> {
  return { value: shard.valueAt(slot) as V, written: shard.writtenAt(slot) };
}
