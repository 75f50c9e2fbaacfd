import fc from "fast-check";
import { QueryClient, shareStructure } from "macho-cache/query";
import { describe, expect, test } from "vitest";

class Film {
  title = "Ran";
}
const film = new Film();
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, 0, -0, Number.NaN, 1n, "", "a", "__proto__", film),
  fc.integer({ min: 0, max: 3 }),
  fc.date({ min: new Date(0), max: new Date(3) }).map((date): unknown => date),
  fc.uint8Array({ maxLength: 2 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), tie("value"), { maxKeys: 3 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom<unknown>("a", 1, Number.NaN), tie("value")), tie("value")), {
        maxLength: 3,
      })
      .map((all) => new Map(all)),
    fc.array(tie("value"), { maxLength: 3 }).map((all) => new Set(all)),
  ),
}));

/** Another value, of which parts are of the first: copies, as a server answers again, or its very objects, as an updater keeps. */
const pair = fc.tuple(value, value, fc.infiniteStream(fc.nat(5))).map(([one, other, choices]) => {
  const pick = (first: unknown, second: unknown): unknown => {
    const choice = choices.next().value as number;
    if (choice < 2) return structuredCloneOf(first);
    if (choice === 2) return first;
    if (Array.isArray(first) && Array.isArray(second)) return second.map((each, index) => pick(first[index], each));
    if (first instanceof Set) return new Set([...mixed([...first]), ...(second instanceof Set ? second : [second])]);
    if (first instanceof Map) return new Map([...mixed([...first]), [second, second], ...mixed([...first])] as never);
    return second;
  };
  /** Equal parts before the very ones. */
  const mixed = (parts: readonly unknown[]): unknown[] =>
    parts.flatMap((part) => ((choices.next().value as number) < 3 ? [structuredCloneOf(part), part] : [part]));
  return [one, pick(one, other)] as const;
});

function structuredCloneOf(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(structuredCloneOf);
  if (part instanceof Date) return new Date(part);
  if (part instanceof Uint8Array) return part.slice();
  if (part instanceof Map)
    return new Map([...part].map(([key, each]) => [structuredCloneOf(key), structuredCloneOf(each)]));
  if (part instanceof Set) return new Set([...part].map(structuredCloneOf));
  if (typeof part !== "object" || part === null || part instanceof Film) return part;
  const copy: object = Object.getPrototypeOf(part) === null ? (Object.create(null) as object) : {};
  for (const [name, each] of Object.entries(part)) {
    const own = { value: structuredCloneOf(each), enumerable: true, configurable: true, writable: true };
    Object.defineProperty(copy, name, own);
  }
  return copy;
}

