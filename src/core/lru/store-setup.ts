import type { Ticker } from "./clock.ts";
import type { Outbox, RemovalCause } from "./events.ts";

/** From key to slot, in the order of insertion: a `Map`, or what is faster for some keys. */
export interface Index<K> extends Iterable<[K, number]> {
  readonly size: number;
  get(key: K): number | undefined;
  /** Of a key that is absent. It may throw where it is too full of removed keys. */
  set(key: K, slot: number): unknown;
  delete(key: K): unknown;
  keys(): Iterable<K>;
  /** The slots, while nothing changes. */
  values(): Iterable<number>;
}

/** What a store is made with. */
export interface StoreSetup<K, V> {
  /** The most entries; `Infinity` where only weight bounds it. */
  readonly capacity: number;
  /** The most weight; `Infinity` where entries have none. */
  readonly maxWeight: number;
  /** Of an entry that has none of its own, in ms. */
  readonly ttl: number;
  readonly ticker: Ticker;
  readonly outbox: Outbox<K, V>;
  /** Slots that there can be. */
  readonly most?: number | undefined;
}

/** One write, checked. */
export interface Write {
  /** Ms, above 0, or `Infinity`. */
  readonly ttl: number;
  /** 0 where entries have none. */
  readonly weight: number;
  /** Ms since the value was written: more than 0 where it comes from a dump. */
  readonly age: number;
  /** Whether an overwrite keeps the time that the old value had left. */
  readonly keepTtl: boolean;
}

/** Hears every operation, while somebody looks on. It is told before the listeners are, and must not touch the cache. */
export interface Recorder {
  /** @param slot of its entry */
  hit(key: unknown, slot: number): void;
  /** @param hasExpired whether the key was there, and too old */
  miss(key: unknown, hasExpired: boolean): void;
  /** A write. @param slot of its entry; 0 for a value that was too heavy */
  set(key: unknown, write: Write, slot: number): void;
  /** A call of `delete`, whether or not the key is there. */
  delete(key: unknown): void;
  clear(): void;
  /** A value leaves, other than by `clear`. The columns of its slot are still as they were. */
  removed(key: unknown, cause: RemovalCause, slot: number): void;
}
