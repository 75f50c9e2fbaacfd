import { Cache, LruCache } from "macho-cache";
import { beforeEach, describe, expect, test } from "vitest";
import { StoreLives } from "../../src/devtools/store-lives.ts";
import { MAX_DEPARTED, MAX_EARLIER, MAX_TEXT } from "../../src/devtools/departures.ts";
import { MAX_MISSED, Stories } from "../../src/devtools/stories.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let stories: Stories;

beforeEach(() => {
  clock = new ManualClock();
  stories = new Stories(() => clock.wallNow());
});

/** Follows a cache, as the devtools do. */
function follow(cache: Cache<unknown, unknown> | LruCache<unknown, unknown>): StoreLives[] {
  return cache.parts.stores.map((store) => {
    const lives = new StoreLives(store as never, stories, () => clock.wallNow());
    store.recorder = lives;
    return lives;
  });
}

const KINDS = [
  ["LruCache", (options: object) => new LruCache<unknown, unknown>({ clock, ...options })],
  ["Cache", (options: object) => new Cache<unknown, unknown>({ clock, ...options })],
] as const;

describe.each(KINDS)("the story of a key in %s", (_name, make) => {
  test("tells of an evicted key when it left, how old it was and how often it was read", () => {
    const cache = make({ maxCacheSize: 1 });
    follow(cache);
    cache.set("a", 1);
    cache.get("a");
    cache.get("a");
    clock.advance(40);
    cache.set("b", 2);
    const at = clock.wallNow();
    expect(stories.departureOf("a")).toEqual({
      serial: 1,
      key: "a",
      cause: "evicted",
      at,
      age: 40,
      reads: 2,
      times: 1,
      nth: 1,
      earlier: [],
      instead: "b",
      readBefore: 0,
    });
    expect(stories.departureOf("b")).toBeUndefined();
  });

  test("counts how often a key has left, and begins its reads anew", () => {
    const cache = make({ maxCacheSize: 1 });
    follow(cache);
    for (const key of ["a", "b", "a", "b"]) cache.set(key, 1).get(key);
    expect(stories.departureOf("a")).toMatchObject({ reads: 1, times: 2 });
    expect(stories.latest(9).map(({ key, times }) => [key, times])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });

  test("knows each cause, and takes no overwrite for a departure", () => {
    const cache = make({ maxCacheSize: 3, ttl: 100 });
    follow(cache);
    cache.set("old", 1);
    clock.advance(60);
    cache.set("old", 2);
    expect(stories.size).toBe(0);
    cache.set("deleted", 1).delete("deleted");
    clock.advance(200);
    cache.get("old");
    cache.set("x", 1).set("y", 1).clear();
    expect(stories.latest(9).map(({ key, cause, age }) => [key, cause, age])).toEqual([
      ["y", "cleared", 0],
      ["x", "cleared", 0],
      ["old", "expired", 100],
      ["deleted", "deleted", 0],
    ]);
    expect(stories.latest(9, "expired")).toHaveLength(1);
    expect([stories.left("cleared"), stories.left("evicted")]).toEqual([2, 0]);
  });

  test("takes a key whose newer value is too heavy for one that left", () => {
    const cache = make({ maxCacheSize: 9, maxWeight: 10 });
    follow(cache);
    cache.set("a", 1, { weight: 2 }).set("a", 2, { weight: 11 });
    expect(stories.departureOf("a")).toMatchObject({ cause: "replaced", reads: 0 });
    cache.set("b", 1, { weight: 11 });
    expect(stories.departureOf("b")).toBeUndefined();
  });

  test("says nothing of the age of what was there before", () => {
    const cache = make({ maxCacheSize: 1 });
    cache.set("a", 1).get("a");
    const [lives] = follow(cache);
    expect(lives!.lifeOf("a")).toEqual({ writtenAt: undefined, reads: 0, writes: 0, isRestored: false });
    cache.get("a");
    cache.set("b", 2);
    expect(stories.departureOf("a")).toMatchObject({ age: undefined, reads: 1 });
    expect(lives!.lifeOf("b")).toEqual({ writtenAt: clock.wallNow(), reads: 0, writes: 1, isRestored: false });
  });

  test("knows how a key left before, as far back as is remembered", () => {
    const cache = make({ maxCacheSize: 1 });
    follow(cache);
    for (let life = 1; life <= MAX_EARLIER + 3; life++) {
      cache.set("a", 1);
      for (let read = 0; read < life; read++) cache.get("a");
      clock.advance(10);
      cache.delete("a");
    }
    const { reads, times, earlier } = stories.departureOf("a")!;
    expect([reads, times]).toEqual([MAX_EARLIER + 3, MAX_EARLIER + 3]);
    expect(earlier.map((each) => each.reads)).toEqual([MAX_EARLIER + 2, MAX_EARLIER + 1, MAX_EARLIER]);
    // What is told of an earlier one ends with it.
    const at = clock.wallNow() - 10;
    expect(earlier[0]).toEqual({ cause: "deleted", at, age: 10, reads: MAX_EARLIER + 2 });
  });

  test("knows for which key each one made room, and blames none for a smaller bound", () => {
    const cache = make({ maxCacheSize: 4, maxWeight: 4 });
    follow(cache);
    for (const key of ["a", "b", "c", "d"]) cache.set(key, 1);
    cache.set("heavy", 1, { weight: 3 });
    const instead = (): unknown[] => ["a", "b", "c", "d"].map((key) => stories.departureOf(key)?.instead);
    expect(instead()).toEqual(["heavy", "heavy", "heavy", undefined]);
    cache.resize(1, 4);
    clock.advance(1);
    cache.set("e", 1);
    expect([stories.departureOf("d"), stories.departureOf("heavy")]).toMatchObject([
      { cause: "evicted", instead: undefined },
      { cause: "evicted", instead: "e" },
    ]);
  });

  test("names no very long key as the one that came instead", () => {
    const cache = make({ maxCacheSize: 1 });
    follow(cache);
    for (const key of ["a", "b".repeat(1_000), "c".repeat(1_001)]) cache.set(key, 1);
    expect(stories.departureOf("a")!.instead).toBe("b".repeat(1_000));
    expect(stories.departureOf("b".repeat(1_000))).toMatchObject({ cause: "evicted", instead: undefined });
  });

  test("counts the writes of an entry that is there, and knows when it was missed", () => {
    const cache = make({});
    const [lives] = follow(cache);
    cache.get("a");
    clock.advance(5);
    cache.get("a");
    expect(stories.missesOf("a")).toEqual([clock.wallNow() - 5, clock.wallNow()]);
    cache.set("a", 1).set("a", 2);
    clock.advance(5);
    cache.set("a", 3);
    expect(lives!.lifeOf("a")).toEqual({ writtenAt: clock.wallNow(), reads: 0, writes: 3, isRestored: false });
    cache.delete("a");
    cache.set("a", 1);
    expect(lives!.lifeOf("a").writes).toBe(1);
  });

  test("forgets the key that left longest ago beyond its bound, and keeps no object alive", () => {
    const cache = make({ maxCacheSize: 1 });
    follow(cache);
    const key = { id: 1 };
    cache.set(key, 1);
    for (let each = 0; each <= MAX_DEPARTED; each++) cache.set(each, 1);
    expect(stories.size).toBe(MAX_DEPARTED);
    expect(stories.departureOf(key)).toBeUndefined();
    cache.set(key, 1).delete(key);
    expect(stories.departureOf({ id: 1 })).toMatchObject({ key: '{"id":1}', cause: "deleted" });
  });
});

test("keeps a rare cause while a busy one is forgotten", () => {
  stories.depart("rare", "expired");
  for (let key = 0; key < 2 * MAX_DEPARTED; key++) stories.depart(key, "evicted");
  expect(stories.latest(9, "expired")).toMatchObject([{ key: "rare" }]);
  expect([stories.size, stories.left("evicted")]).toEqual([MAX_DEPARTED, 2 * MAX_DEPARTED]);
  expect(stories.latest(1)).toMatchObject([{ key: 2 * MAX_DEPARTED - 1 }]);
});

test("holds so many characters of keys at most, and counts those out that are forgotten", () => {
  const long = "x".repeat(MAX_TEXT / 10 - 5);
  for (let key = 0; key < 25; key++) stories.depart(`${long} ${key}`, "evicted");
  expect([stories.size, stories.departureOf(`${long} 14`)]).toEqual([10, undefined]);
  for (let key = 0; key < 30; key++) stories.depart(key, "deleted");
  expect(stories.size).toBe(40);
  stories.depart("y".repeat(MAX_TEXT + 1), "evicted");
  expect(stories.size).toBeLessThanOrEqual(30);
});

test("ignores a cause that it does not know, as of a newer copy of the engine", () => {
  stories.depart("a", "melted" as never);
  expect([stories.size, stories.departureOf("a")]).toEqual([0, undefined]);
});

test("follows each shard of a cache", () => {
  const cache = new Cache<unknown, unknown>({ maxCacheSize: 8, shardCount: 4, clock });
  const lives = follow(cache);
  for (let key = 0; key < 100; key++) cache.set(key, key).get(key);
  expect(stories.left("evicted")).toBe(100 - cache.size);
  expect([...cache.keys()].every((key) => lives.some((each) => each.lifeOf(key).reads === 1))).toBe(true);
});

describe("the keys behind misses", () => {
  test("are told by cause, those that missed most often first", () => {
    const cache = new LruCache<unknown, unknown>({ maxCacheSize: 2, ttl: 1_000, clock });
    follow(cache);
    const has = (key: unknown): boolean => cache.has(key);
    for (const key of ["a", "b", "c"]) cache.set(key, 1);
    for (const key of ["a", "a", "new", "never", "broken"]) cache.get(key);
    cache.set("new", 1);
    stories.fail("broken");
    const keys = (cause: Parameters<Stories["missedBy"]>[0]) =>
      stories.missedBy(cause, has).map(({ key, misses }) => [key, misses]);
    expect(keys("evicted")).toEqual([["a", 2]]);
    expect(keys("first")).toEqual([["new", 1]]);
    expect(keys("absent")).toEqual([["never", 1]]);
    expect(keys("failed")).toEqual([["broken", 1]]);
    expect(keys("expired")).toEqual([]);
    expect(stories.missedBy("evicted", has)[0]!.departure).toMatchObject({ cause: "evicted", times: 1 });
  });

  test("are fewer where keys are long", () => {
    const long = "x".repeat(MAX_TEXT / 10 - 5);
    const missed = (): unknown[] => stories.missedBy("absent", () => false).map(({ key }) => key);
    for (let key = 0; key < 10; key++) stories.miss(`${long} ${key}`);
    expect(missed()).toHaveLength(10);
    stories.miss(`${long} 10`);
    expect(missed()).toEqual([`${long} 10`]);
    for (let key = 0; key < 5; key++) stories.miss("short");
    expect(missed()).toEqual(["short", `${long} 10`]);
    for (let key = 0; key < MAX_MISSED; key++) stories.miss("short");
    expect(missed()).toEqual(["short"]);
    for (let key = 20; key < 29; key++) stories.miss(`${long} ${key}`);
    expect(missed()).toHaveLength(10);
  });

  test("are those of the last misses alone, and failures are bounded", () => {
    for (let key = 0; key < 3 * MAX_MISSED; key++) stories.miss(key);
    const keys = stories.missedBy("absent", () => false).map(({ key }) => key as number);
    expect(keys).toHaveLength(MAX_MISSED);
    expect(Math.min(...keys)).toBe(2 * MAX_MISSED);
    for (let key = 0; key < 3 * MAX_MISSED; key++) stories.fail(key);
    expect(stories.missedBy("failed", () => false).length).toBeLessThanOrEqual(500);
  });
});
