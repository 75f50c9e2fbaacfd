import { describe, expect, test, vi } from "vitest";
import { flattenTree, type TreeRow } from "../../src/devtools/panel/value-tree.ts";
import { previewWords, valueWords } from "../../src/devtools/panel/value-words.ts";
import { keyLabel } from "../../src/devtools/source.ts";

const tree = (value: unknown, ...open: string[]): TreeRow[] =>
  flattenTree([{ label: "value", value }], new Set(["0", ...open]));
const shown = (rows: readonly TreeRow[]): string[] =>
  rows.slice(1).map(({ label, words }) => `${label} ${words.text}`.trim());

test("shows every kind of value in words", () => {
  const value = {
    text: 'a"b',
    number: -0,
    big: 10n,
    yes: true,
    none: null,
    missing: undefined,
    symbol: Symbol("s"),
    date: new Date(0),
    bad: new Date(NaN),
    pattern: /a+/g,
    failed: new TypeError("no"),
    list: [1, 2],
    bytes: new Uint8Array(3),
    map: new Map([[1, 2]]),
    set: new Set([1]),
    bare: Object.create(null) as object,
    run: function named() {},
  };
  expect(shown(tree(value))).toEqual([
    'text "a\\"b"',
    "number -0",
    "big 10n",
    "yes true",
    "none null",
    "missing undefined",
    "symbol Symbol(s)",
    "date 1970-01-01T00:00:00.000Z",
    "bad Invalid Date",
    "pattern /a+/g",
    "failed TypeError: no",
    "list Array(2)",
    "bytes Uint8Array(3)",
    "map Map(1)",
    "set Set(1)",
    "bare Object (no prototype) {}",
    "run ƒ named()",
  ]);
});

test("looks only into what is open", () => {
  const value = { a: { b: { c: 1 } } };
  expect(shown(tree(value))).toEqual(["a Object {1}"]);
  expect(shown(tree(value, "0/0", "0/0/0"))).toEqual(["a Object {1}", "b Object {1}", "c 1"]);
  expect(tree(value, "0/0")[2]).toMatchObject({ level: 3, position: 1, setSize: 1, expandable: true, expanded: false });
});

test("never runs a getter, and shows symbol keys and an own __proto__", () => {
  const get = vi.fn();
  const value = Object.defineProperty({ [Symbol("id")]: 1 }, "computed", { get, enumerable: true });
  Object.defineProperty(value, "__proto__", { value: "own", enumerable: true });
  expect(shown(tree(value)).sort()).toEqual(
    ["[Symbol(id)] 1", '__proto__ "own"', "computed accessor: getter, not run"].sort(),
  );
  previewWords(value);
  expect(get).not.toHaveBeenCalled();
});

test("stops at a cycle, but shows the same object twice side by side", () => {
  const shared = { x: 1 };
  const value: Record<string, unknown> = { first: shared, second: shared };
  value["self"] = value;
  const rows = tree(value);
  expect(shown(rows)).toEqual(["first Object {1}", "second Object {1}", "self Object {3} circular"]);
  expect(rows.map(({ expandable }) => expandable)).toEqual([true, true, true, false]);
});

test("opens a huge array in ranges of at most 100", () => {
  const huge = Array.from({ length: 1_000_000 }, (_, index) => index);
  const rows = tree(huge);
  expect(rows).toHaveLength(101);
  expect(rows[1]).toMatchObject({ label: "[0 … 9999]", expandable: true });
  expect(tree(huge, "0/99", "0/99/99").at(-1)).toMatchObject({ label: "999999", words: { text: "999999" } });
  expect(shown(tree(Array.from({ length: 250 }, () => 0)))).toEqual(["[0 … 99]", "[100 … 199]", "[200 … 249]"]);
});

