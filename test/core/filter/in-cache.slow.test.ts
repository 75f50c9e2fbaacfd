import "../../support/fixed-seeds.ts";
import { Cache, type CacheOptions, cuckoo, MachoOptionError, estimateBytes } from "macho-cache";
import { describe, expect, test } from "vitest";
import { atMost, FILTER_KEYS } from "../../support/filter-keys.ts";

const CAPACITY = 10_000;
const PROBES = 200_000;
const FILTERS: [string, Pick<CacheOptions, "bloom" | "filter">][] = [
  ["bloom: true", { bloom: true }],
  ["filter: cuckoo()", { filter: cuckoo() }],
];

describe.each(FILTERS)("%s", (_name, options) => {
  describe.each([1e-2, 1e-3, 1e-4])("at a rate of %d", (probability) => {
    test.each(Object.keys(FILTER_KEYS))("holds it for %s keys, and no stored key is ever denied", (kind) => {
      const key = FILTER_KEYS[kind] ?? String;
      const cache = new Cache<unknown, number>({ ...options, maxCacheSize: CAPACITY, probability });
      for (let index = 0; index < 11 * CAPACITY; index++) cache.set(key(index), index);
      cache.resetMetrics();
      for (let index = 10 * CAPACITY; index < 11 * CAPACITY; index++) cache.get(key(index));
      for (let index = 0; index < PROBES; index++) cache.get(key(20 * CAPACITY + index));
      const { hits, misses, filterRejections, falsePositives } = cache.metrics;
      expect([hits, misses, filterRejections + falsePositives]).toEqual([CAPACITY, PROBES, PROBES]);
      expect(falsePositives).toBeLessThanOrEqual(atMost(probability, PROBES));
    });
  });

  test.each([8, 16, 64, 256])(
    "holds any rate with %d shards: a key's shard says nothing of its cells",
    (shardCount) => {
      for (const probability of [0.5, 1e-2, 1e-3, 1e-4]) {
        for (const kind of ["string", "integer"]) {
          const key = FILTER_KEYS[kind] ?? String;
          const made = { ...options, maxCacheSize: CAPACITY, shardCount, probability, ttl: Infinity };
          const cache = new Cache<unknown, number>(made);
          for (let index = 0; index < 4 * CAPACITY; index++) cache.set(key(index), index);
          cache.resetMetrics();
          for (let index = 0; index < PROBES / 2; index++) cache.get(key(20 * CAPACITY + index));
          expect(cache.metrics.falsePositives).toBeLessThanOrEqual(atMost(probability, PROBES / 2));
          expect([...cache.keys()].filter((each) => cache.get(each) === undefined)).toEqual([]);
        }
      }
    },
  );

  test("lets keys that have no value to hash pass it by", () => {
    const cache = new Cache<unknown, number>({ ...options });
    const keys = [{}, () => 1, Symbol("s"), Symbol.for("t")];
    for (const key of keys) expect(cache.get(key)).toBeUndefined();
    for (const key of keys) cache.set(key, 1);
    for (const key of keys) expect(cache.get(key)).toBe(1);
    expect(cache.metrics).toMatchObject({ misses: 4, filterRejections: 0, falsePositives: 0, hits: 4 });
  });

  test("stays right through resize and clear, and with more entries than fit because they are pinned", () => {
    const cache = new Cache<number, number>({ ...options, maxCacheSize: 20 });
    for (let key = 0; key < 200; key++) {
      cache.set(key, key);
      cache.pin(key);
    }
    expect(Array.from({ length: 200 }, (_, key) => cache.get(key))).not.toContain(undefined);
    cache.clear();
    cache.resize(1_000);
    for (let key = 0; key < 3_000; key++) cache.set(key, key);
    cache.resize(500);
    expect([...cache.keys()].filter((key) => cache.get(key) !== key)).toEqual([]);
    expect(cache.get(1)).toBeUndefined();
  });
});

describe("the option filter", () => {
  test("is shown by its name, and takes less memory than a Bloom filter", () => {
    const filled = (options: CacheOptions<number, number>): Cache<number, number> => {
      const cache = new Cache<number, number>({ maxCacheSize: 50_000, ...options });
      for (let key = 0; key < 50_000; key++) cache.set(key, key);
      return cache;
    };
    const [none, bloom, other] = [filled({}), filled({ bloom: true }), filled({ filter: cuckoo() })];
    expect(none?.metrics.options).toMatchObject({ bloom: false, filter: null });
    expect(bloom?.metrics.options).toMatchObject({ bloom: true, filter: "bloom" });
    expect(other?.metrics.options).toMatchObject({ bloom: false, filter: "cuckoo" });
    const own = (cache: Cache<number, number>): number => estimateBytes(cache).estimate - estimateBytes(none).estimate;
    expect(own(bloom) / 50_000).toBeCloseTo(4.9, 0);
    expect(own(other)).toBeLessThan(own(bloom) / 2);
  });

  test("beside bloom is an error, and so is a rate that it cannot have", () => {
    expect(() => new Cache({ bloom: true, filter: cuckoo() })).toThrow(
      /^filter must be a filter, without bloom beside it/,
    );
    expect(() => new Cache({ filter: cuckoo(), probability: 1e-12 })).toThrow(MachoOptionError);
    expect(() => new Cache({ filter: cuckoo(), probability: 1e-12 })).toThrow(/^probability must be at least 2e-9/);
    expect(new Cache({ bloom: false, filter: cuckoo(), probability: 1e-8 }).metrics.options.filter).toBe("cuckoo");
  });
});
