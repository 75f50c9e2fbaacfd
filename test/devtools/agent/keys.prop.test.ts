import fc from "fast-check";
import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { keys, type KeyRow, type KeysRequest } from "../../../src/devtools/agent/keys.ts";
import { record } from "../../../src/devtools/recording.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";

/** All parts of a list, one after the other; `between` runs after each part. */
async function all(target: DevtoolsTarget, request: KeysRequest, between?: () => void): Promise<KeyRow[]> {
  const rows: KeyRow[] = [];
  let matched = 0;
  for (let cursor: KeysRequest["cursor"] | null = [0, 0]; cursor;) {
    const part = await keys(target, { ...request, cursor });
    rows.push(...part.rows);
    matched += part.matched;
    cursor = part.cursor;
    between?.();
  }
  if (!between) expect(matched).toBe(rows.length);
  return rows;
}

const names = (rows: readonly KeyRow[]): string[] => rows.map(({ key }) => key);

const writes = fc.array(
  fc.record({ key: fc.nat(60), what: fc.constantFrom("set" as const, "set" as const, "delete" as const) }),
  { maxLength: 150, size: "max" },
);
const limits = fc.integer({ min: 1, max: 20 });

function apply(cache: Cache<string, number>, { key, what }: { key: number; what: "set" | "delete" }): void {
  if (what === "set") cache.set(`key ${key}`, key);
  else cache.delete(`key ${key}`);
}

describe("a list of keys", () => {
  test("has each entry once, whatever the size of its parts, the shards, and what came and went before", async () => {
    await fc.assert(
      fc.asyncProperty(writes, limits, fc.constantFrom(1, 3), async (todo, limit, shardCount) => {
        const cache = new Cache<string, number>({ shardCount, maxCacheSize: 40 });
        for (const each of todo) apply(cache, each);
        const expected = [...cache.keys()].sort();
        expect(names(await all(cache, { limit })).sort()).toEqual(expected);
        const even = expected.filter((key) => key.includes("2"));
        expect(names(await all(cache, { limit, filter: "2" })).sort()).toEqual(even);
        expect((await keys(cache, { limit: 0, filter: "2" })).matched).toBe(even.length);
      }),
    );
  });

  test("meets what stays from the first part to the last exactly once, while others come and go", async () => {
    await fc.assert(
      fc.asyncProperty(writes, writes, limits, async (before, meanwhile, limit) => {
        const cache = new Cache<string, number>({ maxCacheSize: Infinity, maxWeight: 1e6, weigher: () => 1 });
        for (const each of before) apply(cache, each);
        const gone = new Set(meanwhile.map(({ key }) => `key ${key}`));
        const staying = [...cache.keys()].filter((key) => !gone.has(key));
        const left = meanwhile[Symbol.iterator]();
        const seen = names(
          await all(cache, { limit }, () => {
            for (let count = 0; count < 3; count++) {
              const { value, done } = left.next();
              if (!done) apply(cache, value);
            }
          }),
        );
        expect(seen.filter((key) => !gone.has(key)).sort()).toEqual(staying.sort());
      }),
    );
  });

  test("begins with the first ones of its order where it is sorted", async () => {
    await fc.assert(
      fc.asyncProperty(writes, limits, fc.boolean(), async (todo, limit, isReversed) => {
        const cache = new Cache<string, number>();
        for (const each of todo) apply(cache, each);
        const sorted = [...cache.keys()].sort();
        const { rows, isDescending } = await keys(cache, { sort: "key", limit, isReversed });
        expect(names(rows)).toEqual((isReversed ? sorted.reverse() : sorted).slice(0, limit));
        expect(isDescending).toBe(isReversed);
        expect(rows.every(({ key, rank }) => key === rank)).toBe(true);
      }),
    );
  });

  test("has the order of eviction", async () => {
    const cache = new Cache<string, number>({ maxCacheSize: 3 });
    cache.set("a", 1).set("b", 1).set("c", 1).get("a");
    expect(names(await all(cache, { sort: "next", limit: 1 }))).toEqual(["b", "c", "a"]);
    const random = new Cache({ strategy: "random" });
    await expect(keys(random, { sort: "next" })).rejects.toThrow("The order of eviction is not known");
  });

  test("has what is known of an entry, and nothing else", async () => {
    const cache = new Cache<string, unknown>({ ttl: 60_000, maxWeight: 100, weigher: () => 7, shardCount: 2 });
    const stop = record(cache);
    cache.set("a", "text").get("a");
    cache.pin("a");
    const [row] = await all(cache, {});
    expect(row).toMatchObject({
      key: "a",
      type: "string",
      status: "stored",
      reads: 1,
      weight: 7,
      pins: 1,
      ttl: 60_000,
    });
    expect(row!.ttlLeft).toBeGreaterThan(50_000);
    expect(row!.size).toBeGreaterThan(0);
    stop();
    const [plain] = await all(new Cache({ ttl: Infinity }).set(1, 2), {});
    expect(Object.keys(plain!).sort()).toEqual(["age", "key", "size", "status", "ttl", "ttlLeft", "type"]);
    expect(plain).toMatchObject({ type: "number", ttlLeft: Infinity });
  });

  test("has the queries of a client, stored or not", async () => {
    const client = new QueryClient();
    client.setQueryData(["todos", 1], "x");
    client.setQueryData("plain", "y");
    let end!: () => void;
    const load = client.fetchQuery(["slow"], () => new Promise<string>((resolve) => (end = () => resolve("z"))));
    const rows = await all(client, { limit: 1 });
    expect(rows.map(({ key, status }) => [key, status])).toEqual([
      ['["todos",1]', "fresh"],
      ["plain", "fresh"],
      ['["slow"]', "fetching"],
    ]);
    expect(rows[2]).not.toHaveProperty("ttlLeft");
    expect(names(await all(client, { filter: "status:fetching" }))).toEqual(['["slow"]']);
    end();
    await load;
  });

  test("has those that left, the latest first, without those that came back", async () => {
    const cache = new Cache<string, number>({ maxCacheSize: 2 });
    expect(await keys(cache, { departed: true })).toMatchObject({ rows: [], isNewRecord: true });
    for (const key of ["a", "b", "c", "d", "a"]) cache.set(key, 1);
    cache.delete("d");
    const rows = (await keys(cache, { departed: true })).rows;
    expect(rows.map(({ key, left }) => [key, left?.cause])).toEqual([
      ["d", "deleted"],
      ["c", "evicted"],
      ["b", "evicted"],
    ]);
    expect(names((await keys(cache, { filter: "left:evicted" })).rows)).toEqual(["c", "b"]);
    expect(names((await keys(cache, { departed: true, sort: "key", limit: 2 })).rows)).toEqual(["b", "c"]);
  });

  test("cuts a key that is very long", async () => {
    const [row] = await all(new Cache().set("x".repeat(5_000), 1), {});
    expect(row).toMatchObject({ isCut: true });
    expect(row!.key).toMatch(/^x{2000}…$/);
  });

  test("is refused for what cannot be understood", async () => {
    const cache = new Cache();
    await expect(keys(cache, { filter: "ttl<10" })).rejects.toThrow("ttl<10: a time has a unit");
    await expect(keys(cache, { sort: "constructor" })).rejects.toThrow(/sorted by key, .*got constructor/);
    await expect(keys(cache, { limit: 1_001 })).rejects.toThrow("from 0 to 1000 keys, got 1001");
    await expect(keys(cache, { cursor: ["a", 1] as never })).rejects.toThrow("none of this cache");
  });
});
