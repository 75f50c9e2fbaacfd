import { Cache, exportCache, setMany } from "macho-cache";
import { beforeEach, describe, expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

describe("a ttl beside keepTtl", () => {
  test("of one write wins over the keepTtl of the cache", () => {
    const cache = new Cache<string, number>({ ttl: 1_000, keepTtl: true, clock });
    cache.set("a", 1);
    clock.busy(100);
    cache.set("a", 2);
    expect(cache.remainingTtl("a")).toBe(900);
    cache.set("a", 3, { ttl: 50 });
    expect(cache.remainingTtl("a")).toBe(50);
    setMany(cache, [["a", 4]], { ttl: 70, keepTtl: false });
    expect(cache.remainingTtl("a")).toBe(70);
    clock.busy(10);
    cache.set("a", 5, { keepTtl: false });
    expect(cache.remainingTtl("a")).toBe(1_000);
  });

  test("of a load wins as well", async () => {
    const cache = new Cache<string, number>({ ttl: 1_000, keepTtl: true, clock });
    cache.set("a", 1);
    clock.busy(100);
    await cache.getOrLoad("a", () => 2, { staleTime: 0, serveStale: false });
    expect(cache.remainingTtl("a")).toBe(900);
    await cache.getOrLoad("a", () => 3, { staleTime: 0, serveStale: false, ttl: 50 });
    expect([cache.peek("a"), cache.remainingTtl("a")]).toEqual([3, 50]);
  });

  test("in one call with keepTtl: true is an error, and nothing has changed", async () => {
    const cache = new Cache<string, number>({ clock }).set("a", 1);
    const options = { ttl: 50, keepTtl: true };
    const error = {
      option: "keepTtl",
      message: "keepTtl cannot be true beside a ttl, got true. Pass { keepTtl: false }. [invalid-option]",
    };
    expect(() => cache.set("a", 2, options)).toThrow(expect.objectContaining(error));
    expect(() => setMany(cache, [["a", 2]], options)).toThrow(expect.objectContaining(error));
    await expect(cache.getOrLoad("a", () => 2, options)).rejects.toMatchObject(error);
    expect(cache.peek("a")).toBe(1);
  });
});

test("-0 is 0 wherever a key is told: by iteration, export, events and removals", async () => {
  const told: unknown[] = [];
  const cache = new Cache<number, number>({ clock, onRemoval: (key) => told.push(key) });
  cache.subscribe(({ key }) => told.push(key));
  cache.set(-0, 1);
  const exported = exportCache(cache).entries.map(({ key }) => key);
  const listed = [...cache.keys()];
  cache.set(-0, 2);
  cache.delete(0);
  await expect(cache.getOrLoad(-0, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  expect([told.length, listed.length, exported.length]).toEqual([7, 1, 1]);
  for (const key of [...told, ...listed, ...exported]) expect(key).toBe(0);
});

test.each([5, null, undefined, "f", {}])("forEach of %s is an error that says what to pass", (callback) => {
  expect(() => new Cache().forEach(callback as never)).toThrow(
    expect.objectContaining({
      code: "invalid-argument",
      message: expect.stringMatching(
        /^forEach needs a function, got .+\. Pass \(value, key\) => \{ \.\.\. }\. \[invalid-argument\]$/,
      ) as string,
    }),
  );
});

describe("exactClock", () => {
  const written = (exactClock: boolean): [Cache<string, number>, () => number | undefined] => {
    const cache = new Cache<string, number>({ ttl: 60_000, clock, exactClock });
    cache.set("before", 0);
    // One synchronous stretch, such as the parsing of a large answer.
    clock.busy(3_000);
    cache.set("a", 1);
    return [cache, () => cache.remainingTtl("a")];
  };

  test("dates each write from the moment of the write, whatever came before it in the same task", () => {
    const [cache, remaining] = written(true);
    expect(remaining()).toBe(60_000);
    clock.busy(59_999);
    expect(cache.get("a")).toBe(1);
    clock.busy(1);
    expect(cache.get("a")).toBeUndefined();
  });

  test("being off, a write can be dated as early as the synchronous stretch before it began, and no earlier", () => {
    const [, remaining] = written(false);
    expect(remaining()).toBe(57_000);
  });
});
