import type { ShardMetrics } from "macho-cache";
import { expect, test } from "vitest";
import { shardAdvice } from "../../src/devtools/panel/shard-advice.ts";
import { metricsWith } from "./fake-source.ts";

const advise = (capacity: number, sizes: readonly number[]) => {
  const { options } = metricsWith({});
  return shardAdvice(
    metricsWith({
      options: { ...options, maxCacheSize: capacity * sizes.length, shardCount: sizes.length },
      shards: sizes.map((size) => ({ size, capacity }) as ShardMetrics),
    }),
  );
};

test("has nothing against one shard, however small", () => {
  expect(advise(3, [3]).tone).toBe("good");
});

test("calls shards too small that hold fewer than 16 entries, and names a count that pays", () => {
  expect(advise(5, [5, 5, 5, 5, 5, 5, 5, 5])).toEqual({
    tone: "change",
    text: "Over-sharded: a shard has room for only 5 entries, so keys that meet there evict each other while other shards have room. Try shardCount: 1.",
  });
  expect(advise(1, [1, 1]).text).toContain("room for only 1 entry, so");
  // 5,000 entries in 500 shards, 60 in 4: more than one pays for neither.
  expect(
    advise(
      10,
      Array.from({ length: 500 }, () => 10),
    ).text,
  ).toContain("Try shardCount: 1.");
  expect(advise(15, [0, 0, 0, 0]).text).toContain("Try shardCount: 1.");
  expect(advise(16, [0, 0]).tone).not.toBe("change");
  expect(
    advise(
      10,
      Array.from({ length: 20_000 }, () => 10),
    ).text,
  ).toContain("Try shardCount: 20 or less.");
});

test("does not praise shards that a cache of its size does not need", () => {
  expect(
    advise(
      1_250,
      Array.from({ length: 8 }, () => 1_250),
    ),
  ).toEqual({
    tone: "wait",
    text: "8 shards are not needed for 10,000 entries: below about 100,000, one shares the whole bound and needs no hash of a key. Try shardCount: 1.",
  });
  expect(advise(25_000, [25_000, 25_000, 25_000, 25_000])).toEqual({
    tone: "good",
    text: "4 shards with room for 25,000 entries or more each: none is crowded.",
  });
  expect(advise(Infinity, [5, 5]).text).toBe("2 shards: none is crowded.");
});

test("calls shards uneven when one is full and another nearly empty", () => {
  expect(advise(100, [100, 10, 60, 50])).toEqual({
    tone: "change",
    text: "The shards are filled unevenly: shard 0 is 100% full, shard 1 is 10% full. A full shard evicts although others have room. Try shardCount: 1.",
  });
  expect(advise(50_000, [50_000, 5_000, 30_000, 25_000]).text).toContain("Try shardCount: 2.");
});

test("takes a difference for chance while the shards hold little", () => {
  expect(advise(20, [14, 2, 8, 8]).tone).not.toBe("change");
  expect(advise(100, [100, 60, 80, 70]).tone).not.toBe("change");
  expect(advise(50_000, [50_000, 30_000, 40_000, 35_000]).tone).toBe("good");
});
