import { runInNewContext } from "node:vm";
import { MachoError } from "macho-cache";
import { hashKey, type QueryKey } from "macho-cache/query";
import { describe, expect, test } from "vitest";

describe("the hash of a key", () => {
  const readable: [QueryKey, string][] = [
    ["a", '"a"'],
    [["films", { page: 2, search: "a" }], '["films",{"page":2,"search":"a"}]'],
    [[1, -0, 1n, Number.NaN, Infinity, null, undefined, true], "[1,0,1n,NaN,Infinity,null,undefined,true]"],
    [
      [
        new Date(5),
        new Map([
          ["b", 1],
          ["a", 2],
        ]),
        new Set([2, 1]),
      ],
      '[Date(5),Map{"a":2,"b":1},Set{1,2}]',
    ],
    [[[], {}, [[]], new Date(Number.NaN)], "[[],{},[[]],Date(NaN)]"],
  ];

  test.each(readable)("reads like JSON with more words (%#)", (key, text) => {
    expect(hashKey(key)).toBe(text);
  });

  test("does not depend on the order of properties, nor on properties that are undefined", () => {
    const one = { b: 1, a: { d: 1, c: 2 }, gone: undefined };
    expect(hashKey([one])).toBe(hashKey([{ a: { c: 2, d: 1 }, b: 1 }]));
    expect(hashKey([Object.assign(Object.create(null) as object, { a: 1 })])).toBe(hashKey([{ a: 1 }]));
  });

  test("counts a hole as an undefined element", () => {
    const holed: unknown[] = [];
    holed.length = 2;
    expect(hashKey(holed)).toBe("[undefined,undefined]");
  });

  test("is different for values that are easily mixed up", () => {
    const own = JSON.parse('{"__proto__": 1}') as object;
    const keys: QueryKey[] = [
      "a",
      ["a"],
      '["a"]',
      [["a"]],
      [1],
      ["1"],
      [1n],
      ["1n"],
      [null],
      ["null"],
      [undefined],
      [],
      [{}],
      [[]],
      [Number.NaN],
      ["NaN"],
      [true],
      ["true"],
      [0],
      [""],
      [new Date(0)],
      ["Date(0)"],
      [new Map()],
      [new Set()],
      [{ a: undefined }, 1],
      [own],
      [{ 0: "a" }],
      [{ a: 1 }],
      [new Map([["a", 1]])],
      [new Set([["a", 1]])],
      ["a", "b"],
      ["a,b"],
      ['a","b'],
      ["\ud800"],
      ["\ufffd"],
      ["a\u0000"],
      [{ "a,b": 1 }],
      [{ a: 1, b: 1 }],
      [{ 'a":1,"b': 1 }],
    ];
    expect(new Set(keys.map(hashKey)).size).toBe(keys.length);
  });

  test("takes plain objects of another realm, and the same object in two places", () => {
    const shared = { id: 1 };
    expect(hashKey([shared, shared])).toBe('[{"id":1},{"id":1}]');
    expect(hashKey([runInNewContext("({ id: 1, list: [1] })")])).toBe('[{"id":1,"list":[1]}]');
  });

  class Film {
    id = 1;
  }
  const cycle: unknown[] = [];
  cycle.push({ in: cycle });
  const inMap = new Map<string, unknown>();
  inMap.set("self", inMap);
  let deep: unknown = 1;
  for (let level = 0; level < 10_000; level++) deep = [deep];

  const wrong: [unknown, RegExp][] = [
    [["films", { onClick: () => 1 }], /got a function at key\[1\]\.onClick\. Leave it out/],
    [[Symbol("s")], /got Symbol\(s\) at key\[0\]/],
    [[{ [Symbol("s")]: 1 }], /got an object with a symbol as a property at key\[0\]/],
    [[new Film()], /got an instance of a class at key\[0\]/],
    [[/a/], /an instance of a class/],
    [[new Uint8Array(1)], /an instance of a class/],
    [[Promise.resolve()], /an instance of a class/],
    [[new Proxy(new Film(), {})], /an instance of a class/],
    [cycle, /got a cycle at key\[0\]\.in/],
    [[inMap], /got a cycle at key\[0\]\.value/],
    [deep, /got more than 200 levels at key/],
    [5, /A query key is a string or an array, got 5/],
    [null, /got null/],
    [{ id: 1 }, /got an object/],
  ];

  test.each(wrong)("of what is no plain value is an error that says where and what to do (%#)", (key, message) => {
    const hash = (): string => hashKey(key as QueryKey);
    expect(hash).toThrow(MachoError);
    expect(hash).toThrow(message);
  });
});
