import { checkOptions, fail, type OptionTable, WEIGHT } from "./checks.ts";
import { describe, MachoError } from "./errors.ts";
import type { CoreOptions, LruSetOptions } from "./options.ts";
import type { Write } from "./store-setup.ts";

/** Makes writes of values and options: everything is checked, and weighed, before anything changes. */
export class Writes<K, V> {
  readonly isWeighed: boolean;
  #options: CoreOptions<K, V>;
  #table: OptionTable<LruSetOptions>;

  constructor(options: CoreOptions<K, V>, table: OptionTable<LruSetOptions>) {
    this.#options = options;
    this.#table = table;
    this.isWeighed = options.maxWeight < Infinity;
  }

  /** @throws MachoOptionError for an option that cannot be used */
  check(options: LruSetOptions, owner = "set", table: object = this.#table): void {
    checkOptions(owner, table as OptionTable<LruSetOptions>, options);
    if (options.weight !== undefined && !this.isWeighed) {
      fail("weight", "needs a cache with maxWeight", options.weight, "maxWeight: 5_000_000");
    }
  }

  /**
   * A write with options that were checked. All have one shape, which the hot path relies on: a copy by `...` has another
   * one for each cache.
   * @throws what the weigher throws, and MachoError "invalid-weight"
   */
  weigh(options: LruSetOptions, value: V, key: K, keepTtl = false): Write {
    const { weigher, ttl } = this.#options;
    const weight = options.weight ?? (weigher ? weigher(value, key) : Number(this.isWeighed));
    if (!WEIGHT[1](weight)) {
      const message = `The weigher must return ${WEIGHT[0]}, got ${describe(weight)}. Round it, as in Math.ceil(bytes).`;
      throw new MachoError("invalid-weight", message);
    }
    return { ttl: options.ttl ?? ttl, weight, age: 0, keepTtl };
  }
}
