import { Cache } from "macho-cache";
import { type AccessRecord, missRatioCurve, record, replay } from "macho-cache/simulate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { historyOf } from "../../src/simulate/history.ts";
import { type LruHits, lruPass } from "../../src/simulate/lru-pass.ts";
import { lastOf } from "../../src/simulate/replay.ts";
import { ManualClock } from "../support/manual-clock.ts";

type Step = readonly ["fill" | "set" | "delete" | "clear" | "absent" | "late", number];

const steps = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 50, arbitrary: fc.constant("fill" as const) },
      { weight: 8, arbitrary: fc.constant("set" as const) },
      { weight: 8, arbitrary: fc.constant("delete" as const) },
      { weight: 1, arbitrary: fc.constant("clear" as const) },
    ),
    fc.nat(40),
  ),
  { maxLength: 400, size: "max" },
);

function recordOf(all: readonly Step[], before: number, maxCacheSize: number): AccessRecord {
  const clock = new ManualClock();
  const cache = new Cache<number, number>({ maxCacheSize, ttl: 1_000_000, clock });
  const drive = ([type, key]: Step): void => {
    clock.advance(1);
    if (type === "fill") {
      if (cache.get(key) !== undefined) return;
      // The write of some keys comes a little later.
      if (key % 2 === 1) clock.advance(2);
      cache.set(key, 1);
    } else if (type === "set" || type === "late") cache.set(key, 1);
    else if (type === "absent") cache.get(key);
    else if (type === "delete") cache.delete(key);
    else cache.clear();
  };
  all.slice(0, before).forEach(drive);
  const recording = record(cache);
  all.slice(before).forEach(drive);
  return recording.read();
}

const SIZES = [1, 2, 3, 5, 8, 13, 21, 34, 55];
const inOnePass = (recorded: AccessRecord, from = 0): LruHits | undefined => lastOf(lruPass(historyOf(recorded), from));

test("one pass over a record gives what a replay of LRU gives at each size: hits, and what is unknown", () => {
  const property = fc.property(
    steps,
    fc.nat(100),
    fc.integer({ min: 1, max: 30 }),
    fc.nat(50),
    (all, before, size, from) => {
      const recorded = recordOf(all, before, size);
      const pass = inOnePass(recorded, from)!;
      for (const maxCacheSize of SIZES) {
        const { lookups, hits, unknown } = replay(recorded, { maxCacheSize, strategy: "lru" }, { from });
        expect([maxCacheSize, pass.lookups, pass.hits(maxCacheSize), pass.unknown(maxCacheSize)]).toEqual([
          maxCacheSize,
          lookups,
          hits,
          unknown,
        ]);
      }
    },
  );
  fc.assert(property, { numRuns: 300, endOnFailure: true });
});

test("a curve is what replays give, of LRU and of another policy", () => {
  const all = Array.from({ length: 3_000 }, (_, index): Step => ["fill", (index * index) % 97]);
  const recorded = recordOf(all, 10, 20);
  for (const strategy of ["lru", "sieve"] as const) {
    const curve = missRatioCurve(recorded, { strategy, sizes: SIZES });
    expect(curve.map(({ size }) => size)).toEqual(SIZES);
    for (const { size, missRatio, unknown } of curve) {
      const { lookups, hits, unknown: count } = replay(recorded, { strategy, maxCacheSize: size });
      expect(missRatio).toBeCloseTo(1 - hits / lookups, 12);
      expect(unknown).toBe(count / lookups);
    }
  }
  expect(missRatioCurve(recorded).map(({ size }) => size)).toEqual([3, 4, 5, 7, 10, 14, 20, 28, 40, 49]);
});

test("what sizes differ by in other ways takes replays: late answers, shards, weights and what expires", () => {
  const fills = Array.from({ length: 50 }, (_, index): Step => ["fill", index % 7]);
  expect(inOnePass(recordOf(fills, 0, 5))).toBeDefined();
  const late = recordOf([["absent", 1], ["fill", 2], ["late", 1], ...fills], 0, 5);
  expect(inOnePass(late)).toBeUndefined();
  expect(missRatioCurve(late, { sizes: [5] })[0]!.missRatio).toBe(1 - replay(late).hitRatio!);
  const plain = recordOf(fills, 0, 5);
  const others = [{ shardCount: 2 }, { maxWeight: 9 }, { ttl: 10 }, { timeToIdle: 10 }];
  for (const other of others) {
    expect(inOnePass({ ...plain, options: { ...plain.options, ...other } })).toBeUndefined();
  }
});

test("a bound on weight alone has a curve over weights", () => {
  const cache = new Cache<number, number>({ maxWeight: 40, maxCacheSize: Infinity });
  const recording = record(cache);
  for (let step = 0; step < 500; step++)
    void (cache.get(step % 30) ?? cache.set(step % 30, 1, { weight: 1 + (step % 5) }));
  const curve = missRatioCurve(recording.read());
  expect([curve[0]!.size, curve.at(-1)!.size]).toEqual([5, 320]);
  expect(curve[0]!.missRatio).toBeGreaterThan(curve.at(-1)!.missRatio);
  expect(() => missRatioCurve(recording.read(), { sizes: [0] })).toThrow("maxCacheSize must be an integer");
});