test("opens maps with object keys, sets, sparse arrays and errors with a cause", () => {
  const sparse = Object.assign([1], { 2: 3 });
  const value = { map: new Map([[{ id: 1 }, "x"]]), sparse, failed: new Error("no", { cause: "why" }) };
  const rows = shown(tree(value, "0/0", "0/0/0", "0/1", "0/2"));
  expect(rows).toContain('value "x"');
  expect(rows).toContain("1 empty");
  expect(rows).toContain('cause "why"');
});

test("survives values that throw when they are looked at", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const fake = Object.create(Map.prototype) as object;
  expect(shown(tree({ gone: revoked.proxy, fake }))).toEqual(["gone unreadable", "fake unreadable"]);
});

test("shortens a long text and says how long it is", () => {
  expect(valueWords("x".repeat(5_000)).text).toMatch(/ … 5000 characters$/);
  expect(previewWords({ id: 1, tags: ["a"], f: 1, g: 2, h: 3, i: 4 }).text).toBe(
    "{ id: 1, tags: Array(1), f: 1, g: 2, h: 3, … }",
  );
  expect(previewWords([1, [2]]).text).toBe("(2) [1, Array(1)]");
});

const revoked = (target: object): object => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const refuse = (): never => {
  throw new Error("refused");
};

test.each([
  ["a revoked proxy", revoked({})],
  ["a revoked proxy of an array", revoked([])],
  ["a revoked proxy of a function", revoked(() => 1)],
  ["a proxy that hides its keys", new Proxy({ a: 1 }, { ownKeys: refuse })],
  ["a proxy that hides its properties", new Proxy({ a: 1 }, { getOwnPropertyDescriptor: refuse })],
  ["a proxy of an array that hides its length", new Proxy([1, 2], { get: refuse, getOwnPropertyDescriptor: refuse })],
  ["a proxy without a prototype to be found", new Proxy({}, { getPrototypeOf: refuse })],
  ["an array that cannot be iterated", Object.assign([1, 2], { [Symbol.iterator]: refuse })],
  ["an object that pretends to be a map", Object.create(Map.prototype)],
  ["an object that is no text", { toJSON: refuse, toString: refuse, valueOf: refuse, [Symbol.toPrimitive]: refuse }],
])("survives %s, as value, as key and inside of both", (_, odd: unknown) => {
  const values = [odd, { odd }, [odd], new Map([[odd, odd]]), new Set([odd])];
  for (const value of values) {
    expect(tree(value, "0/0", "0/1").length).toBeGreaterThan(0);
    expect(previewWords(value).text).not.toBe("");
    expect(typeof keyLabel(value)).toBe("string");
  }
});

describe("errors", () => {
  test("show their stack line by line, whatever else they hold", () => {
    const error = Object.assign(new TypeError("no films", { cause: new Error("offline") }), { status: 500 });
    const rows = tree(error, "0/0");
    expect(rows[1]).toMatchObject({
      label: "stack",
      expandable: true,
      words: { text: expect.stringMatching(/^\d+ lines$/) },
    });
    expect(rows[2]).toMatchObject({ words: { text: "TypeError: no films" } });
    expect(rows[3]!.words.text).toMatch(/^at .*value-tree\.test\.ts:\d+/);
    const others = shown(tree(error));
    expect(others.slice(1)).toEqual(['message "no films"', "cause Error: offline", "status 500"]);
  });

  test("show a stack that the browser keeps behind a getter, and never run one of the value", () => {
    const get = vi.fn(() => "mine");
    const own = new Error("own getter");
    Object.defineProperty(own, "stack", { get, configurable: true });
    const plain = Object.defineProperty({}, "stack", { get, enumerable: true });
    expect(shown(tree(own)).join()).not.toContain("mine");
    expect(shown(tree(plain))).toEqual(["stack accessor: getter, not run"]);
    expect(get).not.toHaveBeenCalled();
  });

  test("of the browser are told by name and message, though both are getters", () => {
    expect(valueWords(new DOMException("The user left", "AbortError")).text).toBe("AbortError: The user left");
  });
});
