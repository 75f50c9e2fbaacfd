import fc from "fast-check";
import { Cache, type CacheOptions } from "macho-cache";
import { describe, expect, test } from "vitest";
import { SEED } from "../../src/core/internal.ts";
import { ManualClock } from "../support/manual-clock.ts";

const OBJECTS = [{}, {}, () => 1];
const key = fc.oneof(
  fc.nat(30),
  fc.nat(30).map(String),
  fc.constantFrom<unknown>(...OBJECTS, Symbol.for("s"), 1n, null, Number.NaN, 0.5),
);
const operation = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant("set" as const), key, ttl: fc.constantFrom(5, 40, Infinity) }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant("get" as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pin" as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 6) }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: "clear" as const }, { do: "purge" as const }) },
);

describe("a cache with shards and a filter", () => {
  test("holds exactly what its events say, in every shard within its part of the bound", () => {
    fc.assert(
      fc.property(
        fc.record({
          maxCacheSize: fc.integer({ min: 4, max: 40 }),
          shardCount: fc.integer({ min: 1, max: 4 }),
          bloom: fc.boolean(),
          strategy: fc.constantFrom("lru" as const, "fifo" as const, "random" as const),
        }),
        fc.array(operation, { maxLength: 200, size: "max" }),
        (options, operations) => {
          const clock = new ManualClock();
          const cache = new Cache<unknown, number>({ ...options, clock, probability: 0.2 });
          const model = new Map<unknown, number>();
          const ends = new Map<unknown, number>();
          cache.subscribe((event) => {
            if (event.type === "set") model.set(event.key, event.value);
            else if (event.type === "removal" && event.cause !== "replaced") model.delete(event.key);
          });
          const alive = (asked: unknown): boolean => model.has(asked) && (ends.get(asked) ?? 0) > clock.now();
          let pins: (() => void)[] = [];
          for (const [index, next] of operations.entries()) {
            if (next.do === "set") {
              ends.set(next.key, clock.now() + next.ttl);
              cache.set(next.key, index, { ttl: next.ttl });
            }
            if (next.do === "get") {
              const expected = alive(next.key) ? model.get(next.key) : undefined;
              expect(cache.get(next.key)).toBe(expected);
              expect(cache.has(next.key)).toBe(expected !== undefined);
            }
            if (next.do === "delete") {
              const expected = alive(next.key);
              expect(cache.delete(next.key)).toBe(expected);
            }
            if (next.do === "pin") pins.push(cache.pin(next.key) ?? (() => undefined));
            if (next.do === "wait") clock.advance(next.ms);
            if (next.do === "clear") cache.clear();
            if (next.do === "purge") cache.purgeExpired();
            if (pins.length > 2) {
              pins.forEach((unpin) => unpin());
              pins = [];
            }
            const { size, capacity, shards, sets, removals, overflow } = cache.metrics;
            expect(size).toBe(model.size);
            expect(sets).toBe(size + Object.values(removals).reduce((sum, count) => sum + count, 0));
            expect([capacity, shards.length]).toEqual([options.maxCacheSize, options.shardCount]);
            expect(overflow).toBe(shards.reduce((sum, shard) => sum + Math.max(0, shard.size - shard.capacity), 0));
            expect(new Set(cache.keys())).toEqual(new Set([...model.keys()].filter(alive)));
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("shards", () => {
  test("have capacities that add up, differ by one at most, and are never 0", () => {
    for (const [maxCacheSize, shardCount] of [
      [10, 3],
      [7, 7],
      [100, 16],
      [1, 1],
    ] as const) {
      const { shards } = new Cache({ maxCacheSize, shardCount }).metrics;
      const capacities = shards.map(({ capacity }) => capacity);
      expect(capacities.reduce((sum, capacity) => sum + capacity, 0)).toBe(maxCacheSize);
      expect(Math.max(...capacities) - Math.min(...capacities)).toBeLessThanOrEqual(1);
      expect(Math.min(...capacities)).toBeGreaterThan(0);
    }
  });

  const hex = (index: number): string =>
    Math.imul(index + 1, 0x9e3779b1)
      .toString(16)
      .padStart(8, "0")
      .slice(-8);
  const kinds: [string, (index: number) => unknown][] = [
    ["URLs", (index) => `https://example.org/api/v2/items?page=${index}&size=20`],
    ["UUIDs", (index) => `${hex(index)}-1f3a-4b5c-8d7e-${hex(index * 3)}0000`],
    ["user:123:profile", (index) => `user:${index}:profile`],
    ["a long shared prefix", (index) => `${"prefix/".repeat(20)}${index}`],
    ["integers", (index) => index],
    ["multiples of 64", (index) => 64 * index],
    ["fractions", (index) => index / 7],
    ["timestamps", (index) => 1_700_000_000_000 + 60_000 * index],
    ["bigints", (index) => BigInt(index) ** 3n],
    ["objects", () => ({})],
  ];

  test.each(kinds)("are filled evenly by %s", (_name, make) => {
    const shardCount = 16;
    const keys = 32_000;
    for (const seed of [1, 2, 3]) {
      const options = { maxCacheSize: 1_000_000, shardCount, [SEED]: seed } as CacheOptions<unknown, number>;
      const cache = new Cache<unknown, number>(options);
      for (let index = 0; index < keys; index++) cache.set(make(index), index);
      const expected = keys / shardCount;
      const squares = cache.metrics.shards.reduce((sum, { size }) => sum + (size - expected) ** 2 / expected, 0);
      // Chi-square with 15 degrees of freedom: beyond 50 once in 100,000 good hashes.
      expect([seed, squares < 50]).toEqual([seed, true]);
    }
  });

  test("keep order and values apart: iteration goes shard after shard, and finds every key once", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 1_000, shardCount: 8 });
    for (let index = 0; index < 500; index++) cache.set(index, index);
    expect([...cache.keys()].sort((one, other) => one - other)).toEqual(
      Array.from({ length: 500 }, (_, index) => index),
    );
  });
});
