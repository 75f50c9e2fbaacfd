import { Cleanup } from "./cleanup.ts";
import { type Clock, hostClock, Ticker } from "./clock.ts";
import { describe, MachoError } from "./errors.ts";
import { type CacheEvent, Outbox } from "./events.ts";
import { type Flight, Flights, type LoadContext } from "./flight.ts";
import { KeyHasher } from "./hash.ts";
import { LoadCounters } from "./metrics/counters.ts";
import { type Latencies, LatencySampler, SAMPLE_EVERY } from "./metrics/latencies.ts";
import { LifespanLog, type Lifespans } from "./metrics/lifespans.ts";
import { type Metrics, reportMetrics } from "./metrics/report.ts";
import {
  type CacheOptions,
  checkNames,
  checkSignal,
  checkTtl,
  type ResolvedOptions,
  resolveOptions,
  type SetOptions,
} from "./options.ts";
import { createPolicy } from "./policy/strategy.ts";
import { Shard } from "./shard.ts";

/** Makes the value of a key. It may throw; the error reaches the caller as it is. */
export type Loader<K, V> = (key: K, context: LoadContext) => V | PromiseLike<V>;

/** Options of one `getOrLoad`. */
export interface LoadOptions extends SetOptions {
  /** Rejects this caller. The load itself is aborted when its last caller is gone. */
  signal?: AbortSignal | undefined;
}

