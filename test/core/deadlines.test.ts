import { Cache, LruCache } from "macho-cache";
import { beforeEach, describe, expect, test } from "vitest";
import { expireNow, renewTtl } from "../../src/core/internal.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let heard: unknown[];
beforeEach(() => {
  clock = new ManualClock();
  heard = [];
});

type Any = Cache<string, number> | LruCache<string, number>;

const KINDS = [
  ["LruCache", (options: object): Any => new LruCache<string, number>({ clock, ...options })],
  ["Cache", (options: object): Any => new Cache<string, number>({ clock, ...options })],
] as const;

const storeOf = (cache: Any) => cache.parts.storeOf("a") as never;
const onRemoval = (key: string, _: unknown, cause: string): void => void heard.push([key, cause]);

describe.each(KINDS)("%s", (_name, make) => {
  test("lets one entry expire now, as expired, and counts no write", () => {
    const cache = make({ ttl: 1_000, onRemoval });
    cache.set("a", 1).set("b", 2);
    clock.advance(100);
    expect(expireNow(storeOf(cache), "a")).toBe(true);
    expect([cache.has("a"), cache.has("b"), cache.remainingTtl("b")]).toEqual([false, true, 900]);
    cache.purgeExpired();
    expect(heard).toEqual([["a", "expired"]]);
    expect(cache.metrics).toMatchObject({ sets: 2, size: 1, removals: { expired: 1, replaced: 0 } });
    expect(expireNow(storeOf(cache), "a")).toBe(false);
  });

  test("lets an entry expire where nothing could, and others stay for good", () => {
    const cache = make({ ttl: Infinity, onRemoval });
    for (let key = 0; key < 20; key++) cache.set(`key ${key}`, key);
    cache.set("a", 1);
    expireNow(storeOf(cache), "a");
    cache.purgeExpired();
    expect(heard).toEqual([["a", "expired"]]);
    cache.set("late", 1).set("short", 1, { ttl: 50 });
    clock.advance(1e9);
    expect([cache.size, cache.has("late"), cache.has("key 3"), cache.has("short")]).toEqual([21, true, true, false]);
    cache.set("a", 2);
    expect(cache.remainingTtl("a")).toBe(Infinity);
  });

  test("begins the ttl of one entry anew, its own or the cache's, and keeps its weight and its place", () => {
    const cache = make({ ttl: 1_000, maxCacheSize: 2, maxWeight: 10, onRemoval });
    cache.set("a", 1, { ttl: 300, weight: 3 }).set("b", 2);
    clock.advance(200);
    expect([renewTtl(storeOf(cache), "a"), renewTtl(storeOf(cache), "b")]).toEqual([200, 200]);
    expect([cache.remainingTtl("a"), cache.remainingTtl("b")]).toEqual([300, 1_000]);
    expect(cache.metrics).toMatchObject({ sets: 2, weight: 4, removals: { replaced: 0 } });
    cache.set("c", 3);
    expect(heard).toEqual([["a", "evicted"]]);
    expect(renewTtl(storeOf(cache), "a")).toBe(0);
  });

  test("leaves an entry alone that never expires", () => {
    const cache = make({ ttl: Infinity });
    cache.set("a", 1);
    expect(renewTtl(storeOf(cache), "a")).toBe(0);
    expect(cache.remainingTtl("a")).toBe(Infinity);
  });
});

test("a time to idle ends an entry all the same, and expires with it", () => {
  const cache = new Cache<string, number>({ ttl: 1_000, timeToIdle: 100, clock });
  cache.set("a", 1);
  clock.advance(60);
  expect([renewTtl(storeOf(cache), "a"), cache.remainingTtl("a")]).toEqual([0, 40]);
  expireNow(storeOf(cache), "a");
  expect(cache.has("a")).toBe(false);
});
