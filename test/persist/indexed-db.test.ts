import "fake-indexeddb/auto";
import type { Stamp, TierRecord } from "macho-cache/persist";
import { indexedDbTier } from "macho-cache/persist/indexed-db";
import { expect, test, vi } from "vitest";
import { idOf, prefixOf, prefixOfId } from "../../src/persist/tier-id.ts";
import { PATIENCE } from "../support/patience.ts";
import { tierRecord } from "../support/tier-record.ts";

const ADA = prefixOf("ada");
let count = 0;
/** A database of its own for each test. */
const fresh = (): string => `database ${count++}`;

/** Names that storages are known to mix up. */
const HOSTILE_KEYS = [
  "",
  " ",
  "a",
  "A",
  "a b",
  "a:b",
  "a/b",
  "a//b",
  "a?b",
  "a?c",
  "a#b",
  "a$",
  "{tag}",
  "{tag}b",
  "*",
  "..",
  "a%20b",
  "\0",
  "ü🙂",
  "\ud800",
  "\udfff",
  "__proto__",
  "x".repeat(500),
];

test("keeps entries of any key apart", async () => {
  const tier = indexedDbTier({ name: fresh() });
  const ids = HOSTILE_KEYS.map((key) => ADA + idOf(key));
  expect(new Set(ids).size).toBe(23);
  const changes = ids.map((id, at) => ({ id, n: [at, "a"] as const, record: tierRecord([at, "a"], HOSTILE_KEYS[at]) }));
  expect(await tier.write(changes, ADA)).toEqual([]);
  const found = (await tier.getMany(ids)) as TierRecord[];
  expect(found.map(({ d }) => d)).toEqual(HOSTILE_KEYS);
  expect(new Map(await tier.list(ADA)).size).toBe(23);
  for (const id of ids) await tier.delete(id);
  expect(await tier.getMany(ids)).toEqual(ids.map(() => undefined));
});

const cyclic: { self?: unknown; list: unknown[] } = { list: [1] };
cyclic.self = cyclic;
const VALUES: Record<string, unknown> = {
  "minus zero": -0,
  "not a number": Number.NaN,
  infinity: -Infinity,
  undefined: undefined,
  null: null,
  "a list with holes": [1, undefined, , 3], // oxlint-disable-line no-sparse-arrays -- It is a hole that must come back.
  "a date": new Date(0),
  "a date that is none": new Date(Number.NaN),
  "a map": new Map<unknown, unknown>([[{ a: 1 }, new Map([[1, new Set(["x"])]])]]),
  "a set": new Set([1, "1", Number.NaN]),
  "a big integer": 2n ** 70n,
  "typed arrays": [new Uint8Array([1, 255]), new Float64Array([-0, Number.NaN]), new ArrayBuffer(3)],
  "a regular expression": /a+/giu,
  "an error": new RangeError("too much"),
  "an own __proto__": JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}'),
  "half a pair": "\ud800",
  cyclic,
};

test.each(Object.entries(VALUES))("gives back %s as it was", async (_, value) => {
  const tier = indexedDbTier({ name: fresh() });
  await tier.set(`${ADA}a`, tierRecord([1, "a"], "", { d: value }));
  const found = (await tier.get(`${ADA}a`)) as TierRecord;
  expect(found.d).toStrictEqual(value);
  expect(Object.getPrototypeOf(Object(found.d))).toBe(Object.getPrototypeOf(Object(structuredClone(value))));
});

