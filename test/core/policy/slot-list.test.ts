import { Cache, exportCache } from "macho-cache";
import { SlotList } from "macho-cache/policies";
import { expect, test } from "vitest";

test("a slot that was not reserved is refused, and no other list hears of it", () => {
  const hasty = new SlotList();
  expect(() => hasty.add(1)).toThrow(
    expect.objectContaining({ code: "invalid-policy", message: expect.stringContaining("reserve(lastSlot)") }),
  );
  expect([new SlotList().oldest, hasty.oldest]).toEqual([0, 0]);
  expect([...exportCache(new Cache()).entries]).toEqual([]);
});

test("a generator of random numbers that empties its cache harms no other", () => {
  const cache = new Cache<number, number>({
    maxCacheSize: 2,
    strategy: "random",
    random: () => {
      cache.clear();
      return 0;
    },
  });
  for (let key = 0; key < 5; key++) {
    try {
      cache.set(key, key);
    } catch {
      // The write that it broke may fail.
    }
  }
  const other = new Cache<number, number>({ maxCacheSize: 2 });
  for (let key = 0; key < 5; key++) other.set(key, key);
  expect([...other.keys()]).toEqual([3, 4]);
  expect(other.get(5)).toBeUndefined();
});
