import fc from "fast-check";
import { expect, test } from "vitest";
import { missingTexts } from "../../src/devtools/panel/value-search.ts";

const isIn = (value: unknown, ...texts: string[]): boolean => missingTexts(value, texts).length === 0;

test("finds text in strings, numbers, names and nested values, in any case", () => {
  const value = { title: "Forrest Gump", year: 1994, cast: [{ name: "Tom HANKS" }], seen: true, extra: null };
  for (const text of ["gump", "1994", "hanks", "title", "true", "null"])
    expect([text, isIn(value, text)]).toEqual([text, true]);
  expect(isIn(value, "gump", "hanks")).toBe(true);
  expect(missingTexts(value, ["gump", "meryl"])).toEqual(["meryl"]);
});

test("finds text in a Map, a Set, a Date, an error and a bare value", () => {
  expect(isIn(new Map([["key", { deep: "value" }]]), "key", "deep", "value")).toBe(true);
  expect(isIn(new Set(["member"]), "member")).toBe(true);
  expect(isIn(new Date("1994-07-06T00:00:00Z"), "1994-07-06")).toBe(true);
  expect(isIn(new Error("no films today"), "films")).toBe(true);
  expect([isIn("text", "ex"), isIn(12n, "12"), isIn(undefined, "x"), isIn(Symbol("x"), "x")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("runs nothing of the user's, and survives what refuses to be looked at", () => {
  const refuse = (): never => {
    throw new Error("not to be run");
  };
  const value = {
    get secret() {
      return refuse();
    },
    toJSON: refuse,
    toString: refuse,
    [Symbol.iterator]: refuse,
    after: "found",
  };
  expect([isIn(value, "secret"), isIn(value, "found")]).toEqual([true, true]);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(isIn([proxy, "next"], "next")).toBe(true);
  const cycle: Record<string, unknown> = { name: "round" };
  cycle["self"] = cycle;
  expect([isIn(cycle, "round"), isIn(cycle, "nowhere")]).toEqual([true, false]);
});

test("looks at the beginning of what is large", () => {
  expect([isIn(`${"x".repeat(9_990)}end`, "end"), isIn(`${"x".repeat(20_000)}end`, "end")]).toEqual([true, false]);
  let read = 0;
  const counted = new Proxy([] as number[], {
    getOwnPropertyDescriptor(target, name) {
      read++;
      return Object.getOwnPropertyDescriptor(target, name);
    },
    get: (target, name) => (name === "length" ? 1_000_000 : Reflect.get(target, name)),
  });
  expect(isIn(counted, "nothing")).toBe(false);
  expect(read).toBeLessThanOrEqual(200);
});

test("agrees with a search in the text of small values", () => {
  const values = fc.object({ maxDepth: 2, maxKeys: 4, values: [fc.string({ maxLength: 6 }), fc.nat(), fc.boolean()] });
  const plain = (value: unknown): string[] =>
    typeof value === "object" && value !== null
      ? (Array.isArray(value) ? [] : Object.keys(value)).concat(Object.values(value).flatMap(plain))
      : [String(value)];
  fc.assert(
    fc.property(values, fc.string({ minLength: 1, maxLength: 2 }), (value, text) => {
      const wanted = text.toLowerCase();
      expect(isIn(value, wanted)).toBe(plain(value).some((each) => each.toLowerCase().includes(wanted)));
    }),
  );
});
