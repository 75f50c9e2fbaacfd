import type { Clock } from "./clock.ts";
import { describe, MachoError, MachoOptionError } from "./errors.ts";
import type { RemovalListener } from "./events.ts";
import { STRATEGY_NAMES, type StrategyName } from "./policy/strategy.ts";

/** How a `Cache` is set up. Every option has a default; an unknown name is an error. */
export interface CacheOptions<K = unknown, V = unknown> {
  /** The most entries. An integer of 1 or more. @defaultValue 100 */
  maxCacheSize?: number | undefined;
  /**
   * Age in ms after which an entry is never served, counted from the write. Above 0, or `Infinity` to keep it until
   * it is evicted.
   * @defaultValue 600_000 (10 minutes)
   */
  ttl?: number | undefined;
  /**
   * Which entry makes room for a new one: the least recently used, the first in, or any.
   * @defaultValue "lru"
   */
  strategy?: StrategyName | undefined;
  /**
   * Independent parts, among which the keys are spread by their hash. An integer from 1 to `maxCacheSize`. More than one
   * is for very large caches: growing pauses only for one part, and more than 2^24 entries fit. Each look-up then
   * hashes its key, and each part evicts by itself.
   * @defaultValue 1
   */
  shardCount?: number | undefined;
  /**
   * Whether a Bloom filter answers look-ups of absent keys. In front of a map in memory that pays for numeric keys in
   * very large caches at best; keys that are objects, functions or symbols pass it by. @defaultValue false
   */
  bloom?: boolean | undefined;
  /** The filter's rate of false positives. Above 0 and below 1. @defaultValue 0.01 */
  probability?: number | undefined;
  /**
   * Called once for each value that left, with its cause, after the cache is consistent again. It may call any
   * method. What it throws is reported to the host and stops nothing.
   */
  onRemoval?: RemovalListener<K, V> | undefined;
  /** Time and timers. @defaultValue `performance.now`, `Date.now`, `setTimeout` */
  clock?: Clock | undefined;
  /** From 0 to below 1; drawn by `"random"`. @defaultValue `Math.random` */
  random?: (() => number) | undefined;
  /**
   * Whether every check of a deadline reads the clock. Otherwise the time is kept between reads, and an entry can be
   * served late only when one synchronous stretch of few look-ups lasts over a second.
   * @defaultValue false; true with a `clock` of your own
   */
  exactClock?: boolean | undefined;
}

/** What one `set` or `getOrLoad` may say about its entry. */
export interface SetOptions {
  /** Like the cache's `ttl`, for this entry. @defaultValue the cache's `ttl` */
  ttl?: number | undefined;
}

/** Options that were checked, with their defaults. */
export interface ResolvedOptions<K, V> {
  readonly maxCacheSize: number;
  readonly ttl: number;
  readonly strategy: StrategyName;
  readonly exactClock: boolean;
  readonly shardCount: number;
  readonly bloom: boolean;
  readonly probability: number;
  readonly onRemoval: RemovalListener<K, V> | undefined;
  readonly clock: Clock | undefined;
  readonly random: () => number;
}

const NAMES = {
  maxCacheSize: true,
  ttl: true,
  strategy: true,
  shardCount: true,
  bloom: true,
  probability: true,
  onRemoval: true,
  clock: true,
  random: true,
  exactClock: true,
} satisfies Record<keyof CacheOptions, true>;

