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

test("names the other causes", () => {
  expect(removalReason("expired", context)).toBe("expired: past its ttl (10 min unless set otherwise)");
  expect(removalReason("expired", { ...context, ttl: Infinity })).toBe("expired: past its ttl");
  expect(removalReason("expired", { ...context, timeToIdle: 60_000 })).toContain("or not read for 1 min");
  expect(removalReason("replaced", context)).toBe("replaced by a newer value");
  expect(removalReason("deleted", context)).toBe("deleted by a call");
  expect(removalReason("cleared", context)).toBe("cleared: the whole cache was emptied");
});
