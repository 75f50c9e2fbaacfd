import fc from "fast-check";
import type { Stamp, Tier, TierChange, TierMeta, TierRecord } from "macho-cache/persist";
import { afterEach, describe, expect, test } from "vitest";
import { idOf, prefixOf } from "../../src/persist/tier-id.ts";
import { saySame } from "../support/same-value.ts";
import { HOSTILE_KEYS } from "./hostile-keys.ts";
import { clear, TierModel, writeTo } from "./tier-model.ts";
import { recordFor, WALL } from "./tier-records.ts";

/** A tier over a storage that holds nothing of ours. */
export interface Opened {
  readonly tier: Tier;
  /** The storage itself: texts by names. */
  readonly raw: { get(name: string): unknown; set(name: string, text: string): unknown };
  close?(): unknown;
}

export interface TierTraits {
  /** Whether what is older than what is there comes too late. */
  readonly compares?: boolean;
  /** How often the model is compared. */
  readonly numRuns?: number;
}

const PREFIX = prefixOf("user:1");
const OTHER = prefixOf("user:10");

/** Everything that a value may be. */
const VALUES: readonly (readonly [what: string, value: unknown])[] = [
  ["null", null],
  ["undefined", undefined],
  ["false, 0 and an empty text", [false, 0, ""]],
  ["numbers that JSON has no word for", [NaN, Infinity, -Infinity, -0]],
  ["bigints", [1n, -(2n ** 70n)]],
  ["Dates, Maps and Sets", [new Date(0), new Map([[{ a: 1 }, new Set([undefined])]])]],
  ["holes", [, 1, ,]], // oxlint-disable-line no-sparse-arrays
  ["an own __proto__", JSON.parse('{"__proto__":{"a":1}}')],
  ["texts that look like something else", ["123", "true", "null", '"a"', '{"a":1}', "[1]", "\n", "\ud800", "\0"]],
  ["bytes", new Uint8Array([0, 128, 255])],
  ["a megabyte", "é".repeat(500_000)],
];