const SET_OPTIONS = { ttl: true } satisfies Record<keyof SetOptions, true>;
const LOAD_OPTIONS = { ttl: true, signal: true } satisfies Record<keyof LoadOptions, true>;

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
  #hasher = new KeyHasher();
  #latencies: LatencySampler;
  /** Operations until one is timed. */
  #untilSample = SAMPLE_EVERY;
  #lifespans = new LifespanLog();
  #outbox: Outbox<K, V>;
  #ticker: Ticker;
  #cleanup: Cleanup;
  #since: number;
  #disposed = false;

  /** @throws MachoOptionError for an option that cannot be used, or does not exist */
  constructor(options: CacheOptions<K, V> = {}) {
    this.#options = resolveOptions(options);
    const { exactClock, onRemoval, clock = hostClock, shardCount, bloom } = this.#options;
    this.#ticker = new Ticker(clock, exactClock);
    this.#outbox = new Outbox(onRemoval, this.#ticker);
    this.#cleanup = new Cleanup(this.#ticker, () => this.#outbox.flush());
    this.#latencies = new LatencySampler(clock);
    this.#shards = Array.from({ length: shardCount }, (_, index) => this.#createShard(index));
    this.#only = shardCount === 1 && !bloom ? this.#shards[0] : undefined;
    this.#cleanup.watch(this.#shards.map(({ sweep }) => sweep));
    this.flights = new Flights(new LoadCounters(), () => this.#ticker.now());
    this.#since = this.#ticker.wallNow();
  }

  /** The time that deadlines are measured by, for layers that measure along. */
  get clock(): Required<Clock> {
    return this.#ticker;
  }

  /** Entries, including expired ones that were not swept yet. */
  get size(): number {
    return this.#only ? this.#only.size : this.#shards.reduce((sum, shard) => sum + shard.size, 0);
  }

  /** The same as `size`, by Macho's name. */
  get currentSize(): number {
    return this.size;
  }

  /** Lookups and sets together. */
  get totalRequests(): number {
    return this.#shards.reduce((sum, { counters }) => sum + counters.hits + counters.misses + counters.sets, 0);
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
    return Object.freeze(this.flights.counters.durations.toArray());
  }

  /** Counts a lookup and touches the entry. Returns `undefined` for a miss; `has` tells a stored `undefined`. */
  get(key: K): V | undefined {
    if (--this.#untilSample === 0) return this.#timedGet(key);
    const shard = this.#only ?? this.#shardOf(key);
    const slot = shard.lookup(key);
    return slot === 0 ? undefined : shard.valueAt(slot);
  }

  /** Like `get`, and leaves order and counters as they are. */
  peek(key: K): V | undefined {
    const shard = this.#only ?? this.#shardOf(key);
    const slot = shard.find(key);
    return slot === 0 ? undefined : shard.valueAt(slot);
  }

  /** Whether `get` would find the key. Leaves order and counters as they are. */
  has(key: K): boolean {
    return (this.#only ?? this.#shardOf(key)).find(key) !== 0;
  }

  /**
   * Stores a value, in place of the key's older one. May evict another entry.
   * The answer of a load of this key that is under way will not be stored.
   * @throws MachoOptionError for a `ttl` that cannot be used, MachoError "disposed" after `dispose`
   */
  set(key: K, value: V, options?: SetOptions): this {
    if (this.#disposed) throw disposedError("set");
    const ttl = options === undefined ? this.#options.ttl : this.#ttlOf("set", options, SET_OPTIONS);
    if (this.flights.size !== 0) this.flights.dismiss(key);
    if (--this.#untilSample === 0) this.#timedSet(key, value, ttl);
    else (this.#only ?? this.#shardOf(key)).set(key, value, ttl);
    return this;
  }

  /** The same as `set`, by Macho's name. */
  add(key: K, value: V, options?: SetOptions): this {
    return this.set(key, value, options);
  }

  /** Removes a key. Returns whether it was there. */
  delete(key: K): boolean {
    if (this.flights.size !== 0) this.flights.dismiss(key);
    return (this.#only ?? this.#shardOf(key)).delete(key);
  }

  /** Removes every entry. The counters stay. */
  clear(): void {
    this.flights.dismissAll();
    for (const shard of this.#shards) shard.clear();
    this.#outbox.flush();
  }

  /**
   * The value of a key, loaded and stored when it is absent. Callers of one key share one load.
   * Counts as a lookup, and as a set when it stores.
   * A `set`, `delete` or `clear` of the key during the load keeps its answer out of the cache; callers still get it.
   * @throws what the loader throws; the `reason` of the caller's own signal
   */
  async getOrLoad(key: K, loader: Loader<K, V>, options: LoadOptions = {}): Promise<V> {
    if (this.#disposed) throw disposedError("getOrLoad");
    const ttl = this.#ttlOf("getOrLoad", options, LOAD_OPTIONS);
    if (typeof loader !== "function") throw loaderError(loader);
    const { signal } = options;
    checkSignal(signal);
    if (signal?.aborted) throw signal.reason;
    const shard = this.#only ?? this.#shardOf(key);
    const slot = shard.lookup(key);
    // The shard just said that the slot holds a value of this cache.
    if (slot !== 0) return shard.valueAt(slot) as V;
    const joined = this.flights.get(key);
    if (joined) {
      this.flights.counters.joined++;
      // The engine's flights carry values of this cache.
      return (joined as Flight<V>).follow(signal);
    }
    const flight = this.flights.prepare<V>(key, (value) => this.#shardOf(key).set(key, value, ttl));
    const answer = flight.follow(signal);
    flight.start((context) => loader(key, context));
    return answer;
  }

  /**
   * Keeps an entry from eviction; it still expires, and `delete` and `clear` remove it. Counted: each call has its
   * own undo. Afterwards the entry is like a new one to the policy.
   * @returns the undo, or `undefined` when the key is absent
   */
  pin(key: K): (() => void) | undefined {
    return (this.#only ?? this.#shardOf(key)).pin(key);
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    return (this.#only ?? this.#shardOf(key)).remainingTtl(key);
  }

  /** Removes what has expired now, without waiting for the clean-up. Returns how many entries that were. */
  purgeExpired(): number {
    const expired = this.#shards.reduce((sum, shard) => sum + shard.purgeExpired(), 0);
    this.#outbox.flush();
    return expired;
  }

  /** Keys in the order of their first insertion. Like all iteration: no expired entry, and safe under changes. */
  *keys(): Generator<K, undefined> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<V, undefined> {
    for (const [, value] of this.entries()) yield value;
  }

  *entries(): Generator<[K, V], undefined> {
    for (const shard of this.#shards) yield* shard.entries();
  }

  [Symbol.iterator](): Generator<[K, V], undefined> {
    return this.entries();
  }

  forEach(callback: (value: V, key: K, cache: this) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }

  /**
   * Hears every value that is stored or leaves, after the cache is consistent again. Costs nothing while nobody
   * listens. What a listener throws is reported to the host and stops nothing.
   * @returns the undo
   */
  subscribe(listener: (event: CacheEvent<K, V>) => void): () => void {
    if (typeof listener !== "function") {
      const message = `subscribe needs a function, got ${describe(listener)}. Pass (event) => { ... }.`;
      throw new MachoError("invalid-argument", message);
    }
    return this.#disposed ? () => undefined : this.#outbox.subscribe(listener);
  }

  /** The counters as they are now: frozen, made anew at each read. Reading changes nothing. */
  get metrics(): Metrics {
    return reportMetrics({
      options: this.#options,
      loads: this.flights.counters,
      since: this.#since,
      // The report reads sizes and counters only.
      shards: this.#shards as unknown as readonly Shard<never, never>[],
      entries: this.entries(),
    });
  }

  /** Starts counting anew. Entries stay. */
  resetMetrics(): void {
    for (const shard of this.#shards) shard.counters.reset();
    this.#latencies.clear();
    this.#lifespans.clear();
    this.flights.counters.reset();
    this.#since = this.#ticker.wallNow();
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Clears the cache for good, tells the listeners, and stops its timer. Afterwards reads find nothing and writes throw. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.clear();
    this.#outbox.close();
    this.#cleanup.stop();
  }

  /** The capacities add up, and differ by one at most. */
  #createShard(index: number): Shard<K, V> {
    const { maxCacheSize, shardCount, strategy, ttl, bloom, probability, random } = this.#options;
    const rest = index < maxCacheSize % shardCount ? 1 : 0;
    return new Shard({
      index,
      capacity: Math.floor(maxCacheSize / shardCount) + rest,
      ttl,
      probability: bloom ? probability : undefined,
      hasher: this.#hasher,
      lifespans: this.#lifespans,
      ticker: this.#ticker,
      outbox: this.#outbox,
      createPolicy: () => createPolicy(strategy, { random }),
      onDue: this.#cleanup.arm,
    });
  }

  /** The shard of a key. Hashes the key, which shard and filter rely on. */
  #shardOf(key: K): Shard<K, V> {
    if (this.#only) return this.#only;
    this.#hasher.hash(key);
    return this.#shards[this.#hasher.first % this.#shards.length]!;
  }

  #timedGet(key: K): V | undefined {
    this.#untilSample = SAMPLE_EVERY;
    return this.#latencies.time("get", this.#indexOf(key), () => {
      const shard = this.#only ?? this.#shardOf(key);
      const slot = shard.lookup(key);
      return slot === 0 ? undefined : shard.valueAt(slot);
    });
  }

  #timedSet(key: K, value: V, ttl: number): void {
    this.#untilSample = SAMPLE_EVERY;
    this.#latencies.time("set", this.#indexOf(key), () => (this.#only ?? this.#shardOf(key)).set(key, value, ttl));
  }

  #indexOf(key: K): number {
    return this.#only ? 0 : this.#shards.indexOf(this.#shardOf(key));
  }

  #ttlOf(method: string, options: SetOptions, known: Readonly<Record<string, true>>): number {
    checkNames(method, options, known);
    const { ttl = this.#options.ttl } = options;
    checkTtl(ttl);
    return ttl;
  }
}

function disposedError(method: string): MachoError {
  return new MachoError(
    "disposed",
    `${method} was called on a disposed cache. Make a new Cache, or dispose of it later.`,
  );
}

function loaderError(got: unknown): MachoError {
  const message = `getOrLoad needs a loader, got ${describe(got)}. Pass (key, { signal }) => a value or a promise.`;
  return new MachoError("invalid-argument", message);
}
