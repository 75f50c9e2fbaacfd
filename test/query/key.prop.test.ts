import fc from "fast-check";
import { hashKey } from "macho-cache/query";
import { expect, test } from "vitest";

/** The rules of key equality, one after the other. */
function same(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) {
    return one === other || (Number.isNaN(one) && Number.isNaN(other));
  }
  if (Object.prototype.toString.call(one) !== Object.prototype.toString.call(other)) return false;
  if (one instanceof Date && other instanceof Date) return Object.is(one.getTime(), other.getTime());
  if (one instanceof Set && other instanceof Set) return sameBag([...one], [...other]);
  if (one instanceof Map && other instanceof Map) return sameBag([...one], [...other]);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => same(element, other[index]));
  }
  const entries = (object: object): [string, unknown][] =>
    Object.entries(object).filter(([, value]) => value !== undefined);
  return sameBag(entries(one), entries(other));
}

/** Equal without order: each of one has a partner of its own in the other. */
function sameBag(one: readonly unknown[], other: readonly unknown[]): boolean {
  const left = [...other];
  return (
    one.length === other.length &&
    one.every((element) => {
      const place = left.findIndex((each) => same(element, each));
      return place >= 0 && left.splice(place, 1).length === 1;
    })
  );
}

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(
      0,
      -0,
      1,
      "",
      "0",
      "1",
      "1n",
      "NaN",
      "null",
      "a",
      1n,
      Number.NaN,
      null,
      undefined,
      true,
      "true",
    ),
    fc.constantFrom<unknown>(new Date(1), new Date(Number.NaN), "Date(1)"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "0", "__proto__", '"'), tie("value"), {
      maxKeys: 3,
      noNullPrototype: false,
    }),
    fc.array(tie("value"), { maxLength: 3 }).map((values) => new Set(values)),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
}));
const key = fc.array(value, { maxLength: 3 });

test("two keys have the same hash exactly when the rules call them the same", () => {
  fc.assert(
    fc.property(key, key, (one, other) => {
      expect(hashKey(one) === hashKey(other)).toBe(same(one, other));
    }),
    { numRuns: 20_000 },
  );
});

/** A copy in which something small is different, or only looks different. */
function variants(original: unknown): unknown[] {
  if (Array.isArray(original)) {
    const copies = original.flatMap((element, index) => variants(element).map((copy) => original.with(index, copy)));
    return [
      ...copies,
      [...original],
      [...original].reverse(),
      [...original, undefined],
      Object.fromEntries(original.entries()),
      new Set(original),
    ];
  }
  if (original instanceof Map)
    return [new Map([...original].reverse()), [...original], new Map([...original].slice(1))];
  if (original instanceof Set) return [new Set([...original].reverse()), [...original]];
  if (typeof original !== "object" || original === null) return [String(original), [original], Number(original)];
  if (original instanceof Date) return [original.getTime(), new Date(original.getTime())];
  const entries = Object.entries(original);
  return [
    Object.fromEntries(entries.toReversed()),
    { ...original, gone: undefined },
    entries,
    new Map(entries),
    Object.fromEntries(entries.slice(1)),
  ];
}

test("the same holds for a key and its near copies", () => {
  fc.assert(
    fc.property(key, (one) => {
      for (const copy of variants(one)) {
        if (Array.isArray(copy)) expect(hashKey(one) === hashKey(copy)).toBe(same(one, copy));
      }
    }),
    { numRuns: 3_000 },
  );
});