test("a value that cannot be copied leaves the others of its slice alone, and nothing of its own", async () => {
  const tier = indexedDbTier({ name: fresh() });
  await tier.set(`${ADA}b`, tierRecord([1, "a"], "old"));
  const thrower = {
    get bad(): never {
      throw new Error("A getter throws.");
    },
  };
  const values = ["fine", () => 1, thrower, "fine too", Symbol("none")];
  const changes = values.map((value, at) => ({
    id: ADA + "abcde"[at]!,
    n: [2, "a"] as const,
    record: tierRecord([2, "a"], value),
  }));
  expect(await tier.write(changes, ADA)).toEqual([`${ADA}b`, `${ADA}c`, `${ADA}e`]);
  const found = await tier.getMany(changes.map(({ id }) => id));
  expect(found.map((each) => (each as TierRecord | undefined)?.d)).toEqual([
    "fine",
    undefined,
    undefined,
    "fine too",
    undefined,
  ]);
  // An older write does not come back either.
  await tier.write([{ id: `${ADA}b`, n: [1, "b"], record: tierRecord([1, "b"]) }], ADA);
  expect(await tier.get(`${ADA}b`)).toBeUndefined();
});

test("a single set of such a value rejects, and what was there stays", async () => {
  const tier = indexedDbTier({ name: fresh() });
  await tier.set(`${ADA}a`, tierRecord([1, "a"], "old"));
  await expect(
    tier.set(
      `${ADA}a`,
      tierRecord([2, "a"], () => 1),
    ),
  ).rejects.toMatchObject({ name: "DataCloneError" });
  expect(await tier.get(`${ADA}a`)).toMatchObject({ d: "old" });
});

test("a slice with a stamp that cannot be ordered rejects, and none of it is there", async () => {
  const tier = indexedDbTier({ name: fresh() });
  const slice = [1, Number.NaN].map((at) => ({ id: ADA + at, n: [at, "a"] as Stamp, record: tierRecord([at, "a"]) }));
  await expect(tier.write(slice, ADA)).rejects.toMatchObject({ name: "DataError" });
  expect(await tier.list(ADA)).toEqual([]);
});

test("a mark outlives an older write that comes after it, and ends with a newer one", async () => {
  const tier = indexedDbTier({ name: fresh() });
  const id = `${ADA}a`;
  await tier.write([{ id, n: [5, "a"], isMark: true }], ADA);
  expect(await tier.get(id)).toBeUndefined();
  await tier.write([{ id, n: [4, "b"], record: tierRecord([4, "b"]) }], ADA);
  expect(await tier.get(id)).toMatchObject({ n: [4, "b"], i: 1 });
  expect(await tier.list(ADA)).toMatchObject([[id, { n: [4, "b"], i: 1 }]]);
  await tier.write([{ id, n: [6, "a"], record: tierRecord([6, "a"]) }], ADA);
  expect(await tier.get(id)).not.toHaveProperty("i");
});

test("lists ids by how they begin, in pages, and finds no more than there is", async () => {
  const tier = indexedDbTier({ name: fresh() });
  const ids = Array.from({ length: 2_500 }, (_, at) => `${ADA}${String(at).padStart(4, "0")}`);
  const slices = [ids.slice(0, 1_300), ids.slice(1_300), [`${prefixOf("bob")}a`]];
  for (const slice of slices) {
    await tier.write(
      slice.map((id) => ({ id, n: [1, "a"], record: tierRecord([1, "a"]) })),
      prefixOfId(slice[0]!),
    );
  }
  expect((await tier.list(ADA)).map(([id]) => id)).toEqual(ids);
  expect(await tier.list(`${ADA}12`)).toHaveLength(100);
  expect(await tier.list(prefixOf("ad"))).toEqual([]);
  await tier.clear(ADA, [2, "a"]);
  expect(await tier.list(ADA)).toEqual([]);
  expect(await tier.list(prefixOf("bob"))).toHaveLength(1);
});

