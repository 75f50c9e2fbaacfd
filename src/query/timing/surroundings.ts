import { Cache, type CacheOptions, type Clock, MachoOptionError } from "../../core/index.ts";
import { armOn, definedOf, hostClock, isUsableCache, resolveOptions } from "../../core/internal.ts";
import { Gate } from "./gate.ts";

const MUST = "must be a Cache of this version, or options for one";
const CACHE_DEFAULTS = { maxCacheSize: 1_000, ttl: Infinity };

/** A cache, and the timers of the client around it. */
export interface Surroundings {
  readonly cache: Cache<string, unknown>;
  /** Opened by `mount()`. */
  readonly gate: Gate;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * Whether it is a cache, also one of another copy of the package.
 * @throws MachoOptionError for one of another version, and for what is left of one that was sent
 */
export function isCache(given: unknown): given is Cache<string, unknown> {
  if (typeof given !== "object" || given === null) return false;
  const isUsable = isUsableCache(given);
  if (isUsable) return true;
  if (isUsable === false || ("flights" in given && "get" in given)) {
    throw new MachoOptionError(
      "cache",
      MUST,
      given,
      "The app holds two copies: `npm ls macho-cache` names them. Keep one.",
    );
  }
  // A Map and its kin hold entries, and no options.
  if (!(Symbol.iterator in given) && !("flights" in given)) return false;
  const remedy = 'A Cache cannot be copied, nor sent by a server component: make it in a file that says "use client".';
  throw new MachoOptionError("cache", MUST, given, remedy);
}

/** A client around a cache of the user's own, whose own timer is the user's as well. */
export function around(cache: Cache<string, unknown>): Surroundings {
  const { clock } = cache;
  const gate = new Gate(clock, (run, ms, isAwaited) => clock.arm(run, ms, isAwaited));
  return { cache, gate, random: Math.random };
}

/** A client with a cache of its own, whose timer waits for `mount()` as well. */
export function within(options: CacheOptions<string, unknown> = {}): Surroundings {
  const { clock: given = hostClock, exactClock, random } = resolveOptions(options);
  const clock: Clock = { now: () => given.now(), schedule: (run, ms, isAwaited) => gate.schedule(run, ms, isAwaited) };
  // Without wall time, sleep is not noticed: a clock that has none must not get the host's.
  if (given.wallNow) clock.wallNow = () => given.wallNow?.() ?? 0;
  const cache = new Cache({ ...CACHE_DEFAULTS, ...definedOf(options), clock, exactClock });
  const gate = new Gate(cache.clock, (run, ms, isAwaited) => armOn(given, run, ms, isAwaited));
  return { cache, gate, random };
}
