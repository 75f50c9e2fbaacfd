import { MachoError } from "macho-cache";
import { readText, toText } from "macho-cache/query";
import { describe, expect, test } from "vitest";

const again = (value: unknown): unknown => readText(toText(value));

/** Nested so deep that recursion would end the stack. */
function nested(levels: number): unknown {
  let value: unknown = "core";
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { in: value };
  return value;
}

function errorOf(run: () => unknown): MachoError {
  try {
    run();
  } catch (error) {
    if (error instanceof MachoError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("a text", () => {
  test.each([
    ["undefined", undefined],
    ["an own property that is undefined", { a: undefined, b: [undefined, null] }],
    ["numbers that JSON has no word for", [NaN, Infinity, -Infinity, -0, 0, 1e21, 5e-324]],
    ["bigints", [0n, -1n, 2n ** 64n]],
    ["strings", ["", "\ud800", "\udc00\ud800", "\u2028", "</script><!--<script>"]],
    ["Dates", [new Date(0), new Date(-8.64e15), new Date(NaN)]],
    ["a Map of Maps", new Map<unknown, unknown>([[{ id: 1 }, new Map([[NaN, undefined]])]])],
    ["a Set", new Set([undefined, -0, "a", [1]])],
    ["a RegExp", [/a b\/[</]/giu, /(?:)/]],
    ["a URL", new URL("https://example.org/?a=<b>#c d")],
    ["holes", [[, 1, , undefined, ,], Array.from({ length: 2 }), [, ,]]], // oxlint-disable-line no-sparse-arrays
    ["a long array of one element", Object.assign([], { 4294967294: "last" })],
    ["an array with named properties", Object.assign(["a"], { index: 0 })],
    ["buffers", [new ArrayBuffer(3), new Uint8Array([0, 255]).buffer]],
    ["views", [new Float32Array([1.5, NaN]), new DataView(new ArrayBuffer(2)), new BigInt64Array([-1n])]],
    ["words of the form itself", ["Date 0", "[0]", [[]], [0], ["-0"], ["0x1"], { Map: [0] }]],
  ])("holds %s", (_name, value) => {
    expect(again(value)).toStrictEqual(value);
  });

  test("holds an own __proto__ property, and leaves prototypes alone", () => {
    const got = again(JSON.parse('{"__proto__":{"isAdmin":true},"a":{"__proto__":1}}')) as Record<string, object>;
    expect(Object.keys(got)).toEqual(["__proto__", "a"]);
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
    expect("isAdmin" in got).toBe(false);
    expect(Object.getOwnPropertyDescriptor(got, "__proto__")).toEqual({
      value: { isAdmin: true },
      enumerable: true,
      configurable: true,
      writable: true,
    });
    expect(Object.hasOwn(got["a"]!, "__proto__")).toBe(true);
  });

  test("keeps which parts are the same object, and writes each of them once", () => {
    const film = { title: "Ran" };
    const got = again({ best: film, all: [film, { title: "Ran" }] }) as { best: object; all: object[] };
    expect(got.best).toBe(got.all[0]);
    expect(got.best).not.toBe(got.all[1]);
    expect(toText([film, film]).split("Ran")).toHaveLength(2);
  });

  test("has of a view only what the view shows", () => {
    const secret = new TextEncoder().encode("the word and the secret");
    const shown = secret.subarray(4, 8);
    expect(again(shown)).toStrictEqual(new TextEncoder().encode("word"));
    expect(toText(shown).length).toBeLessThan(40);
  });

  test("never asks an object to write itself", () => {
    const toJSON = (): string => "another thing";
    expect(errorOf(() => toText({ toJSON })).message).toContain("got a function at value.toJSON");
  });

  test("makes a plain object of one without a prototype", () => {
    expect(again(Object.assign(Object.create(null), { a: 1 }))).toStrictEqual({ a: 1 });
  });

  test("holds 100,000 levels", () => {
    let value = again(nested(100_000));
    for (let level = 0; level < 100_000; level++) value = Object.values(value as object)[0];
    expect(value).toBe("core");
  });

  test("grows with the value, and not with what its holes or references stand for", () => {
    expect(toText(Object.assign([], { length: 4_294_967_295 })).length).toBeLessThan(40);
    let doubled: unknown = [];
    for (let level = 0; level < 60; level++) doubled = [doubled, doubled];
    expect(toText(doubled).length).toBeLessThan(1_000);
  });
});

describe("what a text cannot hold is an error that says where", () => {
  class Film {
    title = "Ran";
  }
  const cycle: Record<string, unknown> = { title: "Ran" };
  cycle["self"] = [cycle];
  test.each([
    ["a function", { films: [{ play() {} }] }, "a function at value.films[0].play"],
    ["a symbol", [Symbol("a")], "Symbol(a) at value[0]"],
    ["a symbol as a name", [{ [Symbol("a")]: 1 }], "an object with a symbol as a property at value[0]"],
    ["an instance", { film: new Film() }, "an instance of a class at value.film"],
    ["a subclass of an array", [new (class extends Array {})()], "an instance of a class at value[0]"],
    ["a borrowed prototype", [Object.create(Date.prototype)], "an instance of a class at value[0]"],
    ["an Error", new Error("no"), "an instance of a class at value."],
    ["a boxed number", [Object(1)], "an instance of a class at value[0]"],
    ["a promise", { data: Promise.resolve(1) }, "a promise at value.data"],
    ["a cycle", cycle, "a cycle at value.self[0]"],
    ["something in a Map", new Map([["a", () => 1]]), 'a function at value.get("a")'],
    ["something in a key of a Map", new Map([[() => 1, 1]]), "a function at value.keys()"],
    ["something in a Set", new Set([() => 1]), "a function at value.values()"],
    ["something beside a hole", Object.assign([], { 2: () => 1 }), 'a function at value["2"]'],
  ])("%s", (_name, value, place) => {
    const { code, message } = errorOf(() => toText(value));
    expect(code).toBe("invalid-argument");
    expect(message).toContain(`A text holds plain values only, got ${place}`);
    expect(message).toMatch(/\. [A-Z][^.]+\. \[invalid-argument\]$/);
  });

  test("in 100,000 levels, with the beginning of the path", () => {
    let value: unknown = () => 1;
    for (let level = 0; level < 100_000; level++) value = [value];
    expect(errorOf(() => toText(value)).message).toMatch(/got a function at value[[\]0]+…\. /);
  });

  test("an error of a getter reaches the caller as it is", () => {
    const own = new Error("own");
    const value = Object.defineProperty({}, "a", {
      enumerable: true,
      get() {
        throw own;
      },
    });
    expect(() => toText(value)).toThrow(own);
  });
});

describe("a text that nobody wrote is an error", () => {
  test.each([
    "",
    "nonsense",
    "{}",
    "1",
    "[]",
    "[{}]",
    "[[0]]",
    "[[],[1]]",
    "[[[0]],[0]]",
    '[["a"]]',
    '[["0x"]]',
    '[["1n"]]',
    "[[1,2]]",
    "[[true]]",
    "[[-1]]",
    "[1,[0]]",
    '["Date",[0]]',
    '["Date 9e99",[0]]',
    '["Date 8640000000000001",[0]]',
    '["Nothing 1",[0]]',
    '["constructor 1",[0]]',
    '["Map 0",[0]]',
    '[["a"],"Map 0",[1]]',
    '[{},"Set 0",[1]]',
    '[["a"],"Array 1 0",[1]]',
    '[{"length":3},"Array 1 0",[1]]',
    '[{"7":3},"Array 1 0",[1]]',
    '[{},"Array -1 0",[1]]',
    '[{},"Array 4294967296 0",[1]]',
    '["RegExp zz a",[0]]',
    '["RegExp  (",[0]]',
    '["URL nowhere",[0]]',
    '["ArrayBuffer *",[0]]',
    '["Float64Array AAAA",[0]]',
    `${"[".repeat(100)}${"]".repeat(100)}`,
  ])("%s", (text) => {
    const { code, message } = errorOf(() => readText(text));
    expect(code).toBe("invalid-dump");
    expect(message).toMatch(
      /^readText needs what toText gave, got ".*"\. Pass the text as it was sent\. \[invalid-dump\]$/s,
    );
    expect(message.length).toBeLessThan(200);
  });

  test("of a million levels", () => {
    expect(errorOf(() => readText("[".repeat(1_000_000))).code).toBe("invalid-dump");
    const deep = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
    expect(errorOf(() => readText(`[${deep},[0]]`)).code).toBe("invalid-dump");
  });

  test.each([undefined, null, 7, {}, ["[1]"]])("%j", (text) => {
    expect(errorOf(() => readText(text as string)).code).toBe("invalid-dump");
  });

  test("a short text claims no memory for holes", () => {
    const before = process.memoryUsage().rss;
    const arrays = readText(`[{},${'"Array 30000000 0",'.repeat(100)}0]`);
    expect(arrays).toBe(0);
    expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
  });
});
