import { FUNCTION, MS, type OptionTable, resolveOptions } from "../core/lru/checks.ts";
import { Ticker } from "../core/lru/clock.ts";
import { Outbox } from "../core/lru/events.ts";
import { Seed } from "../core/lru/seed.ts";
import type { Write } from "../core/lru/store-setup.ts";
import type { Store } from "../core/lru/store.ts";
import { checkBounds } from "../core/options.ts";
import type { Strategy } from "../core/policy/policy.ts";
import { shardingOf } from "../core/sharding.ts";
import { drawsAgain } from "./draws.ts";
import type { PolicyName } from "./policies.ts";
import { BOUND, policyOf } from "./replay-settings.ts";
import { NO_LIFESPANS } from "./simulation.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** How a simulated cache is set up. */
export interface TraceCacheOptions {
  /** The policy, by its name or as one of your own. @defaultValue "lru" */
  readonly strategy?: PolicyName | Strategy | undefined;
  /** The most entries, from 1; `Infinity` only with `maxWeight`. @defaultValue 100; Infinity beside `maxWeight` */
  readonly maxCacheSize?: number | undefined;
  /** The most weight, from 1. @defaultValue no such bound */
  readonly maxWeight?: number | undefined;
  /** Ms, by the times of the accesses. @defaultValue Infinity */
  readonly ttl?: number | undefined;
  /** What the policy `random` draws, from 0 to below 1. @defaultValue the same numbers for each cache */
  readonly random?: (() => number) | undefined;
}

const TABLE: OptionTable<TraceCacheOptions> = {
  // `policyOf` checks it.
  strategy: [],
  maxCacheSize: [BOUND],
  maxWeight: [BOUND],
  ttl: [MS],
  random: [FUNCTION, undefined, "Math.random"],
};

/** Every cache hashes alike, so that a trace gives the same each time. */
const SEED = 1;
/**
 * A cache without values, for a trace that is too long to be held: it is given one access after the other. Each looks up a
 * key, and stores it where it is not there. The engine's own classes do it, on a clock that follows the accesses.
 *
 * @example
 * const cache = new TraceCache({ strategy: "sieve", maxCacheSize: 1_000 });
 * for (const key of keys) cache.access(key);
 * console.log(cache.misses);
 */
export class TraceCache {
  #store: Store<number, true>;
  #clock = new VirtualClock();
  #time = 0;
  #isWeighed: boolean;
  /** Most writes are like the one before. */
  #write: Write;

  /** @throws MachoOptionError for an option that cannot be used, or does not exist */
  constructor(options: TraceCacheOptions = {}) {
    const all = resolveOptions("TraceCache", TABLE, options);
    const { maxWeight = Infinity, ttl = Infinity, random = drawsAgain() } = all;
    this.#isWeighed = maxWeight !== Infinity;
    const { maxCacheSize = this.#isWeighed ? Infinity : 100 } = all;
    checkBounds(maxCacheSize, maxWeight, 1);
    const strategy = policyOf(all.strategy ?? "lru");
    const bounds = { maxCacheSize, maxWeight, ttl, timeToIdle: Infinity, shardCount: 1 };
    const settings = { ...bounds, strategy, random, filter: undefined, probability: 0 };
    const { shardsOf } = shardingOf<number, true>(settings, new Seed(SEED), NO_LIFESPANS);
    const ticker = new Ticker(this.#clock, true);
    const stores = (ticker.stores = shardsOf({ ticker, outbox: new Outbox(undefined, ticker) }));
    this.#store = stores[0]!;
    this.#write = { ttl, weight: Number(this.#isWeighed), age: 0, keepTtl: false };
  }

  /** Look-ups that found an entry. */
  get hits(): number {
    return this.#store.hits;
  }

  /** Look-ups that found none. */
  get misses(): number {
    return this.#store.misses;
  }

  /** Entries that are there now. */
  get size(): number {
    return this.#store.size;
  }

  /**
   * Looks a key up, and stores it where it is not there. What is heavier than `maxWeight` is not stored.
   * @param weight an integer of 0 or more, for a cache with `maxWeight`
   * @param time in ms, for a cache with a `ttl`; one before the last counts as the last
   * @returns whether it hit
   */
  access(key: number, weight = 1, time = 0): boolean {
    if (time > this.#time) this.#clock.moveTo((this.#time = time));
    const store = this.#store;
    if (store.lookup(key) !== 0) return true;
    if (this.#isWeighed && weight !== this.#write.weight) this.#write = { ...this.#write, weight };
    store.set(key, true, this.#write);
    return false;
  }
}
