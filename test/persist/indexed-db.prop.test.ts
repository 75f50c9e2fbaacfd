import "fake-indexeddb/auto";
import fc from "fast-check";
import type { Stamp, TierChange, TierRecord } from "macho-cache/persist";
import { type IndexedDbTier, indexedDbTier } from "macho-cache/persist/indexed-db";
import { expect, test } from "vitest";
import { isLater } from "../../src/persist/stamp.ts";
import { idOf, prefixOf, prefixOfId } from "../../src/persist/tier-id.ts";
import { tierRecord } from "../support/tier-record.ts";

/** What a tier promises, slow and obvious. */
class TierModel {
  #newest = new Map<string, { n: Stamp; record: TierRecord | undefined }>();
  #marks = new Map<string, Stamp>();
  #clears = new Map<string, Stamp>();

  write({ id, n, record, isMark }: TierChange): void {
    if (isMark) return raise(this.#marks, id, n);
    const top = this.#newest.get(id);
    if (!top || isLater(n, top.n)) this.#newest.set(id, { n, record });
  }

  delete(id: string): void {
    this.#newest.delete(id);
    this.#marks.delete(id);
  }

  clear(prefix: string, n: Stamp): void {
    for (const id of [...this.#newest.keys(), ...this.#marks.keys()]) if (id.startsWith(prefix)) this.delete(id);
    raise(this.#clears, prefix, n);
  }

  get(id: string): TierRecord | undefined {
    const { n, record } = this.#newest.get(id) ?? {};
    const [clear, mark] = [this.#clears.get(prefixOfId(id)), this.#marks.get(id)];
    if (!n || !record || (clear && !isLater(n, clear))) return undefined;
    return mark && isLater(mark, n) ? { ...record, i: 1 } : record;
  }

  list(prefix: string): [string, TierRecord][] {
    const ids = [...this.#newest.keys()].filter((id) => id.startsWith(prefix) && this.get(id)).sort();
    return ids.map((id) => [id, this.get(id)!]);
  }
}

function raise(stamps: Map<string, Stamp>, name: string, n: Stamp): void {
  const old = stamps.get(name);
  if (!old || isLater(n, old)) stamps.set(name, n);
}

const SCOPES = [prefixOf("ada"), prefixOf("bob"), prefixOf("bo")];
// Ids that begin alike, one of which is a prefix alone.
const IDS = SCOPES.flatMap((prefix) => ["", "a", "ab", "a!", "b"].map((text) => prefix + idOf(text)));
const id = fc.constantFrom(...IDS);
const writer = fc.constantFrom("a", "b", "c");

/** A step, with the ms by which it comes late. Later than a minute nothing comes. */
const step = fc.record({
  kind: fc.constantFrom("write", "write", "write", "set", "delete", "clear"),
  changes: fc.array(
    fc.record({ id, late: fc.integer({ min: 0, max: 55 }), writer, what: fc.constantFrom("record", "gone", "mark") }),
    { minLength: 1, maxLength: 5 },
  ),
  prefix: fc.constantFrom(...SCOPES, ...IDS),
  passed: fc.constantFrom(0, 1_000, 30_000),
});

/** No two changes have one stamp: the count is its fraction. */
function changesOf(
  planned: (typeof step extends fc.Arbitrary<infer S> ? S : never)["changes"],
  now: number,
  count: number,
): TierChange[] {
  return planned.map(({ id: own, late, writer: by, what }, at) => {
    const n: Stamp = [now - late * 1_000 + (count * 5 + at) / 4_096, by];
    if (what === "record") return { id: own, n, record: tierRecord(n, { count, at }, { g: ["tag"] }) };
    return what === "mark" ? { id: own, n, isMark: true } : { id: own, n };
  });
}

async function take(
  tier: IndexedDbTier,
  model: TierModel,
  kind: string,
  prefix: string,
  changes: TierChange[],
): Promise<void> {
  const [first] = changes;
  if (kind === "write") {
    expect(await tier.write(changes, "")).toEqual([]);
    for (const change of changes) model.write(change);
  } else if (kind === "set") {
    const record = tierRecord(first!.n, "set");
    await tier.set(first!.id, record);
    model.write({ id: first!.id, n: first!.n, record });
  } else if (kind === "delete") {
    await tier.delete(first!.id);
    model.delete(first!.id);
  } else if (kind === "clear") {
    await tier.clear(prefixOfId(prefix), first!.n);
    model.clear(prefixOfId(prefix), first!.n);
  }
}

async function expectAlike(tier: IndexedDbTier, model: TierModel, prefix: string): Promise<void> {
  expect(await tier.getMany(IDS)).toEqual(IDS.map((each) => model.get(each)));
  const few = IDS.filter((each) => each.startsWith(prefixOfId(prefix)));
  expect(await tier.getMany(few)).toEqual(few.map((each) => model.get(each)));
  const listed = await tier.list(prefix);
  expect(listed.map(([each]) => each)).toEqual(model.list(prefix).map(([each]) => each));
  for (const [each, { n, x, z, b, g, i }] of listed) {
    expect(model.get(each)).toMatchObject({ n, x, z, b, ...(g && { g }), ...(i && { i }) });
  }
}

test("any changes in any order leave what the newest of each id says", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const tier = indexedDbTier({ name: `run ${run++}` });
      const model = new TierModel();
      let [now, count] = [1_000_000, 0];
      for (const { kind, changes, prefix, passed } of steps) {
        now += passed;
        await take(tier, model, kind, prefix, changesOf(changes, now, count++));
        await expectAlike(tier, model, prefix);
      }
      expect(await tier.get(IDS[1]!)).toEqual(model.get(IDS[1]!));
      tier.close();
    }),
    { numRuns: 500 },
  );
});
