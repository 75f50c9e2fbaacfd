import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markedText, headerOfText, recordOfText, textOfRecord } from "../../src/persist/record-text.ts";
import { textOfValue, valueOfText } from "../../src/persist/value-text.ts";
import { saySame } from "../support/same-value.ts";
import { recordFor } from "./tier-records.ts";

const text = fc.oneof(
  fc.string(),
  fc.array(fc.integer({ min: 0, max: 0xff_ff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom("\n", "\0", "\u2028", "~u", "list", "NaN"),
);
const name = fc.oneof(text, fc.constantFrom("__proto__", "constructor", "prototype", "length", "toJSON", "0"));

/** What a structured clone keeps, but for what only few apps store. */
const value = fc.anything({
  key: name,
  maxDepth: 4,
  values: [
    text,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.bigInt(),
    fc.uint8Array(),
    fc.constantFrom(null, undefined, -0),
  ],
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
});

const again = (given: unknown): unknown => valueOfText(textOfValue(given));

describe("the text of a value", () => {
  test("gives back what a structured clone would", () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(saySame(again(given), structuredClone(given))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("has no line end, and is well-formed", () => {
    fc.assert(
      fc.property(value, (given) => {
        const written = textOfValue(given);
        expect(written).not.toContain("\n");
        expect(new TextDecoder().decode(new TextEncoder().encode(written))).toBe(written);
      }),
    );
  });

  test.each([
    ["undefined", undefined],
    ["numbers that JSON has no word for", [NaN, Infinity, -Infinity, -0, 0, 1e21, 5e-324]],
    ["bigints", [0n, -1n, -255n, 2n ** 64n]],
    ["lone surrogates", ["\ud800", "\udc00\ud800"]],
    ["Dates", [new Date(0), new Date(-8.64e15), new Date(NaN)]],
    ["a Map of Maps", new Map<unknown, unknown>([[{ id: 1 }, new Map([[NaN, undefined]])]])],
    ["a Set", new Set([undefined, "a", [1]])],
    ["holes", [[, 1, , undefined, ,], Array.from({ length: 2 }), [, ,]]], // oxlint-disable-line no-sparse-arrays
    ["a long array of one element", Object.assign([], { 4294967294: "last" })],
    ["an array with named properties", Object.assign(["a"], { index: 0 })],
    ["bytes", [new Uint8Array([0, 255]), new Uint8Array(0), new ArrayBuffer(2)]],
    ["an own __proto__", JSON.parse('{"__proto__":{"polluted":[1]},"a":1}')],
    ["what looks like a word or a node", [[], [0], ["NaN"], ["ff", -1], ["list"], [1, "map"], { 0: "set" }]],
    ["a method toJSON that is not called", { toJSON: "text", at: { toJSON: 1 } }],
  ])("keeps %s", (_, given) => {
    const got = again(given);
    expect(saySame(got, structuredClone(given))).toBe(true);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("keeps cycles, and which parts are the same object", () => {
    const part = { id: 1 };
    const given: Record<string, unknown> = { one: part, two: [part], map: new Map([[part, part]]) };
    given["self"] = given;
    const got = again(given) as typeof given;
    expect(got["self"]).toBe(got);
    expect((got["two"] as unknown[])[0]).toBe(got["one"]);
    expect([...(got["map"] as Map<unknown, unknown>).entries()][0]).toEqual([got["one"], got["one"]]);
  });

  test("of the same parts many times over is short", () => {
    let given: unknown = "core";
    for (let level = 0; level < 60; level++) given = [given, given];
    expect(textOfValue(given).length).toBeLessThan(2_000);
    let got = again(given);
    for (let level = 0; level < 60; level++) got = (got as unknown[])[level % 2];
    expect(got).toBe("core");
  });

  test("is written and read at any depth", () => {
    let given: unknown = "core";
    for (let level = 0; level < 100_000; level++) given = level % 2 === 0 ? [given] : { in: given };
    let got = again(given);
    for (let level = 0; level < 100_000; level++) got = Array.isArray(got) ? got[0] : (got as { in: unknown }).in;
    expect(got).toBe("core");
  });

  class Point {
    x = 1;
  }
  test.each([
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["an instance of a class", new Point()],
    ["a promise", Promise.resolve()],
    ["an error", new Error("no")],
    ["what only looks like a Map", Object.create(Map.prototype)],
    [
      "an object whose getter throws",
      {
        get a() {
          throw new Error("no");
        },
      },
    ],
  ])("is refused for %s", (_, given) => {
    expect(() => textOfValue({ a: [given] })).toThrow(/./);
  });

  test("says what it got, and what to do", () => {
    expect(() => textOfValue([Symbol("s")])).toThrow(
      "A text keeps plain values, Dates, Maps, Sets and bytes, got Symbol(s). Store plain values.",
    );
  });
});

/** The prototypes of all objects in a value. */
function prototypesOf(whole: unknown): Set<unknown> {
  const seen = new Set<unknown>();
  const waiting = [whole];
  for (let part; waiting.length > 0;) {
    part = waiting.pop();
    if (typeof part !== "object" || part === null || seen.has(part)) continue;
    seen.add(part);
    if (part instanceof Map || part instanceof Set) waiting.push(...[...part].flat());
    else for (const key of Object.keys(part)) waiting.push(part[key as never]);
  }
  return new Set([...seen].map((object) => Object.getPrototypeOf(object) as unknown));
}

const BUILT_IN = new Set<unknown>(
  [Object, Array, Map, Set, Date, Uint8Array, ArrayBuffer].map(({ prototype }) => prototype as unknown),
);

/** Whether it was refused, or gave a value that has nothing but known prototypes. */
function isHarmless(written: string): boolean {
  let got: unknown;
  try {
    got = valueOfText(written);
  } catch (error) {
    return error instanceof Error;
  }
  return [...prototypesOf(got)].every((prototype) => BUILT_IN.has(prototype));
}

describe("a text from elsewhere", () => {
  test.each([
    "",
    "{}",
    "[]",
    "null",
    "5",
    "[[0]]",
    "[[1],{}]",
    "[[-1],{}]",
    '[["a","b"]]',
    "[[0],[]]",
    '[[0],"a"]',
    "[[0],null]",
    '[[0],["x","other"]]',
    '[[0],[1,"holes"]]',
    '[[0],["length",5,9,"holes"]]',
    '[[0],["__proto__",[1],1,"holes"],{"evil":1}]',
    '[[0],{"__proto__":[1]},{"evil":1}]',
    '[[0],["push"]]',
    '[["zz",1]]',
    '[["1",1.5]]',
    '[[0],["*","bytes"]]',
    '[[0],[-1,"holes"]]',
    '[["length"],{}]',
    '[["__proto__"],{}]',
    '[[0],["x","constructor"]]',
  ])("is refused, or gives plain values: %s", (written) => expect(isHarmless(written)).toBe(true));

  test("is refused as soon as JSON is, where it is none", () => {
    const brackets = "[".repeat(1_000_000);
    const timeOf = (read: (text: string) => unknown): number => {
      const began = performance.now();
      expect(() => read(brackets)).toThrow(SyntaxError);
      return performance.now() - began;
    };
    const times = [valueOfText, JSON.parse, valueOfText, JSON.parse, valueOfText, JSON.parse].map(timeOf);
    const [ours, theirs] = [0, 1].map((first) => Math.min(...times.filter((_, at) => at % 2 === first)));
    expect(ours! / theirs!).toBeLessThan(5);
  });

  test("is refused at any depth", () => {
    expect(isHarmless("[".repeat(100_000) + "]".repeat(100_000))).toBe(true);
    expect(isHarmless(`[[0],[${"[".repeat(100_000)}${"]".repeat(100_000)},"list"]]`)).toBe(true);
  });

  test("is refused, or gives plain values, whatever it is", () => {
    const part = fc.oneof(fc.constantFrom("list", "map", "set", "date", "holes", "bytes", "buffer", "NaN"), fc.nat(5));
    const node = fc.oneof(fc.array(fc.oneof(part, fc.array(part, { maxLength: 2 })), { maxLength: 5 }), fc.json());
    fc.assert(
      fc.property(fc.array(node), (nodes) => isHarmless(JSON.stringify(nodes))),
      { numRuns: 3_000 },
    );
  });

  test.each([
    ["one long string", (size: number) => textOfValue("\\".repeat(size))],
    ["digits of a bigint", (size: number) => `[["${"f".repeat(size)}",1]]`],
    ["objects", (size: number) => textOfValue(Array.from({ length: size / 20 }, (_, id) => ({ id })))],
    ["words", (size: number) => `[[0],[${Array.from({ length: size / 8 }, () => '["NaN"]').join()},"list"]]`],
    ["holes", (size: number) => `[[0],[${"1,2,".repeat(size / 4)}4294967295,"holes"]]`],
    ["line ends", (size: number) => "\n".repeat(size)],
  ])("takes a time that grows with its length alone: %s", (_, textOfSize) => {
    const timeOf = (written: string): number =>
      Math.min(
        ...Array.from({ length: 2 }, () => {
          const began = performance.now();
          recordOfText(`m{"n":[1,"a"],"x":1}\n${written}`);
          return performance.now() - began;
        }),
      );
    const [short, long] = [textOfSize(50_000), textOfSize(1_000_000)];
    timeOf(short);
    // It is 20 times as long. A square of that is 400.
    expect(timeOf(long) / Math.max(0.2, timeOf(short))).toBeLessThan(150);
  });
});

describe("the text of a record", () => {
  const record = recordFor(["film", 1], { data: { title: "Alien" }, tags: ["a"], staleTime: Infinity });

  test("gives it back, without an end and marked stale as well", () => {
    for (const given of [record, { ...record, x: Infinity }, { ...record, i: 1 as const }]) {
      expect(recordOfText(textOfRecord(given))).toEqual(given);
      const { k: _k, d: _d, ...meta } = given;
      expect(headerOfText(textOfRecord(given))).toEqual(meta);
    }
  });

  test("is marked without a look at its data", () => {
    const marked = markedText(textOfRecord(record), [record.n[0] + 1, "b"]);
    expect(recordOfText(marked)).toEqual({ ...record, n: [record.n[0] + 1, "b"], i: 1 });
  });

  test("that was cut, or changed at one place, is a record or is given as it is", () => {
    const written = textOfRecord(record);
    const change = fc.record({ at: fc.nat(written.length), by: fc.string({ maxLength: 2 }), cut: fc.nat(3) });
    fc.assert(
      fc.property(change, ({ at, by, cut }) => {
        const given = written.slice(0, at) + by + written.slice(at + cut);
        const got = recordOfText(given);
        if (got !== given) expect(Object.keys(got as object)).toEqual(expect.arrayContaining(["n", "x", "d"]));
        expect(headerOfText(given)).toMatchObject({
          n: expect.any(Array) as unknown,
          x: expect.any(Number) as unknown,
        });
        expect(recordOfText(written.slice(0, at))).toEqual(at < written.length ? written.slice(0, at) : record);
      }),
      { numRuns: 2_000 },
    );
  });

  test("that no storage has is nothing", () => {
    expect([null, undefined].map(recordOfText)).toEqual([null, undefined]);
  });
});
