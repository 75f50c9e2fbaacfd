import { expect, test } from "vitest";
import { removalReason } from "../../src/devtools/panel/removal-words.ts";

const context = {
  strategy: "lru",
  maxCacheSize: 20,
  maxWeight: Infinity,
  ttl: 600_000,
  timeToIdle: Infinity,
  shardCount: 1,
};

test.each([
  ["lru", "evicted: the cache was full (20 of 20) and this was the least recently used entry"],
  ["fifo", "evicted: the cache was full (20 of 20) and this was the entry stored longest ago"],
  ["random", "evicted: the cache was full (20 of 20) and this entry was picked at random"],
  ["s3fifo", "evicted: the cache was full (20 of 20) and this was the entry that the s3fifo policy chose"],
])("says why %s evicted", (strategy, words) => {
  expect(removalReason("evicted", { ...context, strategy })).toBe(words);
});

test("says that a shard was full when there are several", () => {
  expect(removalReason("evicted", { ...context, shardCount: 4 })).toContain(
    "its shard was full (1 of 4, 20 entries in all)",
  );
});

test("says which bound was reached where weight is one", () => {
  const weighed = { ...context, maxWeight: 5_000 };
  expect(removalReason("evicted", weighed)).toContain("at one of its bounds (20 entries, weight 5,000)");
  expect(removalReason("evicted", { ...weighed, maxCacheSize: Infinity })).toContain("at its bound on weight (5,000)");
});

test("names the full shard, and the bound that it has reached", () => {
  const shard = { index: 3, capacity: 5, maxWeight: 1_250 };
  const sharded = { ...context, maxWeight: 5_000, shardCount: 4, shard };
  expect(removalReason("evicted", { ...sharded, bound: "entries" })).toContain("shard 3 of 4 was full (5 of 5)");
  expect(removalReason("evicted", { ...sharded, bound: "weight" })).toContain(
    "shard 3 of 4 was at its bound on weight (1,250)",
  );
  expect(removalReason("evicted", sharded)).toContain(
    "shard 3 of 4 was at one of its bounds (5 entries, weight 1,250)",
  );
  const weighed = { ...context, maxWeight: 5_000 };
  expect(removalReason("evicted", { ...weighed, bound: "entries" })).toContain("the cache was full (20 of 20)");
});

test("names the other causes", () => {
  expect(removalReason("expired", context)).toBe("expired: past its ttl (10 min unless set otherwise)");
  expect(removalReason("expired", { ...context, ttl: Infinity })).toBe("expired: past its ttl");
  expect(removalReason("expired", { ...context, timeToIdle: 60_000 })).toContain("or not read for 1 min");
  expect(removalReason("replaced", context)).toBe("replaced by a newer value");
  expect(removalReason("deleted", context)).toBe("deleted by a call");
  expect(removalReason("cleared", context)).toBe("cleared: the whole cache was emptied");
});
