import { checkListener, fail } from "./checks.ts";
import { hostClock, type LayerClock, Ticker } from "./clock.ts";
import { disposedError } from "./errors.ts";
import { type CacheEvent, Outbox } from "./events.ts";
import type { Flights } from "./flight.ts";
import { figuresOf, type LruMetrics, NO_LOADS, resetCounts, total } from "./metrics.ts";
import type { CoreOptions, LruCacheOptions, LruSetOptions } from "./options.ts";
import type { StoreSetup, Write } from "./store-setup.ts";
import type { Store } from "./store.ts";
import type { CacheTier } from "./tier.ts";
import type { Writes } from "./writes.ts";

/** What all stores of a cache share. */
type SharedSetup<K, V> = Pick<StoreSetup<K, V>, "ticker" | "outbox">;

/** What a cache is made of, for functions that an app downloads only where it names them. */
export interface CacheParts<K, V> {
  readonly stores: readonly Store<K, V>[];
  readonly storeOf: (key: K) => Store<K, V>;
  readonly writes: Writes<K, V>;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  isDisposed: boolean;
  /** Behind the cache, where somebody put one there. */
  tier?: CacheTier<K> | undefined;
}

type Bounds = "maxCacheSize" | "maxWeight";

/** The bounds of each store, from new ones of the cache. */
type BoundsOf = (given: Pick<LruCacheOptions, Bounds>) => readonly Pick<CoreOptions<never, never>, Bounds>[];

/** What `LruCache` and `Cache` have in common: everything but how entries are ordered and spread. */
export abstract class BoundedCache<K = unknown, V = unknown> {
  /** The loads under way, from the first `flightsOf` on: layers bring loaders of their own. */
  flights: Flights<K> | undefined;
  /** What it is made of, for functions with an import of their own, such as `exportCache`. */
  readonly parts: CacheParts<K, V>;
  #options: CoreOptions<K, V>;
  #boundsOf: BoundsOf;
  /** The only store: the common case, without a detour. */
  #only: Store<K, V> | undefined;
  /** A write without options; `undefined` where each needs a closer look, and after `dispose`. */
  #plainWrite: Write | undefined;
  /** When the metrics were reset. */
  #since: number | undefined;

  /**
   * @param boundsOf gives the part of each store. @throws MachoOptionError for bounds that they cannot have
   * @param storesOf makes the stores, of what they share
   * @param storeOf the store of a key, where it is not always the first one
   */
  constructor(
    options: CoreOptions<K, V>,
    writes: Writes<K, V>,
    boundsOf: BoundsOf,
    storesOf: (shared: SharedSetup<K, V>) => readonly Store<K, V>[],
    storeOf?: (key: K) => Store<K, V>,
  ) {
    const ticker = new Ticker(options.clock ?? hostClock, options.exactClock);
    const outbox = new Outbox(options.onRemoval, ticker);
    const stores = (ticker.stores = storesOf({ ticker, outbox }));
    const only = stores[0]!;
    this.parts = { stores, storeOf: storeOf ?? (() => only), writes, ticker, outbox, isDisposed: false };
    this.#options = options;
    this.#boundsOf = boundsOf;
    if (!storeOf) this.#only = only;
    if (!options.weigher) this.#plainWrite = writes.weigh({}, undefined as V, undefined as K);
  }

  /** The time that deadlines are measured by, for layers that measure along. */
  get clock(): LayerClock {
    return this.parts.ticker;
  }

  /** Entries, including expired ones that were not swept yet. */
  get size(): number {
    return total(this.parts.stores, "size");
  }

  /** The same as `size`, by Macho's name. */
  get currentSize(): number {
    return total(this.parts.stores, "size");
  }

  /** Lookups and sets together. */
  get totalRequests(): number {
    return total(this.parts.stores, "hits", "misses", "sets");
  }

  /** Counts a lookup and touches the entry. Returns `undefined` for a miss; `has` tells a stored `undefined`. */
  get(key: K): V | undefined {
    const store = this.#only ?? this.parts.storeOf(key);
    return store.values[store.lookup(key)];
  }