test("finds ids among many others, and ids that are not there", async () => {
  const tier = indexedDbTier({ name: fresh() });
  const ids = Array.from({ length: 1_200 }, (_, at) => `${ADA}${String(at).padStart(4, "0")}`);
  const bob = ids.map((id) => id.replace(ADA, prefixOf("bob")));
  const records = [...ids, ...bob].map((id, at) => ({ id, n: [at, "a"] as const, record: tierRecord([at, "a"], id) }));
  await tier.write(records, ADA);
  await tier.write([{ id: ids[7]!, n: [5_000, "a"] }], ADA);
  await tier.write([{ id: ids[8]!, n: [5_000, "a"], isMark: true }], ADA);
  const near = ids.slice(0, 20);
  const far = ids.filter((_, at) => at % 100 === 7);
  const mixed = [...[...near].reverse(), `${ADA}none`, bob[3]!, ids[8]!, ids[8]!];
  for (const asked of [near, far, mixed, [...ids, ...bob], near.slice(0, 3), []]) {
    const found = (await tier.getMany(asked)) as (TierRecord | undefined)[];
    const isThere = (id: string): boolean => id !== ids[7] && id !== `${ADA}none`;
    expect(found.map((each) => each?.d)).toEqual(asked.map((id) => (isThere(id) ? id : undefined)));
    expect(found.map((each) => each?.i)).toEqual(asked.map((id) => (id === ids[8] ? 1 : undefined)));
  }
});

/** All keys of both stores. */
async function keysOf(name: string): Promise<unknown[]> {
  const request = indexedDB.open(name);
  await new Promise((resolve) => request.addEventListener("success", resolve));
  const { result: db } = request;
  const keys = ["meta", "data"].map(
    (store) =>
      new Promise<unknown[]>((resolve) => {
        const all = db.transaction(store).objectStore(store).getAllKeys();
        all.addEventListener("success", () => resolve(all.result));
      }),
  );
  const found = await Promise.all(keys);
  db.close();
  return found;
}

test("a write takes the place of those before it", async () => {
  const name = fresh();
  const tier = indexedDbTier({ name });
  const id = `${ADA}a`;
  for (let at = 1; at <= 5; at++) {
    await tier.write([{ id, n: [at, "a"], record: tierRecord([at, "a"]) }], ADA);
    await tier.write([{ id, n: [at + 0.5, "a"], isMark: true }], ADA);
    await tier.clear(prefixOf("bob"), [at, "a"]);
  }
  const rest = [`#${prefixOf("bob")}`, 5, "a"];
  const keys = [rest, [id, 5, "a"], [`${id}!`, 5.5, "a"]];
  expect(await keysOf(name)).toEqual([keys, keys]);
});

test("a list drops what says nothing any more after a minute, and keeps what may still be needed", async () => {
  const name = fresh();
  const tier = indexedDbTier({ name });
  const [gone, late, marked, unmarked, there] = ["a", "b", "c", "d", "e"].map((text) => ADA + text) as [
    string,
    string,
    string,
    string,
    string,
  ];
  await tier.write(
    [
      { id: gone, n: [1_000, "a"] },
      { id: late, n: [2_000, "a"], record: tierRecord([2_000, "a"]) },
      { id: marked, n: [1_000, "a"], record: tierRecord([1_000, "a"]) },
      { id: marked, n: [1_001, "a"], isMark: true },
      { id: unmarked, n: [1_000, "a"], isMark: true },
      { id: there, n: [1_000, "a"], record: tierRecord([1_000, "a"]) },
    ],
    ADA,
  );
  await tier.write([{ id: late, n: [1_000, "b"], record: tierRecord([1_000, "b"]) }], ADA);
  const before = await keysOf(name);
  await tier.list(ADA);
  // A minute by the stamps has not passed.
  await tier.get(gone);
  expect(await keysOf(name)).toEqual(before);
  await tier.write([{ id: there, n: [61_001.5, "a"], record: tierRecord([61_001.5, "a"]) }], ADA);
  expect(await tier.list(ADA)).toHaveLength(3);
  const keys = [
    [late, 2_000, "a"],
    [marked, 1_000, "a"],
    [`${marked}!`, 1_001, "a"],
    [there, 61_001.5, "a"],
  ];
  await vi.waitFor(async () => expect(await keysOf(name)).toEqual([keys, keys]), PATIENCE);
});
