import { check, checkBoolean, checkNames, checkTtl, isWeight } from "./lru/checks.ts";
import { describe, MachoError } from "./lru/errors.ts";
import type { ResolvedOptions, SetOptions } from "./options.ts";

/** What lives shorter than this, in ms, counts from an exact read of the clock. */
const EXACT_BELOW = 10_000;

/** One write, checked. */
export interface Write {
  /** Ms, above 0, or `Infinity`. */
  readonly ttl: number;
  /** Whether an overwrite keeps the time that the old value had left. */
  readonly keepTtl: boolean;
  /** 0 where entries have none. */
  readonly weight: number;
  /** Ms since the value was written, where it comes from a dump. */
  readonly age: number;
  /** Whether its time must be read from the clock. */
  readonly isExact: boolean;
}

type Bounds<K, V> = Pick<
  ResolvedOptions<K, V>,
  "ttl" | "timeToIdle" | "keepTtl" | "maxWeight" | "weigher" | "exactClock"
>;

const SET_OPTIONS = { ttl: true, keepTtl: true, weight: true } satisfies Record<keyof SetOptions, true>;

/** Makes writes of values and options: everything is checked, and weighed, before anything changes. */
export class WriteDesk<K, V> {
  /** A write without options; `undefined` with a weigher, where each is another. */
  readonly plain: Write | undefined;
  readonly isWeighed: boolean;
  #bounds: Bounds<K, V>;
  #weight: number;

  constructor(bounds: Bounds<K, V>) {
    const { ttl, keepTtl, maxWeight, weigher } = bounds;
    this.#bounds = bounds;
    this.isWeighed = maxWeight < Infinity;
    this.#weight = this.isWeighed ? 1 : 0;
    if (!weigher) this.plain = this.#write(ttl, keepTtl, this.#weight);
  }

  /** @throws MachoOptionError for an option, MachoError "invalid-weight" for a weight that cannot be used */
  write(key: K, value: V, options: SetOptions | undefined): Write {
    if (options !== undefined) {
      checkNames("set", options, SET_OPTIONS);
      this.check(options);
    }
    return this.weigh(key, value, options ?? {});
  }

  /** The same with options that were checked. */
  weigh(key: K, value: V, { ttl, keepTtl, weight }: SetOptions): Write {
    const { weigher } = this.#bounds;
    // A ttl that was asked for is one to begin with.
    keepTtl ??= ttl === undefined && this.#bounds.keepTtl;
    ttl ??= this.#bounds.ttl;
    if (weight !== undefined || !weigher) return this.#write(ttl, keepTtl, weight ?? this.#weight);
    const weighed = weigher(value, key);
    if (!isWeight(weighed)) throw weigherError(weighed);
    return this.#write(ttl, keepTtl, weighed);
  }

  /** A write that was done before, `age` ms ago: it begins there, whatever it overwrites. */
  aged(ttl: number, weight: number, age: number): Write {
    return this.#write(ttl, false, weight, age);
  }

  #write(ttl: number, keepTtl: boolean, weight: number, age = 0): Write {
    const { timeToIdle, exactClock } = this.#bounds;
    return { ttl, keepTtl, weight, age, isExact: exactClock || Math.min(ttl, timeToIdle) < EXACT_BELOW };
  }

  /** @throws MachoOptionError for an option that cannot be used */
  check({ ttl, keepTtl = false, weight }: SetOptions): void {
    if (ttl !== undefined) checkTtl(ttl);
    checkBoolean("keepTtl", keepTtl);
    check(ttl === undefined || !keepTtl, "keepTtl", "cannot be true beside a ttl", keepTtl, "keepTtl: false");
    if (weight === undefined) return;
    check(this.isWeighed, "weight", "needs a cache with maxWeight", weight, "maxWeight: 5_000_000");
    check(isWeight(weight), "weight", "must be an integer of 0 or more", weight, "weight: 1");
  }
}

function weigherError(got: unknown): MachoError {
  const message = `The weigher must return an integer of 0 or more, got ${describe(got)}. Round it, as in Math.ceil(bytes).`;
  return new MachoError("invalid-weight", message);
}