/** @throws MachoOptionError for the first option that cannot be used */
export function resolveOptions<K, V>(options: CacheOptions<K, V>): ResolvedOptions<K, V> {
  checkNames("Cache", options, NAMES);
  const { maxCacheSize = 100, ttl = 600_000, strategy = "lru", onRemoval, clock, random = Math.random } = options;
  const { exactClock = clock !== undefined, shardCount = 1, bloom = false, probability = 0.01 } = options;
  checkCount("maxCacheSize", maxCacheSize, "1_000");
  checkTtl(ttl);
  const known = STRATEGY_NAMES.map((name) => `"${name}"`).join(", ");
  check(STRATEGY_NAMES.includes(strategy), "strategy", `must be one of ${known}`, strategy, 'strategy: "lru"');
  checkCount("shardCount", shardCount, "1", maxCacheSize);
  checkBoolean("bloom", bloom);
  checkProbability(probability);
  checkFunction("onRemoval", onRemoval, "onRemoval: (key, value, cause) => { ... }");
  checkFunction("random", random, "random: Math.random");
  checkBoolean("exactClock", exactClock);
  if (clock !== undefined) checkClock(clock);
  return { maxCacheSize, ttl, strategy, shardCount, bloom, probability, exactClock, onRemoval, clock, random };
}

/** @throws MachoOptionError unless `isGood`; `example` is what to pass */
export function check(isGood: boolean, option: string, must: string, got: unknown, example: string): void {
  if (!isGood) throw new MachoOptionError(option, must, got, `Pass { ${example} }.`);
}

/** @throws MachoOptionError unless it is a number of ms above 0, or `Infinity` */
export function checkTtl(ttl: unknown): asserts ttl is number {
  check(typeof ttl === "number" && ttl > 0, "ttl", "must be a number of ms above 0, or Infinity", ttl, "ttl: 60_000");
}

/** @throws MachoOptionError unless it is a number above 0 and below 1 */
export function checkProbability(rate: unknown): void {
  const isGood = typeof rate === "number" && rate > 0 && rate < 1;
  check(isGood, "probability", "must be a number above 0 and below 1", rate, "probability: 0.01");
}

/** @throws MachoOptionError unless it is an integer from 1 to `most` */
export function checkCount(option: string, count: unknown, example: string, most: number = Infinity): void {
  const isGood = Number.isInteger(count) && (count as number) >= 1 && (count as number) <= most;
  const must = most < Infinity ? `from 1 to maxCacheSize (${most})` : "of 1 or more";
  check(isGood, option, `must be an integer ${must}`, count, `${option}: ${example}`);
}

/** @throws MachoOptionError unless it is an AbortSignal or `undefined` */
export function checkSignal(signal: unknown): void {
  // By shape: a signal may come from another frame.
  const isGood = signal === undefined || typeof (signal as AbortSignal | null)?.aborted === "boolean";
  check(isGood, "signal", "must be an AbortSignal", signal, "signal: controller.signal");
}

/**
 * @param owner whose options they are, for the message
 * @param known the names that exist
 * @throws MachoError when `options` is no object, MachoOptionError for a name that does not exist
 */
export function checkNames(owner: string, options: unknown, known: Readonly<Record<string, unknown>>): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const message = `The options of ${owner} must be an object, got ${describe(options)}. ${knownNames(known)}`;
    throw new MachoError("invalid-argument", message);
  }
  for (const [name, got] of Object.entries(options)) {
    if (!Object.hasOwn(known, name)) {
      throw new MachoOptionError(name, `is not an option of ${owner}`, got, knownNames(known));
    }
  }
}

function knownNames(known: object): string {
  return `Known options: ${Object.keys(known).join(", ")}.`;
}

function checkBoolean(option: string, value: unknown): void {
  check(typeof value === "boolean", option, "must be true or false", value, `${option}: true`);
}

function checkFunction(option: string, value: unknown, example: string): void {
  check(value === undefined || typeof value === "function", option, "must be a function", value, example);
}

function checkClock(clock: unknown): void {
  const example = "clock: { now: () => performance.now() }";
  const { now, wallNow, schedule } = (clock ?? {}) as Partial<Record<keyof Clock, unknown>>;
  check(typeof now === "function", "clock", "must have a function now()", clock, example);
  checkFunction("clock.wallNow", wallNow, example);
  checkFunction("clock.schedule", schedule, example);
  const time: unknown = (clock as Clock).now();
  check(Number.isFinite(time), "clock.now()", "must return a finite number", time, example);
}
