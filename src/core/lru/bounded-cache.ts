import { checkListener, checkKind, fail } from "./checks.ts";
import { Cleanup } from "./cleanup.ts";
import { hostClock, type LayerClock, Ticker } from "./clock.ts";
import { disposedError } from "./errors.ts";
import { type CacheEvent, Outbox } from "./events.ts";
import { Flights } from "./flight.ts";
import { markAsCache } from "./mark.ts";
import { COUNTERS, figuresOf, type LruMetrics, total } from "./metrics.ts";
import { checkBounded, type CoreOptions, CORE_TABLE, type SetOptions } from "./options.ts";
import type { Store, StoreSetup } from "./store.ts";
import { type Write, WriteChecker } from "./write.ts";

/** What every store of a cache shares. */
export type SharedSetup<K, V> = Pick<StoreSetup<K, V>, "ticker" | "outbox" | "onDue" | "seed" | "ttl">;

/** The stores of a cache. */
export interface Stores<K, V> {
  readonly stores: readonly Store<K, V>[];
  /** The store of a key, where there are several. */
  readonly storeOf?: (key: K) => Store<K, V>;
  /** @throws MachoOptionError for bounds that the stores cannot have */
  readonly checkBounds: (maxCacheSize: number, maxWeight: number) => void;
}

/** What a cache is made of, for functions that an app downloads only where it names them. */
export interface CacheParts<K, V> {
  readonly stores: readonly Store<K, V>[];
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  readonly writes: WriteChecker<K, V>;
  readonly storeOf: (key: K) => Store<K, V>;
  /** Removes what has expired. */
  purge(): void;
  isDisposed(): boolean;
  /** Stores what was checked and weighed. */
  store(key: K, value: V, write: Write): void;
}

/** What `LruCache` and `Cache` have in common: everything but how entries are ordered and spread. */
export abstract class BoundedCache<K = unknown, V = unknown> {
  /** The loads under way, for layers that bring loaders of their own. */
  readonly flights: Flights<K>;
  /** What it is made of, for functions with an import of their own, such as `exportCache`. */
  readonly parts: CacheParts<K, V>;
  #options: CoreOptions<K, V>;
  #stores: Stores<K, V>;
  /** The only store: the common case, without a detour. */
  #only: Store<K, V> | undefined;
  #writes: WriteChecker<K, V>;
  /** A write without options; `undefined` where each needs a closer look, and after `dispose`. */
  #plainWrite: Write | undefined;
  #outbox: Outbox<K, V>;
  #ticker: Ticker;
  #cleanup: Cleanup;
  /** When the metrics were reset. */
  #since: number | undefined;
  #disposed = false;

