import { Cache } from "macho-cache";
import { sieve } from "macho-cache/policies";
import { record } from "macho-cache/simulate";
import { expect, test } from "vitest";
import { analyse, type Analysis } from "../../src/devtools/panel/analysis.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** Runs to the end; says how many steps it took. */
function analysed(given: ReturnType<ReturnType<typeof record>["read"]>): { analysis: Analysis; steps: number } {
  const steps = analyse(given);
  for (let count = 0; ; count++) {
    const { done, value } = steps.next();
    if (done) return { analysis: value, steps: count };
  }
}

/** A loop over some keys, each loaded where it is missing. */
function loop(cache: Cache<number, number>, keys: number, times: number): void {
  for (let at = 0; at < keys * times; at++) {
    const key = at % keys;
    if (cache.get(key) === undefined) cache.set(key, at);
  }
}

test("a cache that is a little too small is told, with a curve, a table of policies and the ceiling as evidence", () => {
  const cache = new Cache<number, number>({ maxCacheSize: 100, clock: new ManualClock() });
  const recording = record(cache);
  loop(cache, 110, 40);
  const { analysis, steps } = analysed(recording.read());
  const { advice, now, curves, table, ceiling, lookups } = analysis;
  expect(steps).toBeGreaterThan(20);
  expect([advice.tone, advice.kind, lookups]).toEqual(["change", "size", 2_200]);
  expect(now).toEqual({ size: 100, hitRatio: 0, strategy: "lru" });
  expect(ceiling).toBe(1);
  const advised = advice.change!.settings.maxCacheSize!;
  expect(curves[0]!.points.find(({ size }) => size === advised)!.hitRatio).toBe(1);
  expect(table.sizes).toContain(advised);
  expect(table.rows[0]).toMatchObject({ strategy: "lru" });
  expect(table.rows.map(({ strategy }) => strategy)).toContain("sieve");
  expect(new Set(table.rows.map(({ strategy }) => strategy)).size).toBe(table.rows.length);
  // LRU hits nothing of a loop that does not fit; another policy keeps a part of it.
  expect(curves[1]!.points.find(({ size }) => size === 100)!.hitRatio).toBeGreaterThan(0.5);
});

test("the policy that is set comes first, whatever it is", () => {
  const cache = new Cache<number, number>({ maxCacheSize: 20, strategy: sieve(), clock: new ManualClock() });
  const recording = record(cache);
  loop(cache, 30, 30);
  const { curves, table, now } = analysed(recording.read()).analysis;
  expect([curves[0]!.strategy, table.rows[0]!.strategy, now!.strategy]).toEqual(["sieve", "sieve", "sieve"]);
});

test("a curve that rises steadily has no knee; one that bends has it at the bend", () => {
  const cache = new Cache<number, number>({ maxCacheSize: 64, clock: new ManualClock() });
  const recording = record(cache);
  // Most look-ups are of 50 keys; the others come back after thousands.
  for (let at = 0; at < 20_000; at++) {
    const key = at % 10 === 0 ? 1_000 + ((at / 10) % 600) : (at * 7) % 50;
    if (cache.get(key) === undefined) cache.set(key, at);
  }
  const { knee } = analysed(recording.read()).analysis;
  expect(knee!.size).toBeGreaterThanOrEqual(50);
  expect(knee!.size).toBeLessThanOrEqual(128);
  const other = new Cache<number, number>({ maxCacheSize: 64, clock: new ManualClock() });
  const flat = record(other);
  for (let at = 0; at < 5_000; at++) if (other.get(at) === undefined) other.set(at, at);
  expect(analysed(flat.read()).analysis.knee).toBeUndefined();
});

test("where nothing bounds the entries, or the policy is the app's own, there is no size to compare, but a ceiling", () => {
  const heavy = new Cache<number, number>({ maxCacheSize: Infinity, maxWeight: 50, clock: new ManualClock() });
  const recording = record(heavy);
  loop(heavy, 60, 20);
  const { now, curves, table, ceiling } = analysed(recording.read()).analysis;
  expect([now, curves, table.rows]).toEqual([undefined, [], []]);
  expect(ceiling).toBe(1);
});

test.each(["lru", "sieve"] as const)("every figure about a cache of %s is of the same look-ups", (strategy) => {
  const cache = new Cache<number, number>({ maxCacheSize: 50, strategy, clock: new ManualClock() });
  const recording = record(cache);
  // The earlier half is of other keys, so that figures of all look-ups would differ.
  loop(cache, 30, 60);
  for (let at = 0, random = 1; at < 6_000; at++) {
    random = (random * 16_807) % 2_147_483_647;
    const key = 100 + (random % 91);
    if (cache.get(key) === undefined) cache.set(key, at);
  }
  const { advice, now, curves, table, lookups } = analysed(recording.read()).analysis;
  const { maxCacheSize: size } = advice.change!.settings;
  expect(advice.lookups).toBe(lookups);
  expect(now!.hitRatio).toBe(advice.hitRatio);
  const missed = Object.values(advice.misses).reduce((sum, count) => sum + count, 0);
  expect(lookups - missed).toBe(Math.round(lookups * now!.hitRatio));
  const ratioAt = (entries: number): number[] => [
    curves[0]!.points.find((point) => point.size === entries)!.hitRatio,
    table.rows[0]!.ratios[table.sizes.indexOf(entries)]!,
  ];
  expect(ratioAt(50)).toEqual([now!.hitRatio, now!.hitRatio]);
  expect(ratioAt(size!)).toEqual([advice.change!.hitRatio, advice.change!.hitRatio]);
});
