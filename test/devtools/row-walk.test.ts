import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { createEntrySource, type EntryRow } from "../../src/devtools/entry-source.ts";
import { type EntriesView, INITIAL_VIEW } from "../../src/devtools/panel/entries-view.ts";
import type { RowGroup } from "../../src/devtools/panel/row-groups.ts";
import { MAX_ROWS, type RowList, RowWalk } from "../../src/devtools/panel/row-walk.ts";
import { Recording } from "../../src/devtools/recording.ts";
import { FakeEntries, ManualTime } from "./fake-source.ts";

const VIEW: EntriesView = { ...INITIAL_VIEW, areOpen: true };
const FLAT: EntriesView = { ...VIEW, grouping: "none" };
const sourceOf = (many: number): FakeEntries => new FakeEntries(many);
const never = (): boolean => false;
const rowsOf = ({ groups }: RowList): EntryRow[] => groups.flatMap(({ rows }) => rows);
const labels = ({ rows }: RowGroup): string[] => rows.map(({ label }) => label);

describe("a walk", () => {
  test("gives all rows of a small cache in one go", () => {
    const walk = new RowWalk(sourceOf(3), FLAT);
    walk.run(() => true);
    expect(walk.isDone).toBe(true);
    expect(walk.list).toMatchObject({ matched: 3, total: 3 });
    expect(rowsOf(walk.list).map(({ label }) => label)).toEqual(["key 0", "key 1", "key 2"]);
  });

  test.each([VIEW, FLAT, { ...VIEW, filter: "key" }])(
    "stops when it is enough for now, and goes on from there",
    (view) => {
      const source = sourceOf(1_000);
      const walk = new RowWalk(source, view);
      let slices = 0;
      for (; !walk.isDone; slices++) {
        const before = source.walked;
        walk.run(() => true);
        expect(source.walked - before).toBeLessThan(view.filter === "" ? 100 : 2);
      }
      expect(slices).toBeGreaterThan(10);
      expect(rowsOf(walk.list)).toHaveLength(1_000);
    },
  );

  test("goes no further than it shows while every key matches, and still tells how many there are", () => {
    const source = sourceOf(MAX_ROWS + 5_000);
    const walk = new RowWalk(source, FLAT);
    walk.run(never);
    expect(walk.list).toMatchObject({ matched: MAX_ROWS + 5_000, total: MAX_ROWS + 5_000, isCut: true });
    expect(rowsOf(walk.list)).toHaveLength(MAX_ROWS);
    expect(source.walked).toBeLessThanOrEqual(MAX_ROWS + 1);
  });

  test("counts all keys of a group, also those that it has no room for", () => {
    const walk = new RowWalk(sourceOf(MAX_ROWS + 5_000), VIEW);
    walk.run(never);
    expect(walk.list.isCut).toBe(true);
    expect(walk.list.groups.map(({ label, entries, rows }) => [label, entries, rows.length])).toEqual([
      ["key ", MAX_ROWS + 5_000, MAX_ROWS],
    ]);
  });

  test("finds by the filter what lies behind the rows that would be shown", () => {
    const walk = new RowWalk(sourceOf(MAX_ROWS + 5_000), { ...VIEW, filter: `KEY ${MAX_ROWS + 4_999}` });
    walk.run(never);
    expect(walk.list).toMatchObject({ matched: 1, total: MAX_ROWS + 5_000, isCut: false });
    expect(rowsOf(walk.list).map(({ order }) => order)).toEqual([MAX_ROWS + 4_999]);
  });
});

/** Two kinds of keys in a cache of three that is recorded, and what of them left. */
function recorded() {
  const time = new ManualTime();
  const clock = { now: () => time.time - 1_000_000, wallNow: () => time.time, schedule: () => () => undefined };
  const cache = new Cache<string, unknown>({ maxCacheSize: 3, ttl: 1_000, clock });
  const recording = new Recording(cache, time);
  recording.start();
  cache.get("film:1");
  cache.set("film:1", { title: "Heat" });
  cache.get("film:1");
  cache.get("film:1");
  cache.set("film:2", { title: "Ran" });
  cache.set("user:1", { name: "Ada" });
  cache.set("user:2", { name: "Max" });
  cache.delete("user:2");
  const source = createEntrySource(cache, recording);
  const walk = (part: Partial<EntriesView>): RowList => {
    const done = new RowWalk(source, { ...VIEW, ...part }, recording.stories);
    done.run(never);
    return done.list;
  };
  return { cache, walk, time };
}

