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

test("calls shards too small that hold fewer than 16 entries, and names a count that fits", () => {
  expect(advise(5, [5, 5, 5, 5, 5, 5, 5, 5])).toEqual({
    tone: "change",
    text: "Over-sharded: a shard has room for only 5 entries, so keys that meet there evict each other while other shards have room. Try shardCount: 2 or less.",
  });
  expect(advise(1, [1, 1]).text).toContain("room for only 1 entry, so");
  expect(advise(1, [1, 1]).text).toContain("Try shardCount: 1.");
  expect(advise(15, [0, 0]).tone).toBe("change");
  expect(advise(16, [0, 0]).tone).toBe("good");
});

test("calls shards uneven when one is full and another nearly empty", () => {
  expect(advise(100, [100, 10, 60, 50])).toEqual({
    tone: "change",
    text: "The shards are filled unevenly: shard 0 is 100% full, shard 1 is 10% full. A full shard evicts although others have room. Try shardCount: 2.",
  });
});

test("takes a difference for chance while the shards hold little", () => {
  expect(advise(20, [14, 2, 8, 8]).tone).toBe("good");
  expect(advise(100, [100, 60, 80, 70]).tone).toBe("good");
});
