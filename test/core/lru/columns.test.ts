import { Cache } from "macho-cache";
import { afterEach, describe, expect, test, vi } from "vitest";
import { KeyIndex } from "../../../src/core/key-index.ts";
import { Columns } from "../../../src/core/lru/columns.ts";

const MOST = 2 ** 24 - 1;

describe("more entries than one Map holds (node-lru-cache#331)", () => {
  test("are refused by the constructor, which names the number of shards that will do", () => {
    expect(() => new Cache({ maxCacheSize: MOST + 1 })).toThrow(
      expect.objectContaining({
        option: "maxCacheSize",
        got: MOST + 1,
        message: `maxCacheSize must be an integer from 1 to 2^24 - 1 times shardCount (${MOST}), got ${MOST + 1}. Pass { maxCacheSize: ${MOST + 1}, shardCount: 2 }.`,
      }),
    );
    expect(new Cache({ maxCacheSize: MOST }).metrics.capacity).toBe(MOST);
    expect(new Cache({ maxCacheSize: 2 * MOST, shardCount: 2 }).metrics.capacity).toBe(2 * MOST);
    expect(() => new Cache({ maxCacheSize: 2 * MOST + 1, shardCount: 2 })).toThrow(/shardCount: 3/);
  });

  test("are refused by resize, and nothing has changed then", () => {
    const cache = new Cache({ maxCacheSize: 4, shardCount: 2 });
    expect(() => cache.resize(3 * MOST)).toThrow(/^maxCacheSize must be .* shardCount: 3 }\.$/);
    expect(cache.metrics).toMatchObject({ capacity: 4, options: { maxCacheSize: 4 } });
  });
});

describe("a Map that is too full of removed keys to make room (node-lru-cache#331)", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([
    ["words", ["a", "b", "c", "d"]],
    ["numbers before, and then words", [1, 2, "c", "d"]],
  ])("is made anew, and nothing is lost: %s", (_name, keys) => {
    {
      const entries = new Columns<unknown, number>({ capacity: Infinity, maxWeight: Infinity, ttl: Infinity }, false);
      const index = new KeyIndex<unknown>(entries);
      const add = (at: number): void => {
        const slot = entries.take();
        entries.keys[slot] = keys[at];
        index.set(keys[at], slot);
      };
      for (const at of [0, 1, 2]) add(at);
      index.delete(keys[1]);
      vi.spyOn(Map.prototype, "set").mockImplementationOnce(() => {
        throw new RangeError("Map maximum size exceeded");
      });
      add(3);
      expect(Map.prototype.set).toHaveBeenCalled();
      expect([...index.keys()]).toEqual([keys[0], keys[2], keys[3]]);
      expect([index.size, ...keys.map((key) => index.get(key))]).toEqual([3, 1, 0, 3, 4]);
      vi.restoreAllMocks();
    }
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
    const entries = new Told({ capacity: Infinity, most: 20, maxWeight: 5, ttl: Infinity }, true);
    for (let slot = 1; slot <= 20; slot++) expect(entries.take()).toBe(slot);
    const full = expect.objectContaining({
      name: "MachoError",
      code: "full",
      message: "A cache holds 20 pinned entries at most, got one more. Unpin some.",
    }) as Error;
    expect(() => entries.take()).toThrow(full);
    expect(() => entries.take()).toThrow(full);
    expect([lengths, entries.reserved, entries.lastUsed, entries.keys.length]).toEqual([[8, 16, 20], 20, 20, 21]);
    entries.release(7);
    expect(entries.take()).toBe(7);
  });

  test("outgrow a capacity only up to what they can hold, where pinned entries exceed it", () => {
    const entries = new Columns<number, number>({ capacity: 3, most: 20, maxWeight: Infinity, ttl: Infinity }, false);
    for (let slot = 1; slot <= 20; slot++) entries.take();
    expect(() => entries.take()).toThrow(/holds 20/);
  });
});
