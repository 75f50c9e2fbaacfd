import { Cache } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { QueryClient } from "macho-cache/query";
import { type AccessRecord, record } from "macho-cache/simulate";
import { expect, test } from "vitest";
import { KeyHasher } from "../../src/core/hash.ts";
import { SEED } from "../../src/core/internal.ts";
import { Seed } from "../../src/core/lru/seed.ts";
import { KeyIds, standInOf } from "../../src/simulate/key-ids.ts";
import { ManualClock } from "../support/manual-clock.ts";

const seeded = { [SEED]: 77 };
const ids = new KeyIds(new Seed(77), 1);
const idsOf = (...keys: unknown[]): number[] => keys.map((key) => ids.of(key, 0));

test.each([
  ["Cache", (clock: ManualClock) => new Cache<string, number>({ clock })],
  ["LruCache", (clock: ManualClock) => new LruCache<string, number>({ clock })],
])("a record of %s has each operation, its key and its time", (_name, make) => {
  const clock = new ManualClock();
  const cache = make(clock);
  const recording = record(cache);
  cache.get("a");
  cache.set("a", 1);
  clock.advance(5);
  cache.get("a");
  cache.get("b");
  clock.advance(1);
  cache.set("b", 1, { ttl: 1_000 });
  cache.delete("b");
  cache.clear();
  clock.advance(4);
  const read = recording.read();
  const here = new KeyIds(new Seed(read.hashSeed), 1);
  expect(read).toEqual({
    version: 1,
    readAt: clock.wallNow(),
    options: { maxCacheSize: 100, ttl: 600_000, keepTtl: false, strategy: "lru", shardCount: 1 },
    hashSeed: expect.any(Number),
    sampleRate: 1,
    isComplete: true,
    lost: 0,
    entries: { keys: [], ages: [] },
    operations: "fhmsdc",
    keys: [...["a", "a", "b", "b", "b"].map((key) => here.of(key, 0)), 0],
    times: [0, 5, 5, 6, 6, 6],
    ttls: [0, 0, 0, 1_000, 0, 0],
    end: 10,
  });
});

test("a record is frozen plain data: it survives JSON and a message to a worker", () => {
  const cache = new Cache<number, number>({
    maxWeight: 100,
    maxCacheSize: Infinity,
    ttl: Infinity,
    clock: new ManualClock(),
  });
  cache.set(1, 1, { ttl: 50 }).set(2, 2, { weight: 7 });
  const recording = record(cache);
  cache.set(3, 3, { weight: 2, ttl: 10 }).set(4, 4).get(3);
  const read = recording.read();
  expect(JSON.parse(JSON.stringify(read))).toEqual(read);
  expect(structuredClone(read)).toEqual(read);
  expect(Object.values(read).every((value) => typeof value !== "object" || Object.isFrozen(value))).toBe(true);
  expect(read.entries).toEqual({ keys: read.entries!.keys, ages: [0, 0], ttls: [50, 0], weights: [1, 7] });
  expect([read.ttls, read.weights]).toEqual([
    [10, 0, 0],
    [2, 1, 1],
  ]);
});

test("it begins with what is there, in the order of the policy, until operations are lost", () => {
  const clock = new ManualClock();
  const cache = new LruCache<string, number>({ clock, ttl: 100 });
  cache.set("a", 1);
  clock.advance(30);
  cache.set("b", 1).set("c", 1).get("a");
  const recording = record(cache, { size: 4 });
  const before = recording.read();
  const here = new KeyIds(new Seed(before.hashSeed), 1);
  expect(before.entries).toEqual({ keys: ["b", "c", "a"].map((key) => here.of(key, 0)), ages: [0, 0, 30] });
  for (const key of ["a", "b", "c", "a", "x"]) cache.get(key);
  const after = recording.read();
  expect([after.entries, after.lost, after.operations, after.isComplete]).toEqual([undefined, 1, "hhhm", false]);
});

test("a ring that is full keeps what came last, with its own ttls", () => {
  const clock = new ManualClock();
  const cache = new Cache<number, number>({ clock });
  const recording = record(cache, { size: 3 });
  cache.set(1, 1, { ttl: 10 }).set(2, 2, { ttl: 20 }).set(3, 3, { ttl: Infinity }).set(4, 4);
  expect(recording.read().ttls).toEqual([20, -1, 0]);
  cache.get(4);
  expect(recording.read().ttls).toEqual([-1, 0, 0]);
});

