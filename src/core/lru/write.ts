import { checkNames, checkKind, fail, isWeight } from "./checks.ts";
import { describe, MachoError } from "./errors.ts";
import { type CoreOptions, SET_TABLE, type SetOptions } from "./options.ts";

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

/** Makes writes of values and options: everything is checked, and weighed, before anything changes. */
export class WriteChecker<K, V> {
  /** A write without options; `undefined` with a weigher, where each is another. */
  readonly plain: Write | undefined;
  readonly isWeighed: boolean;
  #options: CoreOptions<K, V>;

  constructor(options: CoreOptions<K, V>) {
    this.#options = options;
    this.isWeighed = options.maxWeight < Infinity;
    if (!options.weigher) this.plain = this.write(options.ttl, options.keepTtl, Number(this.isWeighed));
  }

  /** @throws MachoOptionError for an option that cannot be used */
  check(options: SetOptions): void {
    const { ttl, keepTtl, weight } = options;
    for (const name in SET_TABLE) {
      const value = options[name as keyof SetOptions];
      const [, kind, example] = SET_TABLE[name as keyof SetOptions];
      if (value !== undefined) checkKind(name, value, kind, example);
    }
    if (ttl !== undefined && keepTtl) fail("keepTtl", "cannot be true beside a ttl", keepTtl, "keepTtl: false");
    if (weight !== undefined && !this.isWeighed) {
      fail("weight", "needs a cache with maxWeight", weight, "maxWeight: 5_000_000");
    }
  }

  /** @throws what `check` and `weigh` throw */
  checked(key: K, value: V, options: SetOptions = {}): Write {
    checkNames("set", options, SET_TABLE);
    this.check(options);
    return this.weigh(key, value, options);
  }

  /** A write with options that were checked. @throws what the weigher throws, and MachoError "invalid-weight" */
  weigh(key: K, value: V, { ttl, keepTtl, weight }: SetOptions): Write {
    const { weigher, ttl: usual, keepTtl: keeps } = this.#options;
    if (weight === undefined && weigher) {
      weight = weigher(value, key);
      if (!isWeight(weight)) throw weigherError(weight);
    }
    // A ttl that was asked for is one to begin with.
    return this.write(ttl ?? usual, keepTtl ?? (ttl === undefined && keeps), weight ?? Number(this.isWeighed));
  }

  /** @param age ms since it was done, from which on its time counts */
  write(ttl: number, keepTtl = false, weight: number, age = 0): Write {
    const { timeToIdle = Infinity, exactClock } = this.#options;
    return { ttl, keepTtl, weight, age, isExact: exactClock || Math.min(ttl, timeToIdle) < EXACT_BELOW };
  }
}

function weigherError(got: unknown): MachoError {
  const message = `The weigher must return an integer of 0 or more, got ${describe(got)}. Round it, as in Math.ceil(bytes).`;
  return new MachoError("invalid-weight", message);
}