  /** Like `get`, and leaves order and counters as they are. */
  peek(key: K): V | undefined {
    const store = this.#only ?? this.parts.storeOf(key);
    return store.values[store.find(key)];
  }

  /** Whether `get` would find the key. Leaves order and counters as they are. */
  has(key: K): boolean {
    return (this.#only ?? this.parts.storeOf(key)).find(key) !== 0;
  }

  /**
   * Stores a value, in place of the key's older one. May evict other entries. A value heavier than `maxWeight`, or its
   * part of it, is refused, and its key's older one is removed.
   * Callers that wait for a load of this key get this value, and the load is aborted.
   * @throws MachoOptionError for an option that cannot be used, MachoError "invalid-weight" for a weigher's number that
   * cannot be used and "disposed" after `dispose`; what the weigher throws. Nothing has changed then
   */
  set(key: K, value: V, options?: LruSetOptions): this {
    const write = (options === undefined && this.#plainWrite) || this.#weigh(key, value, options);
    if (!write) return this;
    const { flights } = this;
    const flight = flights?.size ? flights.get(key) : undefined;
    if (flight) flights!.dismiss(key);
    (this.#only ?? this.parts.storeOf(key)).set(key, value, write);
    // Callers who wait get the value once it is stored: what an aborted loader does comes after it.
    flight?.onWrite?.(value);
    return this;
  }

  /** The same as `set`, by Macho's name. */
  add(key: K, value: V, options?: LruSetOptions): this {
    return this.set(key, value, options);
  }

  /** Removes a key. Returns whether it was there. */
  delete(key: K): boolean {
    this.flights?.dismiss(key);
    this.parts.tier?.deleted(key);
    return this.parts.storeOf(key).delete(key);
  }

  /** Removes every entry. The counters stay. */
  clear(): void {
    this.#clear();
  }

  /**
   * Keeps an entry from eviction; it still expires, and `delete` and `clear` remove it. Counted: each call has its
   * own undo. Afterwards the entry is like a new one in the order of eviction.
   * @returns the undo, or `undefined` when the key is absent
   */
  pin(key: K): (() => void) | undefined {
    return this.parts.storeOf(key).pin(key);
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    return this.parts.storeOf(key).remainingTtl(key);
  }

  /** Removes what has expired now, without waiting for the clean-up. Returns how many entries that were. */
  purgeExpired(): number {
    const expired = this.parts.stores.reduce((sum, store) => sum + store.purge(), 0);
    this.parts.outbox.flush();
    return expired;
  }

  /**
   * Changes the bounds. What no longer fits is evicted at once, except what is pinned.
   * @param maxWeight left as it is when it is not given; only for a cache that was made with one
   * @throws MachoOptionError for a bound that cannot be used, MachoError "disposed" after `dispose`; nothing has changed
   * then
   */
  resize(maxCacheSize: number, maxWeight: number = this.#options.maxWeight): void {
    if (this.parts.isDisposed) throw disposedError("resize");
    const { stores, writes, outbox } = this.parts;
    const { isWeighed } = writes;
    if (!isWeighed && maxWeight !== Infinity) {
      fail("maxWeight", "needs a cache that was made with one", maxWeight, "maxWeight");
    }
    // What is `undefined` would mean the default.
    const bounds = this.#boundsOf({ maxCacheSize: maxCacheSize ?? NaN, maxWeight: isWeighed ? maxWeight : undefined });
    this.#options = { ...this.#options, maxCacheSize, maxWeight };
    bounds.forEach((bound, index) => {
      stores[index]!.capacity = bound.maxCacheSize;
      stores[index]!.maxWeight = bound.maxWeight;
    });
    for (const store of stores) store.shrink();
    outbox.flush();
  }

  /** Keys in the order of their first insertion. Like all iteration: no expired entry, and safe under changes. */
  keys(): Generator<K, undefined> {
    return this.#walk((entry) => entry[0]);
  }

  values(): Generator<V, undefined> {
    return this.#walk((entry) => entry[1]);
  }

  entries(): Generator<[K, V], undefined> {
    return this.#walk((entry) => entry);
  }

  [Symbol.iterator](): Generator<[K, V], undefined> {
    return this.#walk((entry) => entry);
  }

  /** @throws MachoError unless it is a function */
  forEach(callback: (value: V, key: K, cache: this) => void): void {
    checkListener(callback, "forEach", "value, key");
    for (const [key, value] of this.#walk((entry) => entry)) callback(value, key, this);
  }

  /**
   * Hears every value that is stored or leaves, and loads that failed, after the cache is consistent again. Costs
   * nothing while nobody listens. What a listener throws is reported to the host and stops nothing.
   * @returns the undo
   */
  subscribe(listener: (event: CacheEvent<K, V>) => void): () => void {
    checkListener(listener);
    return this.parts.isDisposed ? () => undefined : this.parts.outbox.subscribe(listener);
  }

  /** What it was made with, or resized to, with the defaults. Frozen, and cheap to read. */
  get options(): Omit<CoreOptions<K, V>, "weigher" | "onRemoval" | "clock"> {
    const { weigher: _weigher, onRemoval: _onRemoval, clock: _clock, ...plain } = this.#options;
    return Object.freeze(plain);
  }

  /** The counters as they are now: frozen, made anew at each read. Reading changes nothing. */
  get metrics(): LruMetrics {
    return Object.freeze({
      ...figuresOf(this.parts.stores),
      loads: Object.freeze({ ...(this.flights?.counters ?? NO_LOADS) }),
      since: this.#since ?? this.parts.ticker.began,
    });
  }

  /** What `JSON.stringify` shows, and Node's console: size and bounds. `exportCache` gives the entries. */
  toJSON(): LruSummary {
    const { maxCacheSize, maxWeight, ttl } = this.#options;
    return { size: total(this.parts.stores, "size"), maxCacheSize, maxWeight, ttl };
  }

  /** Starts counting anew. Entries stay, and loads that are under way count as started. */
  resetMetrics(): void {
    for (const store of this.parts.stores) resetCounts(store);
    this.flights?.resetCounters();
    this.#since = this.parts.ticker.wallNow();
  }

  get disposed(): boolean {
    return this.parts.isDisposed;
  }

  /**
   * Clears the cache for good, tells the listeners, and stops its timers. Loads under way are aborted, and their callers
   * rejected with a MachoError "disposed". Afterwards reads find nothing and writes throw; a write that began before,
   * whose listener or weigher disposes of the cache, stores nothing more.
   */
  dispose(): void {
    if (this.parts.isDisposed) return;
    this.parts.isDisposed = true;
    this.#plainWrite = undefined;
    this.#clear();
    this.flights?.cancelAll(disposedError("getOrLoad"));
    this.parts.outbox.close();
  }

  *#walk<T>(pick: (entry: [K, V]) => T): Generator<T, undefined> {
    for (const store of this.parts.stores) for (const entry of store.entries()) yield pick(entry);
  }

  #clear(): void {
    this.flights?.dismissAll();
    this.parts.tier?.cleared();
    for (const store of this.parts.stores) store.clear();
    this.parts.outbox.flush();
  }

  /** A write that needs a closer look. Its weigher may dispose of the cache: nothing is stored then. */
  #weigh(key: K, value: V, options: LruSetOptions = {}): Write | undefined {
    if (this.parts.isDisposed) throw disposedError("set");
    const { writes } = this.parts;
    writes.check(options);
    const write = writes.weigh(options, value, key);
    return this.parts.isDisposed ? undefined : write;
  }
}

/** A cache at a glance. */
export interface LruSummary {
  readonly size: number;
  readonly maxCacheSize: number;
  /** `Infinity` without that bound. */
  readonly maxWeight: number;
  readonly ttl: number;
}