test("times are right after a week without an operation, and after a day", () => {
  const clock = new ManualClock();
  const cache = new LruCache<string, number>({ clock, ttl: Infinity });
  const recording = record(cache);
  cache.get("a");
  clock.advance(86_400_000);
  cache.get("a");
  clock.advance(86_400_000 * 2);
  cache.get("a");
  expect(recording.read().times).toEqual([0, 86_400_000, 86_400_000 * 3]);
});

test("a heavy weight is kept, and one of 2^31 or more nearly so", () => {
  const cache = new LruCache<number, number>({ maxWeight: Number.MAX_SAFE_INTEGER });
  const recording = record(cache);
  cache
    .set(1, 1, { weight: 2 ** 31 - 1 })
    .set(2, 2, { weight: 0 })
    .set(3, 3, { weight: 2 ** 45 + 2 ** 23 });
  expect(recording.read().weights).toEqual([2 ** 31 - 1, 0, 2 ** 45 + 2 ** 23]);
});

test("records of one cache do not disturb each other, and end in any order", () => {
  const cache = new Cache<string, number>({ shardCount: 2, clock: new ManualClock() });
  const one = record(cache);
  cache.get("a");
  const other = record(cache);
  cache.set("a", 1);
  one.stop();
  cache.get("a");
  other.stop();
  one.stop();
  cache.get("a");
  const operations = [one, other].map((recording) => recording.read().operations);
  expect(operations).toEqual(["f", "sh"]);
  expect(cache.parts.stores.map(({ recorder }) => recorder)).toEqual([undefined, undefined]);
  expect(cache.flights.listeners.size).toBe(0);
});

test("after a resize a record begins anew, with what is there", () => {
  const cache = new LruCache<number, number>({ maxCacheSize: 4 });
  const recording = record(cache);
  for (let key = 0; key < 6; key++) cache.set(key, key);
  cache.resize(8);
  cache.set(6, 6);
  cache.get(6);
  const { operations, entries, options } = recording.read();
  expect([operations, entries!.keys.length, options.maxCacheSize]).toEqual(["h", 5, 8]);
  cache.resize(2);
  expect(recording.read().operations).toBe("");
  recording.stop();
  expect(cache.parts.stores[0]!.recorder).toBeUndefined();
});

test("a value that was refused leaves its slot to another key", () => {
  const cache = new Cache<number, number>({ maxWeight: 5, ...seeded });
  const recording = record(cache);
  cache.set(1, 1, { weight: 1 });
  cache.set(1, 1, { weight: 9 });
  cache.set(2, 2, { weight: 1 });
  cache.get(2);
  expect(recording.read().keys).toEqual(idsOf(1, 1, 2, 2));
});

test("a failed load is recorded, of getOrLoad and of a query", async () => {
  const fail = (): Promise<number> => Promise.reject(new Error("no answer"));
  const cache = new Cache<string, number>({ shardCount: 3 });
  const recording = record(cache);
  await cache.getOrLoad("a", fail).catch(() => undefined);
  const { operations, keys } = recording.read();
  expect([operations, new Set(keys).size]).toEqual(["mx", 1]);
  const client = new QueryClient();
  const ofClient = record(client.cache);
  await client.fetchQuery("todos", fail, { retry: 0 }).catch(() => undefined);
  await client.fetchQuery("todos", () => 1);
  await client.fetchQuery("todos", () => 1, { staleTime: Infinity });
  const query = ofClient.read();
  expect(query.operations).toMatch(/^mx(f|ms)h$/);
  expect(new Set(query.keys).size).toBe(1);
});

test("a share of the keys is recorded whole, in every shard", () => {
  const cache = new Cache<number, number>({ maxCacheSize: 4_000, shardCount: 4 });
  for (let key = 0; key < 2_000; key++) cache.set(key, key);
  const recording = record(cache, { sampleRate: 0.25 });
  for (let key = 0; key < 4_000; key++) cache.get(key);
  const { entries, keys, operations } = recording.read();
  const share = new Set(keys).size / 4_000;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.3);
  expect(operations.replaceAll(/[^h]/g, "").length).toBe(entries!.keys.length);
  const shards = new Set(keys.map((id) => (id >>> 30) & 3));
  expect(shards.size).toBe(4);
});

