import { BloomFilter, Cache, type CacheOptions } from "macho-cache";
import { allPolicies, type PolicyContext, tinylfu } from "macho-cache/policies";
import { describe, expect, test, vi } from "vitest";
import { SEED } from "../../src/core/internal.ts";

const seeded = (seed: number, options: CacheOptions<unknown, number> = {}): Cache<unknown, number> =>
  new Cache<unknown, number>({ maxCacheSize: 100_000, ...options, [SEED]: seed } as CacheOptions<unknown, number>);

/**
 * Ms for a run, in the shortest of three, and of more as long as none took less than is enough: what a busy machine adds
 * is never negative.
 */
function shortest(run: () => void, enough: number = Infinity): number {
  let least = Infinity;
  for (let turn = 0; turn < 3 || (least >= enough && turn < 30); turn++) {
    const began = performance.now();
    run();
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

/** What times 0x9e3779b1 is 1, modulo 2^32. */
const INVERSE = (() => {
  let inverse = 0x9e3779b1;
  for (let turn = 0; turn < 5; turn++) inverse = Math.imul(inverse, 2 - Math.imul(0x9e3779b1, inverse));
  return inverse;
})();

describe("whole numbers as keys", () => {
  test.each([
    ["multiples of the inverse of the golden ratio", INVERSE],
    ["multiples of 10,946", 10_946],
    ["multiples of 17,711", 17_711],
  ])("%s are stored and found about as fast as by a Map", (_name, stride) => {
    const keys = Array.from({ length: 40_000 }, (_, index) => Math.imul(index, stride));
    const map = shortest(() => {
      const all = new Map(keys.map((key) => [key, 1]));
      for (const key of keys) if (all.get(key) !== 1) throw new Error("lost");
    });
    // Where look-ups are as long as the keys are many, it is hundreds of times.
    const enough = 30 * map + 100;
    for (const seed of [1, 2, 3]) {
      const ours = shortest(() => {
        const cache = seeded(seed);
        for (const key of keys) cache.set(key, 1);
        for (const key of keys) if (cache.get(key) !== 1) throw new Error("lost");
      }, enough);
      expect(ours).toBeLessThan(enough);
    }
  });

  test("that were chosen for a seed move to a Map once too many places are taken, and all stay", () => {
    const seed = 0x1234567;
    const keys = Array.from({ length: 20_000 }, (_, index) => Math.imul(index, INVERSE) ^ seed);
    let cache = seeded(seed);
    const ours = shortest(() => {
      cache = seeded(seed);
      for (const key of keys) cache.set(key, key);
      for (const key of keys) if (cache.get(key) !== key) throw new Error("lost");
    }, 1_000);
    expect(ours).toBeLessThan(1_000);
    expect(cache.size).toBe(20_000);
    expect([...cache.keys()]).toEqual(keys);
    for (const key of keys.slice(0, 10_000)) cache.delete(key);
    expect([...cache.keys()]).toEqual(keys.slice(10_000));
  });
});

describe("shards", () => {
  const sizes = (cache: Cache<unknown, number>): number[] => cache.metrics.shards.map(({ size }) => size);

  test.each([
    ["texts", (index: number) => `key ${index}`],
    ["whole numbers", (index: number) => index],
    ["fractions", (index: number) => index + 0.5],
  ])("no set of keys is in one shard of every cache: %s", (_name, key) => {
    const probe = seeded(1, { shardCount: 8 });
    const chosen = Array.from({ length: 8_000 }, (_, index) => key(index)).filter((each) => {
      const [before] = sizes(probe.set(each, 1));
      probe.clear();
      return before === 1;
    });
    expect(chosen.length).toBeGreaterThan(500);
    const bad = seeded(1, { shardCount: 8 });
    const other = seeded(2, { shardCount: 8 });
    for (const each of chosen) {
      bad.set(each, 1);
      other.set(each, 1);
    }
    expect(sizes(bad)).toEqual([chosen.length, 0, 0, 0, 0, 0, 0, 0]);
    expect(Math.max(...sizes(other))).toBeLessThan(chosen.length / 4);
  });

  test("two caches draw two seeds, and one with a seed does the same each time", () => {
    const of = (cache: Cache<unknown, number>): string => {
      for (let key = 0; key < 400; key++) cache.set(`key ${key}`, 1);
      return sizes(cache).join();
    };
    const options = { shardCount: 16, maxCacheSize: 10_000 };
    expect(of(new Cache(options))).not.toBe(of(new Cache(options)));
    expect(of(seeded(7, options))).toBe(of(seeded(7, options)));
  });
});

test("a filter's false positives are others in another filter", () => {
  const found = (): string[] => {
    const filter = new BloomFilter<string>({ capacity: 1_000, probability: 0.1 });
    for (let key = 0; key < 1_000; key++) filter.add(`in ${key}`);
    return Array.from({ length: 5_000 }, (_, key) => `out ${key}`).filter((key) => filter.has(key));
  };
  const first = new Set(found());
  const both = found().filter((key) => first.has(key));
  expect(first.size).toBeGreaterThan(200);
  // A tenth of a tenth, and not nearly all of them.
  expect(both.length).toBeLessThan(first.size / 2);
});

test("neither the random of a cache nor the page's is drawn for a seed", () => {
  const random = vi.fn(() => 0.5);
  const page = vi.spyOn(Math, "random").mockReturnValue(0.5);
  const cache = new Cache<unknown, number>({
    maxCacheSize: 10,
    shardCount: 2,
    bloom: true,
    strategy: tinylfu(),
    random,
  });
  for (let key = 0; key < 50; key++) cache.set(key, key).set(`key ${key}`, key);
  new BloomFilter({ capacity: 5 }).add("a");
  expect([random.mock.calls.length, page.mock.calls.length]).toEqual([0, 0]);
  page.mockRestore();
});

describe("tinylfu", () => {
  /** Keys that all have one hash: their counts are one. Numbers are the policy's own draws. */
  const colliding = (capacity: number): PolicyContext => {
    let draw = 12_345;
    const next = (): number => (draw = (Math.imul(draw, 1_664_525) + 1_013_904_223) >>> 0);
    return {
      capacity,
      random: () => 0.5,
      keyOf: (slot) => `slot ${slot}`,
      hash: (key) => (typeof key === "number" ? next() : 9),
    };
  };

  /** How often the newest entry is not the victim, where all keys are asked for a lot. */
  const admitted = (strategy = tinylfu()): number => {
    const policy = strategy.create(colliding(100));
    policy.reserve(100);
    for (let slot = 1; slot <= 100; slot++) policy.add(slot);
    for (let turn = 0; turn < 20; turn++) for (let slot = 1; slot <= 100; slot++) policy.touch?.(slot);
    let count = 0;
    let newest = 100;
    for (let turn = 0; turn < 12_800; turn++) {
      policy.expect?.("another");
      const victim = policy.victim();
      if (victim !== newest) count++;
      policy.remove(victim, true);
      policy.add(victim);
      newest = victim;
    }
    return count;
  };

  test("lets a candidate in now and then though its count is no higher, so that keys that collide do not freeze it", () => {
    expect(admitted()).toBeGreaterThan(50);
    expect(admitted()).toBeLessThan(400);
  });

  test("lets nothing in by chance with a counter of one's own", () => {
    const counter = { reserve: () => undefined, add: () => undefined, of: () => 9 };
    expect(admitted(tinylfu({ frequency: () => counter }))).toBe(0);
  });

  test("misses alike with every seed, and the same with the same", () => {
    const misses = (seed: number): number => {
      const cache = seeded(seed, { maxCacheSize: 200, strategy: allPolicies.tinylfu() });
      let state = 1;
      for (let request = 0; request < 40_000; request++) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        const u = state / 2 ** 32;
        const key = Math.floor(5_000 * u * u * u);
        if (cache.get(key) === undefined) cache.set(key, 1);
      }
      return cache.metrics.misses;
    };
    const all = [1, 2, 3, 4].map(misses);
    expect(misses(3)).toBe(all[2]);
    expect(Math.max(...all) - Math.min(...all)).toBeLessThan(0.01 * 40_000);
  });
});
