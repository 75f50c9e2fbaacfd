import { Cache, type CacheOptions, type Clock } from "../core/index.ts";
import { definedOf, hostClock, resolveOptions } from "../core/internal.ts";
import { Gate } from "./gate.ts";

const CACHE_DEFAULTS = { maxCacheSize: 1_000, ttl: Infinity };

/** A cache, and the timers of the client around it. */
export interface Surroundings {
  readonly cache: Cache<string, unknown>;
  /** Opened by `mount()`. */
  readonly gate: Gate;
  /** For what follows an unmount, and so needs no gate. */
  readonly schedule: Required<Clock>["schedule"];
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** A client around a cache of the user's own, whose own timer is the user's as well. */
export function around(cache: Cache<string, unknown>): Surroundings {
  const { clock } = cache;
  const schedule = (run: () => void, ms: number): (() => void) => clock.schedule(run, ms);
  return { cache, gate: new Gate(() => clock.now(), schedule), schedule, random: Math.random };
}

/** A client with a cache of its own, whose timer waits for `mount()` as well. */
export function within(options: CacheOptions<string, unknown> = {}): Surroundings {
  const { clock: given = hostClock, exactClock, random } = resolveOptions(options);
  const now = (): number => given.now();
  const schedule = given.schedule
    ? (run: () => void, ms: number): (() => void) => given.schedule?.(run, ms) ?? (() => undefined)
    : hostClock.schedule;
  const gate = new Gate(now, schedule);
  const clock: Clock = { now, schedule: gate.schedule };
  // Without wall time, sleep is not noticed: a clock that has none must not get the host's.
  if (given.wallNow) clock.wallNow = () => given.wallNow?.() ?? 0;
  return { cache: new Cache({ ...CACHE_DEFAULTS, ...definedOf(options), clock, exactClock }), gate, schedule, random };
}