test.each([
  [8_192, 1],
  [8_193, 1 / 2],
  [100_000, 1 / 16],
])("of a cache of %d entries, %d of the keys are recorded", (maxCacheSize, rate) => {
  expect(record(new LruCache({ maxCacheSize })).read().sampleRate).toBe(rate);
});

test("what is no cache, and options that cannot be, are errors", () => {
  const cache = new LruCache();
  expect(() => record({} as LruCache)).toThrow("record needs a cache, got");
  expect(() => record(cache, { size: 0 })).toThrow("size must be an integer");
  expect(() => record(cache, { sampleRate: 2 })).toThrow("sampleRate must be a number above 0, up to 1");
});

test("a whole number stands for any key: it has the same hash", () => {
  const hasher = new KeyHasher(new Seed(-5));
  const of = new KeyIds(new Seed(-5), 1);
  for (const key of ["a", "todos:1", 12, null, undefined, -0, 1.5, Number.NaN, true, 10n, "ü".repeat(40)]) {
    const id = of.of(key, 0);
    hasher.hash(standInOf(id, -5));
    expect([key, hasher.first | 0]).toEqual([key, id]);
    hasher.hash(key);
    expect([key, hasher.first | 0]).toEqual([key, id]);
  }
});

test("objects and symbols are told apart, each in the shard where it is", () => {
  const cache = new Cache<unknown, number>({ shardCount: 7, maxCacheSize: 1_000 });
  const recording = record(cache);
  const keys = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? { index } : Symbol("same")));
  for (const key of keys) cache.set(key, 1);
  const read: AccessRecord = recording.read();
  expect(new Set(read.keys).size).toBe(200);
  const places = read.keys.map((id) => Math.floor((id >>> 0) * (7 / 2 ** 32)));
  expect(places).toEqual(keys.map((key) => cache.parts.stores.indexOf(cache.parts.storeOf(key))));
});

test("an answer that is not to be stored leaves a miss, and a delete only where it took an older value", async () => {
  const clock = new ManualClock();
  const cache = new Cache<string, number>({ clock });
  const recording = record(cache);
  const load = (): Promise<number> =>
    cache.getOrLoad(
      "a",
      (_, { setLifetime }) => {
        setLifetime({ isStorable: false });
        return 1;
      },
      { staleTime: 10, serveStale: false },
    );
  await load();
  await load();
  expect(recording.read().operations).toBe("mm");
  cache.set("a", 1);
  clock.advance(20);
  await load();
  expect(recording.read().operations).toBe("mfhd");
  expect(cache.has("a")).toBe(false);
});

test("a cache that its weight bounds is sampled by the entries that are there", () => {
  const options = { maxCacheSize: 100_000, maxWeight: 1_000_000 };
  expect(record(new LruCache(options)).read().sampleRate).toBe(1);
  const cache = new LruCache<number, number>(options);
  for (let key = 0; key < 16_384; key++) cache.set(key, key);
  expect(record(cache).read().sampleRate).toBe(0.25);
});

test("keys of any kind are recorded, long ones that miss again and again too", () => {
  const cache = new Cache<unknown, number>({ maxCacheSize: 50, ...seeded });
  const recording = record(cache);
  const keys = [null, undefined, true, 12n, Number.NaN, -0, "", "a".repeat(40), "b".repeat(40)];
  for (let turn = 0; turn < 3; turn++) for (const key of keys) cache.get(key);
  for (const key of keys) cache.set(key, 1).get(key);
  const read = recording.read();
  expect(new Set(read.keys).size).toBe(keys.length);
  expect(read.keys.slice(0, keys.length)).toEqual(idsOf(...keys));
  expect(read.keys.slice(keys.length, 2 * keys.length)).toEqual(idsOf(...keys));
  expect(read.operations).toBe("m".repeat(27) + "sh".repeat(9));
});