/** Deep equality, said once and slowly. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other) || one instanceof Film) return false;
  if (one instanceof Date) return Object.is(one.getTime(), (other as Date).getTime());
  if (one instanceof Map) return isEqual([...one], [...(other as Map<unknown, unknown>)]);
  if (one instanceof Set) return isEqual([...one], [...(other as Set<unknown>)]);
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isEqual(one[name as never], other[name as never]));
}

test("60. shared data is equal to the new value; all equal is the old one; equal parts in place are the old ones", () => {
  fc.assert(
    fc.property(pair, ([old, next]) => {
      const oldBefore = structuredCloneOf(old);
      const nextBefore = structuredCloneOf(next);
      const shared = shareStructure(old, next);
      expect(isEqual(shared, next)).toBe(true);
      expect(Object.is(shared, old)).toBe(isEqual(old, next));
      expectShared(old, next, shared);
      expect(isEqual(old, oldBefore) && isEqual(next, nextBefore)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test("60. by default, plain objects, arrays and Dates are shared, and everything else is what came", async () => {
  const client = new QueryClient();
  const leaves = { map: new Map([["a", 1]]), set: new Set([1]), bytes: new Uint8Array([1]), pattern: /a/, film };
  const make = (): Record<string, unknown> => ({
    list: [{ at: new Date(5) }],
    ...structuredClone({ ...leaves, film: 1 }),
  });
  const old = client.setQueryData("film", make());
  const next: Record<string, unknown> = { ...make(), more: 1 };
  const shared = client.setQueryData<Record<string, unknown>>("film", next);
  expect(shared).toEqual(next);
  expect(shared?.["list"]).toBe(old?.["list"]);
  for (const name of ["map", "set", "bytes", "pattern"]) expect(shared?.[name]).toBe(next[name]);
  const [one, other] = [make(), make()];
  await client.fetchQuery("all", () => one, { structuralSharing: shareStructure });
  const all = await client.fetchQuery("all", () => other, { structuralSharing: shareStructure });
  expect(all).toBe(one);
});

test("60. plain data is shared by default as by shareStructure", () => {
  const plain = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf.filter((each) => !ArrayBuffer.isView(each)),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), tie("value"), { maxKeys: 3 }),
    ),
  })).value;
  const client = new QueryClient();
  fc.assert(
    fc.property(plain, plain, (one, other) => {
      if (one === undefined || other === undefined) return;
      client.clear();
      const old = client.setQueryData("key", one);
      for (const next of [structuredCloneOf(one), [one, other], { a: other, b: structuredCloneOf(one) }]) {
        const shared = client.setQueryData("key", next);
        expectShared(old, next, shared);
        client.setQueryData("key", one);
      }
    }),
  );
});

function expectShared(old: unknown, next: unknown, shared: unknown): void {
  if (isEqual(old, next)) return expect(shared).toBe(old);
  if (Array.isArray(old) && Array.isArray(next)) {
    next.forEach((each, index) => expectShared(old[index], each, (shared as unknown[])[index]));
    return;
  }
  const isPlain = (part: unknown): part is Record<string, unknown> =>
    typeof part === "object" && part !== null && [Object.prototype, null].includes(Object.getPrototypeOf(part) as null);
  if (!isPlain(old) || !isPlain(next) || Object.getPrototypeOf(old) !== Object.getPrototypeOf(next)) return;
  for (const name of Object.keys(next)) {
    if (Object.hasOwn(old, name)) expectShared(old[name], next[name], (shared as Record<string, unknown>)[name]);
  }
}

describe("by example", () => {
  test("60. beyond 500 levels, and where data leads back into itself, the new part is taken", () => {
    const nested = (depth: number): unknown => JSON.parse("[".repeat(depth) + "]".repeat(depth));
    const old = nested(400);
    expect(shareStructure(old, nested(400))).toBe(old);
    const deep = nested(600);
    expect(shareStructure(nested(600), deep)).not.toBe(old);
    const loop = (): Record<string, unknown> => {
      const node: Record<string, unknown> = { name: "a" };
      node.left = node.right = node;
      return node;
    };
    const next = loop();
    expect(shareStructure(loop(), next)).toBe(next);
    const wrapped = { list: [1], next };
    expect(shareStructure({ list: [1], next: loop() }, wrapped)).toBe(wrapped);
  });

  test("60. data that leads back into itself in several places is not walked endlessly, and is taken as it comes", () => {
    let reads = 0;
    const loop = (): object => {
      const nodes = Array.from({ length: 9 }, () => ({ next: [] as unknown[] }));
      for (const node of nodes) {
        const { next } = node;
        Object.defineProperty(node, "next", { enumerable: true, get: () => (reads++, next) });
        next.push(...nodes);
      }
      return nodes[0]!;
    };
    const client = new QueryClient();
    for (const structuralSharing of [true, shareStructure]) {
      reads = 0;
      client.setQueryDefaults("loop", { structuralSharing });
      client.setQueryData("loop", loop());
      const next = loop();
      expect(client.setQueryData("loop", next)).toBe(next);
      expect(reads).toBeLessThan(100);
    }
  });

  test("what an updater adds beside its equal is not lost from a Map or a Set", () => {
    const one = { id: 1 };
    const set = shareStructure(new Set([one]), new Set([{ id: 1 }, one])) as Set<unknown>;
    expect([...set]).toEqual([{ id: 1 }, { id: 1 }]);
    const map = shareStructure(
      new Map([[one, "old"]]),
      new Map([
        [{ id: 1 }, "new"],
        [one, "old"],
      ]),
    ) as Map<unknown, unknown>;
    expect([...map.values()]).toEqual(["new", "old"]);
  });

  test("a Map or a Set of which nothing is exchanged is not copied", () => {
    const set = new Set([1, 3]);
    expect(shareStructure(new Set([1, 2]), set)).toBe(set);
    const map = new Map([["b", 1]]);
    expect(shareStructure(new Map([["a", 1]]), map)).toBe(map);
  });

  test("properties named on an array are not lost, and those of the old one do not come back", () => {
    const next = /a/.exec("xxxa");
    expect(shareStructure(/a/.exec("xa"), next)).toBe(next);
    const page = Object.assign([{ id: 1 }], { total: 9 });
    expect(shareStructure(Object.assign([{ id: 1 }], { total: 8 }), page)).toBe(page);
    const bare = [{ id: 1 }];
    expect(shareStructure(page, bare)).toBe(bare);
  });

  test.each([new Uint8Array([1]), new Float64Array(2), new DataView(new ArrayBuffer(2))])(
    "%o whose buffer was transferred is equal to nothing",
    (gone) => {
      const copy = structuredClone(gone);
      expect(shareStructure(copy, gone)).toBe(copy);
      structuredClone(gone.buffer, { transfer: [gone.buffer] });
      expect(shareStructure(copy, gone)).toBe(gone);
      expect(shareStructure(gone, copy)).toBe(copy);
      expect(shareStructure(gone.buffer, copy.buffer)).toBe(copy.buffer);
    },
  );

  test("60. undefined and missing differ, also in arrays, and instances are equal to themselves only", () => {
    expect(shareStructure({ a: undefined }, {})).toEqual({});
    expect(Object.keys(shareStructure({}, { a: undefined }) as object)).toEqual(["a"]);
    const old = [undefined];
    const hole: unknown[] = [];
    hole.length = 1;
    expect(shareStructure(old, hole), "a hole is an undefined element").toBe(old);
    const other = new Film();
    expect(shareStructure(film, other)).toBe(other);
    expect(shareStructure(/a/g, /a/)).toEqual(/a/);
  });

  test("an own __proto__ stays a property and changes no prototype", () => {
    const old = JSON.parse('{"__proto__":{"a":1},"b":1}') as object;
    const next = JSON.parse('{"__proto__":{"a":1},"b":2}') as object;
    const shared = shareStructure(old, next);
    expect(Object.getPrototypeOf(shared)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(shared, "__proto__")?.value).toBe(
      Object.getOwnPropertyDescriptor(old, "__proto__")?.value,
    );
    expect(shared).toEqual(next);
    expect(({} as { a?: number }).a).toBeUndefined();
  });
});
