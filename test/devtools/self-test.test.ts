import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { engineOf, MAX_SCRATCH, scratchOptions, selfTest } from "../../src/devtools/panel/self-test.ts";

const { options } = new Cache({ maxCacheSize: 50, shardCount: 5, ttl: 1_000, bloom: true, onRemoval() {} }).metrics;

/** A cache that counts, and whose operations take a fixed time on a clock of its own. */
function timedCache() {
  const stored = new Set<number>();
  const calls = { hits: 0, misses: 0, news: 0, time: 0 };
  return {
    calls,
    get(key: number): undefined {
      calls.time += 0.000_02;
      if (stored.has(key)) calls.hits++;
      else calls.misses++;
    },
    set(key: number) {
      calls.time += 0.000_05;
      calls.news += stored.has(key) ? 0 : 1;
      stored.add(key);
      return this as unknown as Cache<number, number>;
    },
  };
}

test("gives the mean of gets that hit and of sets of new keys, and pauses between batches", async () => {
  const cache = timedCache();
  let pauses = 0;
  const pause = async (): Promise<boolean> => ++pauses > 0;
  const result = await selfTest(cache, 50, { now: () => cache.calls.time, pause });
  expect(result).toMatchObject({ count: 200_000, size: 50 });
  expect(result!.get).toBeCloseTo(20, 3);
  expect(result!.set).toBeCloseTo(50, 3);
  expect(cache.calls.misses).toBe(0);
  expect(cache.calls.news).toBe(50 + 11 * 20_000);
  expect(pauses).toBeGreaterThan(10);
});

test("ends when nobody waits for it any more", async () => {
  const cache = timedCache();
  expect(await selfTest(cache, 50, { now: () => 0, pause: async () => false })).toBe(undefined);
  expect(cache.calls.news).toBe(50);
});

test("takes the plain options of the cache, within a bound, and none of its callbacks", () => {
  const scratch = new Cache(scratchOptions(options, "fifo"));
  const { strategy, ...plain } = scratch.metrics.options;
  const { strategy: _, ...asked } = options;
  expect([strategy, plain]).toEqual(["fifo", asked]);
  expect(scratchOptions(options, "fifo")).not.toHaveProperty("onRemoval");
  expect(scratchOptions({ ...options, maxCacheSize: Infinity, shardCount: 2 * MAX_SCRATCH }, "lru")).toMatchObject({
    maxCacheSize: MAX_SCRATCH,
    shardCount: MAX_SCRATCH,
  });
});

test("makes the scratch cache by the engine's own class, whatever was derived from it", () => {
  class Named extends Cache {
    name: string;
    constructor(name: string) {
      super();
      this.name = name;
    }
  }
  expect(engineOf(new Named("films"))).toBe(Cache);
  expect(engineOf(new Cache())).toBe(Cache);
});