  constructor(options: CoreOptions<K, V>, build: (shared: SharedSetup<K, V>) => Stores<K, V>) {
    const { clock = hostClock, exactClock, onRemoval, seed, ttl } = options;
    this.#options = options;
    this.#writes = new WriteChecker(options);
    this.#plainWrite = this.#writes.plain;
    const ticker = (this.#ticker = new Ticker(clock, exactClock));
    const outbox = (this.#outbox = new Outbox(onRemoval, ticker));
    this.#cleanup = new Cleanup(ticker, () => outbox.flush());
    this.#stores = build({ ticker, outbox, onDue: this.#cleanup.heed, seed, ttl });
    const { stores, storeOf } = this.#stores;
    this.#only = storeOf ? undefined : stores[0];
    this.#cleanup.sweeps = stores.map(({ sweep }) => sweep);
    this.flights = new Flights(() => ticker.now());
    this.parts = {
      stores,
      ticker,
      outbox,
      writes: this.#writes,
      storeOf: (key) => this.#storeOf(key),
      purge: () => void this.#purge(),
      isDisposed: () => this.#disposed,
      store: (key, value, write) => this.#store(key, value, write),
    };
  }

  /** The time that deadlines are measured by, for layers that measure along. */
  get clock(): LayerClock {
    return this.#ticker;
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
    const { stores } = this.#stores;
    return total(stores, "hits") + total(stores, "misses") + total(stores, "sets");
  }

  /** Counts a lookup and touches the entry. Returns `undefined` for a miss; `has` tells a stored `undefined`. */
  get(key: K): V | undefined {
    const store = this.#only ?? this.#storeOf(key);
    return store.values[store.lookup(key)];
  }

  /** Like `get`, and leaves order and counters as they are. */
  peek(key: K): V | undefined {
    const store = this.#storeOf(key);
    return store.values[store.find(key)];
  }

  /** Whether `get` would find the key. Leaves order and counters as they are. */
  has(key: K): boolean {
    return this.#storeOf(key).find(key) !== 0;
  }

  /**
   * Stores a value, in place of the key's older one. May evict other entries. A value heavier than `maxWeight`, or its
   * part of it, is refused, and its key's older one is removed.
   * Callers that wait for a load of this key get this value, and the load is aborted.
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
    return this.#storeOf(key).delete(key);
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
    return this.#storeOf(key).pin(key);
  }

  /** Ms left of an entry, `Infinity` when it never expires, `undefined` when the key is absent. */
  remainingTtl(key: K): number | undefined {
    return this.#storeOf(key).remainingTtl(key);
  }

  /** Removes what has expired now, without waiting for the clean-up. Returns how many entries that were. */
  purgeExpired(): number {
    return this.#purge();
  }

  /**
   * Changes the bounds. What no longer fits is evicted at once, except what is pinned.
   * @param maxWeight left as it is when it is not given; only for a cache that was made with one
   * @throws MachoOptionError for a bound that cannot be used, MachoError "disposed" after `dispose`; nothing has changed
   * then
   */
  resize(maxCacheSize: number, maxWeight: number = this.#options.maxWeight): void {
    if (this.#disposed) throw disposedError("resize");
    if (maxWeight !== Infinity && !this.#writes.isWeighed) {
      fail("maxWeight", "needs a cache that was made with one", maxWeight, "maxWeight");
    }
    for (const [name, bound] of Object.entries({ maxCacheSize, maxWeight })) {
      const [, kind, example] = CORE_TABLE[name as "maxWeight"];
      if (bound !== this.#options[name as "maxWeight"]) checkKind(name, bound, kind, example);
    }
    checkBounded(maxCacheSize, maxWeight);
    const { stores, checkBounds } = this.#stores;
    checkBounds(maxCacheSize, maxWeight);
    this.#options = { ...this.#options, maxCacheSize, maxWeight };
    stores.forEach((store, index) => {
      store.capacity = partOf(maxCacheSize, index, stores.length);
      store.maxWeight = partOf(maxWeight, index, stores.length);
    });
    for (const store of stores) store.shrink();
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

  /** What it was made with, or resized to, with the defaults. Frozen, and cheap to read. */
  get options(): Omit<CoreOptions<K, V>, "weigher" | "onRemoval" | "clock" | "seed"> {
    const { weigher: _weigher, onRemoval: _onRemoval, clock: _clock, seed: _seed, ...plain } = this.#options;
    return Object.freeze(plain);
  }

  /** The counters as they are now: frozen, made anew at each read. Reading changes nothing. */
  get metrics(): LruMetrics {
    return Object.freeze({
      ...figuresOf(this.#stores.stores),
      loads: Object.freeze({ ...this.flights.counters }),
      since: this.#since ?? this.#ticker.began,
    });
  }

  /** What `JSON.stringify` shows, and Node's console: size and bounds. `exportCache` gives the entries. */
  toJSON(): CacheSummary {
    const { maxCacheSize, maxWeight, ttl } = this.#options;
    return { size: this.#size, maxCacheSize, maxWeight, ttl };
  }

  /** Starts counting anew. Entries stay, and loads that are under way count as started. */
  resetMetrics(): void {
    for (const store of this.#stores.stores) Object.assign(store, COUNTERS);
    this.flights.resetCounters();
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

  #storeOf(key: K): Store<K, V> {
    return this.#only ?? this.#stores.storeOf!(key);
  }

  get #size(): number {
    return this.#only ? this.#only.size : total(this.#stores.stores, "size");
  }

  *#entries(): Generator<[K, V], undefined> {
    for (const store of this.#stores.stores) yield* store.entries();
  }

  #clear(): void {
    this.flights.dismissAll();
    for (const store of this.#stores.stores) store.clear();
    this.#outbox.flush();
  }

  #purge(): number {
    const expired = this.#stores.stores.reduce((sum, store) => sum + store.purge(), 0);
    this.#cleanup.arm();
    this.#outbox.flush();
    return expired;
  }

  /** A write that needs a closer look. Its weigher may dispose of the cache. */
  #storeWeighed(key: K, value: V, options: SetOptions | undefined): void {
    if (this.#disposed) throw disposedError("set");
    const write = this.#writes.checked(key, value, options);
    if (!this.#disposed) this.#store(key, value, write);
  }

  /** Callers that wait for the key get the value once it is stored: what an aborted loader does comes after it. */
  #store(key: K, value: V, write: Write): void {
    if (this.flights.size === 0) return (this.#only ?? this.#storeOf(key)).set(key, value, write);
    const flight = this.flights.get(key);
    this.flights.dismiss(key);
    this.#storeOf(key).set(key, value, write);
    flight?.onWrite?.(value);
  }
}

/** The parts of a bound add up, and differ by one at most. */
export function partOf(bound: number, index: number, count: number): number {
  return Math.floor(bound / count) + (index < bound % count ? 1 : 0);
}

// What Node's console shows. Outside of the class, whose static block would be newer than the oldest browsers.
Object.defineProperty(
  BoundedCache.prototype,
  Symbol.for("nodejs.util.inspect.custom"),
  Object.getOwnPropertyDescriptor(BoundedCache.prototype, "toJSON")!,
);

markAsCache(BoundedCache.prototype);

/** A cache at a glance. */
export interface CacheSummary {
  readonly size: number;
  readonly maxCacheSize: number;
  /** `Infinity` without that bound. */
  readonly maxWeight: number;
  readonly ttl: number;
}
