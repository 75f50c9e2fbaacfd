import { check, checkBoolean, checkNames, checkTtl, isWeight } from "./checks.ts";
import { describe, MachoError } from "./errors.ts";
import type { ResolvedOptions, SetOptions } from "./options.ts";

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
}

type Bounds<K, V> = Pick<ResolvedOptions<K, V>, "ttl" | "keepTtl" | "maxWeight" | "weigher">;

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
    if (!weigher) this.plain = { ttl, keepTtl, weight: this.#weight, age: 0 };
  }

  /** @throws MachoOptionError for an option, MachoError "invalid-weight" for a weight that cannot be used */
  write(key: K, value: V, options: SetOptions | undefined): Write {
    const { weigher } = this.#bounds;
    if (options !== undefined) {
      checkNames("set", options, SET_OPTIONS);
      this.check(options);
    }
    const { ttl = this.#bounds.ttl, keepTtl = this.#bounds.keepTtl, weight } = options ?? {};
    if (weight !== undefined || !weigher) return { ttl, keepTtl, weight: weight ?? this.#weight, age: 0 };
    const weighed = weigher(value, key);
    if (!isWeight(weighed)) throw weigherError(weighed);
    return { ttl, keepTtl, weight: weighed, age: 0 };
  }

  /** @throws MachoOptionError for an option that cannot be used */
  check({ ttl = Infinity, keepTtl = false, weight }: SetOptions): void {
    checkTtl(ttl);
    checkBoolean("keepTtl", keepTtl);
    if (weight === undefined) return;
    check(this.isWeighed, "weight", "needs a cache with maxWeight", weight, "maxWeight: 5_000_000");
    check(isWeight(weight), "weight", "must be an integer of 0 or more", weight, "weight: 1");
  }
}

function weigherError(got: unknown): MachoError {
  const message = `The weigher must return an integer of 0 or more, got ${describe(got)}. Round it, as in Math.ceil(bytes).`;
  return new MachoError("invalid-weight", message);
}
