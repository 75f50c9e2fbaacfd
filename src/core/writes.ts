import { fail } from "./lru/checks.ts";
import type { Write } from "./lru/store-setup.ts";
import { Writes } from "./lru/writes.ts";
import { CACHE_SET_TABLE, type ResolvedOptions, type SetOptions } from "./options.ts";

/** Writes that may keep the time that an older value had left. */
export class CacheWrites<K, V> extends Writes<K, V> {
  #keepTtl: boolean;

  constructor(options: ResolvedOptions<K, V>) {
    super(options, CACHE_SET_TABLE);
    this.#keepTtl = options.keepTtl;
  }

  override check(options: SetOptions, owner?: string, table?: object): void {
    super.check(options, owner, table);
    const { ttl, keepTtl } = options;
    if (ttl !== undefined && keepTtl) fail("keepTtl", "cannot be true beside a ttl", keepTtl, "keepTtl: false");
  }

  override weigh(options: SetOptions, value: V, key: K): Write {
    // A ttl that was asked for is one to begin with.
    return super.weigh(options, value, key, options.keepTtl ?? (options.ttl === undefined && this.#keepTtl));
  }
}
