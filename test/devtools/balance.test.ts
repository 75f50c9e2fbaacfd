import { Cache, type Metrics } from "macho-cache";
import { describe, expect, test } from "vitest";
import {
  balanceOf,
  ENOUGH_READS_EACH,
  EVEN_SPREAD,
  fullShards,
  fullWords,
  ROOM,
  shardVerdict,
  shardWeight,
} from "../../src/devtools/panel/balance.ts";
import { metricsWith } from "./fake-source.ts";

interface Shard {
  gets?: number;
  size?: number;
  capacity?: number;
  evicted?: number;
  weight?: number;
}

/** Metrics of shards with what a test cares about; 1,000 reads and 100 of 100 entries each otherwise. */
function sharded(shards: readonly Shard[], options: Partial<Metrics["options"]> = {}): Metrics {
  const full = shards.map(({ gets = 1_000, size = 100, capacity = 100, evicted = 0, weight = 0 }) => ({
    gets,
    size,
    capacity,
    weight,
    removals: { evicted },
  }));
  const sum = (field: "size" | "capacity" | "weight"): number => full.reduce((all, each) => all + each[field], 0);
  const base = metricsWith({});
  return {
    ...base,
    size: sum("size"),
    weight: sum("weight"),
    shards: full,
    options: { ...base.options, maxCacheSize: sum("capacity"), shardCount: shards.length, ...options },
  } as unknown as Metrics;
}

describe("the balance of shards", () => {
  test("is the spread in parts of the mean, with the shard that has most", () => {
    const metrics = sharded([{ gets: 900 }, { gets: 1_100, size: 50 }, { gets: 1_000 }, { gets: 1_000 }]);
    expect(balanceOf(metrics, "reads")).toEqual({
      values: [900, 1_100, 1_000, 1_000],
      mean: 1_000,
      spread: 0.2,
      hottest: 1,
    });
    expect(balanceOf(metrics, "entries")).toMatchObject({ mean: 87.5, hottest: 0 });
  });

  test("of a cache that was never used is even", () => {
    expect(balanceOf(sharded([{ gets: 0 }, { gets: 0 }]), "reads").spread).toBe(0);
  });

  test("judges nothing of few reads", () => {
    const few = (gets: number): string => shardVerdict(sharded([{ gets }, { gets }])).verdict;
    expect(few(ENOUGH_READS_EACH - 1)).toBe("Too few reads to compare.");
    expect(few(ENOUGH_READS_EACH)).toBe("Even.");
  });

  test("tells keys that are not spread from chance", () => {
    // Six standard deviations of 100 keys: 60 from the least to the most.
    const of = (least: number, most: number): string =>
      shardVerdict(
        sharded([
          { size: least, capacity: 500 },
          { size: most, capacity: 500 },
        ]),
      ).verdict;
    expect(of(70, 130)).toBe("Even.");
    expect(of(69, 131)).toBe("The keys are not spread evenly.");
  });

  test("tells shards that are too many: a full one evicts while others have room", () => {
    const room = 1 - ROOM;
    const of = (sizes: number[], evicted: number): string =>
      shardVerdict(sharded(sizes.map((size) => ({ size, evicted, capacity: 100 })))).verdict;
    expect(of([100, 100 - 200 * room - 2], 5)).toBe("More shards than the entries fill.");
    expect(of([100, 100 - 200 * room + 2], 5)).toBe("Even.");
    expect(of([100, 100 - 200 * room - 2], 0)).toBe("Even.");
  });

  test("tells keys that are read much more than others", () => {
    const of = (spread: number): string =>
      shardVerdict(sharded([{ gets: 1_000 * (1 - spread / 2) }, { gets: 1_000 * (1 + spread / 2) }])).verdict;
    expect(of(EVEN_SPREAD)).toBe("Even.");
    expect(of(EVEN_SPREAD + 0.01)).toBe("A few keys are read most.");
  });

  test("of a real cache, whose hash spreads keys, is even", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 10_000, shardCount: 8 });
    for (let id = 0; id < 4_000; id++) cache.set(`key ${id}`, id).get(`key ${id}`);
    expect(shardVerdict(cache.metrics).verdict).toBe("Even.");
  });
});

describe("a full shard", () => {
  test("is named by the bound that is reached", () => {
    const cache = new Cache<string, number>({
      maxCacheSize: 1_000,
      maxWeight: 41,
      shardCount: 4,
      weigher: (value) => value,
    });
    const bounds = [0, 1, 2, 3].map((index) => shardWeight(cache.metrics.options, index));
    expect(bounds).toEqual(cache.parts.stores.map(({ maxWeight }) => maxWeight));
    for (let id = 0; id < 200; id++) cache.set(`key ${id}`, 1);
    const full = fullShards(cache.metrics);
    expect(full).toEqual([0, 1, 2, 3].map((index) => ({ index, bound: "weight" })));
    expect(fullWords(full.slice(2, 3))).toBe("Shard 2 is full by weight");
  });

  test("without weights is full with its last entry", () => {
    const full = fullShards(sharded([{ size: 99 }, { size: 100 }, { size: 100 }]));
    expect(full).toEqual([
      { index: 1, bound: "entries" },
      { index: 2, bound: "entries" },
    ]);
    expect([fullWords(full), fullWords(full.slice(0, 1))]).toEqual(["2 shards are full", "Shard 1 is full"]);
  });
});