describe("groups", () => {
  test("add up entries, reads, misses, evictions and departed keys", () => {
    const { walk } = recorded();
    const [film, user] = walk({}).groups;
    // film:1 was evicted, after it was read twice and asked for once in vain.
    expect(film).toMatchObject({ label: "film:", entries: 1, left: 1, reads: 2, misses: 1, evictions: 1 });
    expect(user).toMatchObject({ label: "user:", entries: 1, left: 1, reads: 0, misses: 0, evictions: 0 });
    expect(film!.bytes).toBeGreaterThan(20);
    expect(film!.bytes).toBeLessThan(1_000);
  });

  test("go on counting a key that came back, and do not tell it as departed", () => {
    const { cache, walk } = recorded();
    cache.set("film:1", "again");
    cache.get("film:1");
    const film = walk({}).groups.find(({ label }) => label === "film:");
    expect(film).toMatchObject({ reads: 3, misses: 1 });
    expect(walk({}).statuses.get("left")).toBe(1);
    expect(rowsOf(walk({ showsLeft: true })).filter(({ id }) => id === "film:1")).toHaveLength(1);
  });

  test("hold departed keys where they are wanted: by the chip, and by a word alone", () => {
    const { walk } = recorded();
    expect(walk({}).groups.map(labels)).toEqual([["film:2"], ["user:1"]]);
    expect(walk({ showsLeft: true }).groups.map(labels)).toEqual([
      ["film:2", "film:1"],
      ["user:1", "user:2"],
    ]);
    const evicted = walk({ filter: "left:evicted" });
    expect(evicted).toMatchObject({ matched: 1 });
    expect(evicted.groups.map(labels)).toEqual([["film:1"]]);
    expect(rowsOf(evicted)[0]).toMatchObject({ status: "left", reads: 2, departure: { cause: "evicted" } });
  });

  test("hold no rows while they are closed, and those that a filter found all the same", () => {
    const { walk } = recorded();
    expect(walk({ areOpen: false }).groups.map(labels)).toEqual([[], []]);
    expect(walk({ areOpen: false, opened: new Set(["user:"]) }).groups.map(labels)).toEqual([[], ["user:1"]]);
    expect(walk({ areOpen: true, opened: new Set(["user:"]) }).groups.map(labels)).toEqual([["film:2"], []]);
    expect(walk({ areOpen: false, filter: "ada" }).groups.map(labels)).toEqual([["user:1"]]);
  });

  test("of a client are made by tag and by status as well", () => {
    const client = new QueryClient();
    client.setQueryData(["film", 1], 1, { tags: ["film", "new"] });
    client.setQueryData(["film", 2], 2, { tags: ["film"] });
    client.setQueryData("plain", 3);
    const walk = (part: Partial<EntriesView>): (readonly [string, string[]])[] => {
      const done = new RowWalk(createEntrySource(client), { ...VIEW, ...part });
      done.run(never);
      return done.list.groups.map((group) => [group.label, labels(group)] as const);
    };
    expect(walk({ grouping: "tag" })).toEqual([
      ["film", ['["film",1]', '["film",2]']],
      ["new", ['["film",1]']],
      ["no tag", ["plain"]],
    ]);
    void client.invalidateQueries({ queryKey: ["film", 2] });
    expect(walk({ grouping: "status" })).toContainEqual(["stale", expect.arrayContaining(['["film",2]'])]);
    expect(walk({ grouping: "none", filter: "tag:new" })).toEqual([["", ['["film",1]']]]);
    client.dispose();
  });

  test("share the room: a large one leaves some for those that come later", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 30_000 });
    for (let index = 0; index < 15_000; index++) cache.set(`large:${index}`, index);
    for (let index = 0; index < 400; index++) cache.set(`small:${index}`, index);
    const walk = new RowWalk(createEntrySource(cache), VIEW);
    walk.run(never);
    const [large, small] = walk.list.groups;
    expect([large!.entries, small!.entries, small!.rows.length]).toEqual([15_000, 400, 400]);
    expect(rowsOf(walk.list).length).toBeLessThanOrEqual(MAX_ROWS);
    expect(walk.list.isCut).toBe(true);
  });

  test("are bounded: what comes after many is one more", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 5_000 });
    for (let index = 0; index < 3_000; index++) cache.set(`g${"x".repeat(index % 50)}y${index}:1`, index);
    const walk = new RowWalk(createEntrySource(cache), VIEW);
    walk.run(never);
    expect(walk.list.groups.length).toBeLessThan(600);
    expect(walk.list.groups.reduce((sum, { entries }) => sum + entries, 0)).toBe(3_000);
    expect(walk.list.groups.at(-1)).toMatchObject({ label: "others" });
  });
});

