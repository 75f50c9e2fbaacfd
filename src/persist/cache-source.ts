import type { BoundedCache } from "../core/lru/bounded-cache.ts";
import { flightsOf } from "../core/lru/internal.ts";
import type { CacheTier } from "../core/lru/tier.ts";
import type { Persister } from "./persister.ts";
import { type Content, hasRoom, type Recalled, type Source } from "./source.ts";

/** The values of a cache, under keys that mean the same on another page. */
export class CacheSource implements Source {
  readonly cache: BoundedCache;
  #wallNow: () => number;
  /** What came back and was not heard of yet, by its key. */
  #restored = new Map<unknown, unknown>();

  constructor(cache: BoundedCache, wallNow: () => number) {
    this.cache = cache;
    this.#wallNow = wallNow;
  }

  textOf(key: unknown): string | undefined {
    switch (typeof key) {
      case "string":
        return JSON.stringify(key);
      case "number":
      case "boolean":
        // -0 is 0, as in a Map.
        return String(key);
      case "bigint":
        return `${key}n`;
      default:
        return key === null ? "null" : undefined;
    }
  }

  textOfStored(key: unknown): string | undefined {
    return this.textOf(key);
  }

  contentOf(key: unknown, value: unknown): Content {
    return { k: key, d: value, t: this.#wallNow() };
  }

  isHoped(): boolean {
    return false;
  }

  take(recalled: Recalled): boolean {
    return this.#take(recalled, false);
  }

  #take({ key, data, age, left }: Recalled, mayEvict: boolean): boolean {
    const { cache } = this;
    const { storeOf, writes, isDisposed } = cache.parts;
    if (isDisposed || cache.has(key)) return false;
    try {
      const write = writes.weigh({ ttl: left + age }, data, key);
      if (!mayEvict && !hasRoom(cache, key, write.weight)) return false;
      this.#restored.set(key, data);
      storeOf(key).set(key, data, { ...write, age });
    } catch {
      // The weigher threw.
      this.#restored.delete(key);
    }
    return cache.has(key);
  }

  cameBack(key: unknown, value: unknown): boolean {
    const isIt = this.#restored.has(key) && Object.is(this.#restored.get(key), value);
    this.#restored.delete(key);
    return isIt;
  }

  holds(text: string): boolean {
    return this.cache.has(keyOf(text));
  }

  clear(): void {
    this.cache.clear();
  }

  /** What `getOrLoad` asks before its loader: what is stale for it is loaded. */
  loadBy({ reader }: Pick<Persister, "reader">): NonNullable<CacheTier<unknown>["load"]> {
    return async (key, load, kept, staleTime) => {
      const flights = flightsOf(this.cache);
      const flight = flights.get(key);
      const text = this.textOf(key);
      const recalled = text === undefined ? undefined : await reader.recall(text);
      // It was stored for this very key. Whoever waited has an answer where the load is over.
      if (flight?.over) return recalled?.data as never;
      const isFresh = recalled && !recalled.isStale && recalled.age < staleTime && flights.get(key) === flight;
      if (!isFresh || !this.#take(recalled, true)) return load();
      kept();
      return recalled.data as never;
    };
  }
}

/** The key of a text. */
function keyOf(text: string): unknown {
  if (text.endsWith("n")) return BigInt(text.slice(0, -1));
  // The others are written as JSON writes them, but for a few numbers.
  return /^-?[\dNI]/.test(text) ? Number(text) : JSON.parse(text);
}
