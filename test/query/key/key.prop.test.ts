import fc from "fast-check";
import { hashKey, type QueryKey } from "macho-cache/query";
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
    // `Array.from` gives a hole as an undefined element, which `every` would skip.
    return one.length === other.length && Array.from(one).every((element, index) => same(element, other[index]));
  }
  return sameBag(present(one), present(other));
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

function present(object: object): [string, unknown][] {
  return Object.entries(object).filter(([, value]) => value !== undefined);
}

// prettier-ignore
const words = ["", "0", "1", "1n", "NaN", "null", "undefined", "true", "a", "b", '"', "\\", "\n", "\\n", ",", "Date(1)", "\ud800"];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(...words, 0, -0, 1, 10, 1n, 11n, Number.NaN, Infinity, null, undefined, true),
  fc.nat(12),
  fc.constantFrom(1, 2, Number.NaN).map((time) => new Date(time)),
);
const names = fc.constantFrom("a", "b", "c", "0", "__proto__", '"', "a,b");

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 4 }),
    fc.array(tie("value"), { maxLength: 3 }).map((values) => new Set(values)),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
}));
const key = fc.oneof({ weight: 9, arbitrary: fc.array(value, { maxLength: 3 }) }, fc.constantFrom(...words));
const tiny = fc.array(fc.oneof(leaf, fc.array(leaf, { maxLength: 2 }), fc.dictionary(names, leaf, { maxKeys: 2 })), {
  maxLength: 2,
});

test("two keys have the same hash exactly when the rules call them the same", () => {
  fc.assert(
    fc.property(fc.oneof(fc.tuple(key, key), fc.tuple(tiny, tiny)), ([one, other]) => {
      expect(hashKey(one) === hashKey(other)).toBe(same(one, other));
    }),
    { numRuns: 20_000 },
  );
});

/** Equal by the rules, with everything that does not matter turned round. */
function twin(original: unknown): unknown {
  if (Object.is(original, 0)) return -0;
  if (typeof original !== "object" || original === null) return original;
  if (original instanceof Date) return new Date(original);
  if (original instanceof Set) return new Set([...original].toReversed().map(twin));
  if (original instanceof Map)
    return new Map([...original].toReversed().map(([name, each]) => [twin(name), twin(each)]));
  if (Array.isArray(original)) return holedTwin(original);
  const entries = present(original).toReversed();
  return Object.fromEntries([...entries.map(([name, each]) => [name, twin(each)] as const), ["gone", undefined]]);
}

function holedTwin(array: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  copy.length = array.length;
  for (const [index, element] of array.entries()) if (element !== undefined) copy[index] = twin(element);
  return copy;
}

test("a key and its twin, turned round in every way that does not matter, have the same hash", () => {
  fc.assert(
    fc.property(key, (one) => {
      const other = twin(one) as QueryKey;
      expect(same(one, other)).toBe(true);
      expect(hashKey(other)).toBe(hashKey(one));
    }),
    { numRuns: 5_000 },
  );
});

/** Copies in which one thing, anywhere inside, is different or only looks different. */
function variants(original: unknown): unknown[] {
  if (Array.isArray(original)) return [...around(original), ...inside(original, (copy) => copy)];
  if (original instanceof Set) {
    // A Set holds two objects that are equal by the rules, and then it is another one than with one of them.
    return [
      [...original],
      new Set([...original, ...[...original].map(twin)]),
      ...inside([...original], (copy) => new Set(copy)),
    ];
  }
  if (original instanceof Map) {
    return [[...original], new Set(original), ...inside([...original], mapOrNothing)];
  }
  if (original instanceof Date) return [original.getTime(), new Date(original.getTime() + 1), {}];
  if (typeof original !== "object" || original === null) {
    const escaped = textOf(original).slice(1, -1);
    return [String(original), escaped, [original], Number(original), { 0: original }, null, undefined];
  }
  const entries = Object.entries(original);
  const values = inside(Object.values(original), (copy) => fromEntries(entries.map(([name], at) => [name, copy[at]])));
  return [
    entries,
    new Map(entries),
    ...splicedNames(entries),
    fromEntries(entries.slice(1)),
    { ...original, gone: undefined },
    ...values,
  ];
}

function around(array: readonly unknown[]): unknown[] {
  const asObject = fromEntries([...array.entries()].map(([index, element]) => [String(index), element]));
  const changed = [array.slice(1), array.toReversed(), [...array, undefined], [...array, null], array.flat()];
  return [...changed, [array], asObject, new Set(array), ...splicedElements(array)];
}

/** One element that looks like all of them, in case something is not quoted, escaped or separated. */
function splicedElements(array: readonly unknown[]): unknown[] {
  const bare = array.map((element) => (typeof element === "string" ? element : textOf(element)));
  const digits = /^[1-9]\d*$/.exec(bare.join(""));
  const numbers = digits ? [Number(digits[0]), BigInt(digits[0])] : [];
  return [bare.join('","'), bare.join(","), bare.join(""), textOf(array), ...numbers].map((element) => [element]);
}

/** One name that looks like a property and the name of the next. */
function splicedNames(entries: readonly [string, unknown][]): object[] {
  const [one, next] = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (!one || !next) return [];
  const [open, text] = [one[0], textOf(one[1])];
  const spliced = [`${open}":${text},"${next[0]}`, `${open}:${text},${next[0]}`, `${open}:${text}${next[0]}`];
  return spliced.map((name) =>
    fromEntries([[name, next[1]], ...entries.filter((each) => each !== one && each !== next)]),
  );
}

function textOf(part: unknown): string {
  return hashKey([part]).slice(1, -1);
}

function inside(parts: readonly unknown[], whole: (copy: unknown[]) => unknown): unknown[] {
  return parts.flatMap((part, index) => variants(part).map((copy) => whole(parts.with(index, copy))));
}

/** A variant of an entry is an entry only if it is still a pair. */
function mapOrNothing(entries: unknown[]): unknown {
  const pairs = entries.filter((entry): entry is [unknown, unknown] => Array.isArray(entry) && entry.length === 2);
  return new Map(pairs);
}

/** Unlike an assignment, it defines an own `__proto__`. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

test("the hash tells a key from its near copies exactly when the rules do", () => {
  fc.assert(
    fc.property(key, (one) => {
      for (const copy of variants(one).filter((each) => typeof each === "string" || Array.isArray(each))) {
        expect(hashKey(one) === hashKey(copy)).toBe(same(one, copy));
      }
    }),
    { numRuns: 1_000 },
  );
});