describe("next to go", () => {
  test("is the order in which entries are evicted, and reading it changes nothing", () => {
    for (const strategy of ["lru", "fifo", "lfu", "sieve"] as const) {
      const evicted: string[] = [];
      const onRemoval = (key: string, _: unknown, cause: string): void =>
        void (cause === "evicted" && evicted.push(key));
      const cache = new Cache<string, number>({ maxCacheSize: 6, strategy, onRemoval });
      for (const key of ["a", "b", "c", "d", "e", "f"]) cache.set(key, 1);
      for (const key of ["a", "a", "c", "e", "e", "e"]) cache.get(key);
      const source = createEntrySource(cache);
      expect(source.hasOrder).toBe(true);
      const order = [...source.rows(true)].map(({ label }) => label);
      expect([...source.rows(true)].map(({ label }) => label)).toEqual(order);
      cache.resize(1);
      expect([strategy, ...evicted]).toEqual([strategy, ...order.slice(0, 5)]);
    }
  });

  test("puts what is pinned last, is not told by a policy that draws lots, nor of very many entries", () => {
    const cache = new Cache<string, number>({ maxCacheSize: 3 });
    for (const key of ["a", "b", "c"]) cache.set(key, 1);
    cache.pin("a");
    const source = createEntrySource(cache);
    expect([...source.rows(true)].map(({ label, pins }) => [label, pins])).toEqual([
      ["b", undefined],
      ["c", undefined],
      ["a", 1],
    ]);
    expect(createEntrySource(new Cache({ strategy: "random" })).hasOrder).toBe(false);
    const large = new Cache<number, number>({ maxCacheSize: 50_000 });
    for (let index = 0; index < 20_001; index++) large.set(index, index);
    expect(createEntrySource(large).hasOrder).toBe(false);
  });

  test("of a client has what is not stored at the end", () => {
    const client = new QueryClient();
    client.setQueryData("a", 1);
    client.setQueryData("b", 1);
    client.getQueryData("a");
    client.observe("pending", () => 1, { enabled: false }).subscribe(() => undefined);
    const labelsInOrder = [...createEntrySource(client).rows(true)].map(({ label }) => label);
    expect(labelsInOrder).toEqual(["b", "a", "pending"]);
    client.dispose();
  });
});

test("a row tells of age, weight, shard, ttl and reads what the cache and its record know", () => {
  const time = new ManualTime();
  const clock = { now: () => time.time - 1_000_000, wallNow: () => time.time, schedule: () => () => undefined };
  const cache = new Cache<string, number>({ maxCacheSize: 10, maxWeight: 100, weigher: Number, shardCount: 2, clock });
  const recording = new Recording(cache, time);
  recording.start();
  cache.set("a", 7, { ttl: 5_000 });
  time.advance(2_000);
  cache.get("a");
  const row = createEntrySource(cache, recording).row("a")!;
  expect(row).toMatchObject({ weight: 7, ttl: 5_000, ttlLeft: 3_000, reads: 1, updatedAt: time.time - 2_000 });
  expect([0, 1]).toContain(row.shard);
  expect(createEntrySource(new Cache()).row("a")).toBeUndefined();
});
