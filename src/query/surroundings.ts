import { Cache, type CacheOptions, type Clock } from "../core/index.ts";
import { armOn, definedOf, hostClock, resolveOptions } from "../core/internal.ts";
import { Gate } from "./gate.ts";

const CACHE_DEFAULTS = { maxCacheSize: 1_000, ttl: Infinity };

/** A cache, and the timers of the client around it. */
export interface Surroundings {
  readonly cache: Cache<string, unknown>;
  /** Opened by `mount()`. */
  readonly gate: Gate;
  /** From 0 to below 1. */
  readonly random: () => number;
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
