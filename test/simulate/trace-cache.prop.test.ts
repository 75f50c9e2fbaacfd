import { Cache } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { type PolicyName, TraceCache, TraceLru } from "macho-cache/simulate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SEED } from "../../src/core/lru/seed.ts";
import { ManualClock } from "../support/manual-clock.ts";

const NAMES = Object.keys(allPolicies) as PolicyName[];
const accesses = fc.array(fc.record({ key: fc.nat(60), weight: fc.nat(12), wait: fc.nat(30) }), {
  maxLength: 500,
  size: "max",
});
/** Draws that a cache and its model share. */
const draws = (): (() => number) => {
  let last = 0;
  return () => (last = (last + 0.37) % 1);
};

describe("a cache for a trace", () => {
  test("hits when a cache that is asked and filled hits, with any policy, bound and ttl", () => {
    const property = fc.property(
      accesses,
      fc.constantFrom(...NAMES),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom("size" as const, "weight" as const),
      fc.constantFrom(Infinity, 5, 100, 2_000),
      (all, strategy, bound, kind, ttl) => {
        const isWeighed = kind === "weight";
        const bounds = isWeighed ? { maxCacheSize: Infinity, maxWeight: bound } : { maxCacheSize: bound };
        const clock = new ManualClock();
        const options = { ...bounds, ttl, clock, random: draws(), strategy: allPolicies[strategy](), [SEED]: 1 };
        const model = new Cache<number, true>(options);
        const cache = new TraceCache({
          strategy,
          ttl,
          random: draws(),
          ...(isWeighed ? { maxWeight: bound } : { maxCacheSize: bound }),
        });
        let time = 0;
        for (const { key, weight, wait } of all) {
          clock.advance(wait);
          time += wait;
          const isHit = model.get(key) === true;
          if (!isHit) model.set(key, true, isWeighed ? { weight } : {});
          expect(cache.access(key, weight, time)).toBe(isHit);
        }
        expect([cache.hits, cache.misses, cache.size]).toEqual([model.metrics.hits, model.metrics.misses, model.size]);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test("gives the same for the same trace, also where chance and hashes decide", () => {
    const run = (strategy: PolicyName): number => {
      const cache = new TraceCache({ strategy, maxCacheSize: 50 });
      for (let step = 0; step < 5_000; step++) cache.access((step * step) % 997);
      return cache.misses;
    };
    for (const name of ["random", "tinylfu"] as const) expect(run(name)).toBe(run(name));
  });

  test("says what is wrong with an option", () => {
    expect(() => new TraceCache({ maxCacheSize: 0 })).toThrow("maxCacheSize must be an integer of 1 or more");
    expect(() => new TraceCache({ strategy: "mru" as "lru" })).toThrow('strategy must be one of "lru", "fifo"');
    expect(() => new TraceCache({ size: 5 } as object)).toThrow("size is not an option of TraceCache");
    expect(() => new TraceCache({ maxCacheSize: 2 ** 25 })).toThrow("maxCacheSize must be");
    expect(() => new TraceLru({ keyCount: 0 })).toThrow("keyCount must be an integer from 1 to 268435456, got 0");
  });
});

test("LRU of all sizes hits from the size on from which a cache of that size hits, also when its stack was made anew", () => {
  // Four accesses a key and 4,096 at least: so many begin anew five times.
  const property = fc.property(fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 1, max: 80 }), (seed, keys) => {
    const all = new TraceLru({ keyCount: keys });
    const sizes = [1, 2, 3, 7, 20, 55];
    const caches = sizes.map((maxCacheSize) => new TraceCache({ maxCacheSize }));
    const seen = new Set<number>();
    let draw = seed;
    for (let step = 0; step < 21_000; step++) {
      draw = Math.imul(draw ^ (draw >>> 15), 0x2c1b3c6d) + step;
      const key = (draw >>> 8) % (1 + (step % keys));
      const least = all.access(key);
      if (least === Infinity) expect(seen.has(key)).toBe(false);
      seen.add(key);
      const wrong = caches.findIndex((cache, at) => cache.access(key) !== least <= sizes[at]!);
      if (wrong >= 0) expect([step, key, least, sizes[wrong]]).toBe("as the caches say");
    }
  });
  fc.assert(property, { numRuns: 15 });
});