/** @returns the tests of what every tier of text promises */
export function promisesOf(what: string, open: () => Opened | Promise<Opened>, traits: TierTraits = {}): void {
  describe(`${what}, as every tier,`, () => {
    let opened: Opened | undefined;
    const begin = async (): Promise<Opened> => (opened = await open());
    afterEach(async () => {
      await opened?.close?.();
      opened = undefined;
    });

    test("keeps apart what has hostile keys", async () => {
      const { tier } = await begin();
      const ids = [PREFIX, OTHER].flatMap((prefix) => HOSTILE_KEYS.map((key) => prefix + idOf(key)));
      expect(new Set(ids).size).toBe(2 * HOSTILE_KEYS.length);
      for (const id of ids) await tier.set(id, recordFor(id));
      for (const id of ids) expect(await tier.get(id)).toEqual(recordFor(id));
      if (tier.list)
        expect((await tier.list(PREFIX)).map(([id]) => id).sort()).toEqual(ids.slice(0, ids.length / 2).sort());
      for (const id of ids) {
        await tier.delete(id);
        expect((await tier.get(id)) ?? undefined).toBeUndefined();
      }
    });

    test("keeps every key of a record", async () => {
      const { tier } = await begin();
      for (const [at, key] of HOSTILE_KEYS.entries()) await tier.set(`${PREFIX}${at}`, recordFor([key, { at }]));
      for (const [at, key] of HOSTILE_KEYS.entries()) {
        expect(await tier.get(`${PREFIX}${at}`)).toEqual(recordFor([key, { at }]));
      }
    });

    test.each(VALUES)("keeps %s", async (_, data) => {
      const { tier } = await begin();
      const record = { ...recordFor("key", { tags: ["a\n", ""], staleTime: Infinity }), d: data };
      await tier.set(`${PREFIX}id`, record);
      const { d, ...rest } = (await tier.get(`${PREFIX}id`)) as TierRecord;
      expect(saySame(d, data)).toBe(true);
      expect({ ...rest, d: data }).toEqual(record);
    });

    test("has nothing of what was never written", async () => {
      const { tier } = await begin();
      expect((await tier.get(`${PREFIX}id`)) ?? undefined).toBeUndefined();
      await tier.delete(`${PREFIX}id`);
      expect((await tier.list?.(PREFIX)) ?? []).toEqual([]);
    });

    test("reads several in their order", async () => {
      const { tier } = await begin();
      if (!tier.getMany) return;
      await tier.set(`${PREFIX}b`, recordFor("b"));
      await tier.set(`${PREFIX}c`, recordFor("c"));
      const found = await tier.getMany(["c", "a", "b"].map((id) => PREFIX + id));
      expect(found.map((record) => record ?? undefined)).toEqual([recordFor("c"), undefined, recordFor("b")]);
      expect(await tier.getMany([])).toEqual([]);
    });

    test("refuses a value that no text keeps, and nothing else of the slice", async () => {
      const { tier } = await begin();
      await tier.set(`${PREFIX}b`, recordFor("b"));
      const refused = { ...recordFor("b"), d: () => 1 };
      await expect((async () => tier.set(`${PREFIX}b`, refused))()).rejects.toMatchObject({ code: "invalid-argument" });
      if (!tier.write) return;
      const records = [recordFor("a"), refused, recordFor("c")];
      const changes = ["a", "b", "c"].map((id, at) => ({ id: PREFIX + id, n: recordFor(0).n, record: records[at] }));
      expect(await tier.write(changes, PREFIX)).toEqual([`${PREFIX}b`]);
      // What was there before is not true any more.
      const found = await Promise.all(changes.map(async ({ id }) => (await tier.get(id)) ?? undefined));
      expect(found).toEqual([recordFor("a"), undefined, recordFor("c")]);
    });

    test("gives what is damaged as it is, and says that it has expired", async () => {
      const { tier, raw } = await begin();
      await tier.set(`${PREFIX}id`, recordFor("key"));
      const text = String(await raw.get(`${PREFIX}id`)).slice(0, -9);
      await raw.set(`${PREFIX}id`, text);
      expect(await tier.get(`${PREFIX}id`)).toBe(text);
      await raw.set(`${PREFIX}id`, text.slice(0, 20));
      expect(await tier.list?.(PREFIX)).toMatchObject(tier.list ? [[`${PREFIX}id`, { x: 0 }]] : {});
    });

    test("never touches what is not ours", async () => {
      const { tier, raw } = await begin();
      const names = ["foreign", "macho", "macho.", "machos", `x${PREFIX}id`, "__proto__"];
      for (const each of names) await raw.set(each, `of ${each}`);
      await tier.set(`${PREFIX}id`, recordFor("key"));
      await tier.set(`${OTHER}id`, recordFor("key"));
      if (tier.list) expect((await tier.list(PREFIX)).map(([id]) => id)).toEqual([`${PREFIX}id`]);
      await clear(tier, PREFIX, [WALL + 1, "a"]);
      expect((await tier.get(`${PREFIX}id`)) ?? undefined).toBeUndefined();
      expect(await tier.get(`${OTHER}id`)).toEqual(recordFor("key"));
      for (const each of names) expect(await raw.get(each)).toBe(`of ${each}`);
    });

    test("does what a slow and obvious tier does", async () => {
      const id = fc.constantFrom(`${PREFIX}a`, `${PREFIX}b`, `${OTHER}a`, PREFIX);
      const stamp: fc.Arbitrary<Stamp> = fc.tuple(
        fc.nat(6).map((ms) => WALL + ms),
        fc.constantFrom("a", "b"),
      );
      const change = fc
        .tuple(id, stamp, fc.constantFrom("write", "write", "remove", "mark"), fc.string())
        .map(([on, n, does, data]): TierChange => {
          if (does === "write") return { id: on, n, record: recordFor(on, { n, data }) };
          return does === "mark" ? { id: on, n, isMark: true } : { id: on, n };
        });
      const fence = fc.constantFrom(PREFIX, OTHER);
      const step = fc.oneof(
        { weight: 5, arbitrary: fc.uniqueArray(change, { selector: ({ id: on }) => on, minLength: 1, maxLength: 4 }) },
        { weight: 1, arbitrary: fc.tuple(fence, stamp).map(([prefix, n]) => ({ prefix, n })) },
      );
      const property = fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
        await opened?.close?.();
        const { tier } = await begin();
        const model = new TierModel(traits.compares === true);
        for (const each of steps) {
          if (!Array.isArray(each)) {
            model.clear(each.prefix, each.n);
            await clear(tier, each.prefix, each.n);
          } else await writeBoth(tier, model, each);
          await expectSame(tier, model);
        }
      });
      await fc.assert(property, { numRuns: traits.numRuns ?? 200 });
    });
  });
}

async function writeBoth(tier: Tier, model: TierModel, changes: readonly TierChange[]): Promise<void> {
  for (const prefix of [PREFIX, OTHER]) {
    const own = changes.filter(({ id }) => id.startsWith(prefix));
    if (own.length === 0) continue;
    model.write(own, prefix);
    expect(await writeTo(tier, own, prefix)).toEqual([]);
  }
}

async function expectSame(tier: Tier, model: TierModel): Promise<void> {
  for (const id of [`${PREFIX}a`, `${PREFIX}b`, `${OTHER}a`, PREFIX]) {
    expect((await tier.get(id)) ?? undefined).toEqual(model.records.get(id));
  }
  if (!tier.list) return;
  for (const prefix of [PREFIX, OTHER]) {
    const listed = [...(await tier.list(prefix))].sort(([one], [other]) => (one < other ? -1 : 1));
    const expected = [...model.records]
      .filter(([id]) => id.startsWith(prefix))
      .sort(([one], [other]) => (one < other ? -1 : 1));
    expect(listed.map(([id, meta]) => [id, plain(meta)])).toEqual(expected.map(([id, meta]) => [id, plain(meta)]));
  }
}

const plain = ({ n, x, z, b, i }: TierMeta): TierMeta => ({ n, x, z, b, ...(i && { i }) });
