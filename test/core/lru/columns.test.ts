import { Cache } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Columns } from "../../../src/core/lru/columns.ts";
import { storeSetup } from "../../support/store-setup.ts";

const MOST = 2 ** 24 - 1;

describe("more entries than one Map holds (node-lru-cache#331)", () => {
  test("are refused by the constructor, which names the number of shards that will do", () => {
    expect(() => new Cache({ maxCacheSize: MOST + 1 })).toThrow(
      expect.objectContaining({
        option: "maxCacheSize",
        got: MOST + 1,
        message: `maxCacheSize must be an integer from 1 to 2^24 - 1 times shardCount (${MOST}), got ${MOST + 1}. Pass { maxCacheSize: ${MOST + 1}, shardCount: 2 }. [invalid-option]`,
      }),
    );
    expect(new Cache({ maxCacheSize: MOST }).metrics.capacity).toBe(MOST);
    expect(new Cache({ maxCacheSize: 2 * MOST, shardCount: 2 }).metrics.capacity).toBe(2 * MOST);
    expect(() => new Cache({ maxCacheSize: 2 * MOST + 1, shardCount: 2 })).toThrow(/shardCount: 3/);
  });

  test("are refused by resize, and nothing has changed then", () => {
    const cache = new Cache({ maxCacheSize: 4, shardCount: 2 });
    expect(() => cache.resize(3 * MOST)).toThrow(/^maxCacheSize must be .* shardCount: 3 }\. \[invalid-option\]$/);
    expect(cache.metrics).toMatchObject({ capacity: 4, options: { maxCacheSize: 4 } });
  });
});

describe("a Map that is too full of removed keys to make room (node-lru-cache#331)", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([
    ["LruCache", () => new LruCache<unknown, string>(), ["a", "b", "c", "d"]],
    ["Cache", () => new Cache<unknown, string>(), ["a", "b", "c", "d"]],
    ["Cache, with numbers before words", () => new Cache<unknown, string>(), [1, 2, "c", "d"]],
  ])("is made anew, and nothing is lost: %s", (_name, make, keys) => {
    const cache = make();
    for (const key of keys.slice(0, 3)) cache.set(key, `value of ${key}`);
    cache.delete(keys[1]);
    vi.spyOn(Map.prototype, "set").mockImplementationOnce(() => {
      throw new RangeError("Map maximum size exceeded");
    });
    cache.set(keys[3], `value of ${keys[3]}`);
    expect(Map.prototype.set).toHaveBeenCalled();
    vi.restoreAllMocks();
    const left = [keys[0], keys[2], keys[3]];
    expect([...cache]).toEqual(left.map((key) => [key, `value of ${key}`]));
    cache.set(keys[1], "again");
    expect([cache.size, ...keys.map((key) => cache.has(key))]).toEqual([4, true, true, true, true]);
  });
});

describe("the columns", () => {
  test("stop at what they can hold, say so, and go on with what is freed", () => {
    const lengths: number[] = [];
    class Told extends Columns<number, number> {
      override reserve(lastSlot: number): void {
        lengths.push(lastSlot);
        super.reserve(lastSlot);
      }
    }
    const entries = new Told(storeSetup({ most: 20, maxWeight: 5 }), true);
    for (let slot = 1; slot <= 20; slot++) expect(entries.take()).toBe(slot);
    const full = expect.objectContaining({
      name: "MachoError",
      code: "full",
      message: "A cache holds 20 pinned entries at most, got one more. Unpin some. [full]",
    }) as Error;
    expect(() => entries.take()).toThrow(full);
    expect(() => entries.take()).toThrow(full);
    expect([lengths, entries.reserved, entries.lastUsed, entries.keys.length]).toEqual([[8, 16, 20], 20, 20, 21]);
    entries.release(7);
    expect(entries.take()).toBe(7);
  });

  test("outgrow a capacity only up to what they can hold, where pinned entries exceed it", () => {
    const entries = new Columns<number, number>(storeSetup({ capacity: 3, most: 20 }), false);
    for (let slot = 1; slot <= 20; slot++) entries.take();
    expect(() => entries.take()).toThrow(/holds 20/);
  });
});
