import { runInNewContext } from "node:vm";
import { MachoError } from "macho-cache";
import { hashKey, type QueryKey } from "macho-cache/query";
import { describe, expect, test } from "vitest";

const nested = (levels: number): unknown[] => {
  let key: unknown[] = [];
  for (let level = 1; level < levels; level++) key = [key];
  return key;
};

describe("the hash of a key", () => {
  const readable: [QueryKey, string][] = [
    ["a", '"a"'],
    ['a "quoted"\n', '"a \\"quoted\\"\\n"'],
    [["films", { page: 2, search: "a" }], '["films",{"page":2,"search":"a"}]'],
    [[1, -0, 1n, Number.NaN, Infinity, -Infinity, null, true], "[1,0,1n,NaN,Infinity,-Infinity,null,true]"],
    [[undefined, { gone: undefined }], "[undefined,{}]"],
    [[new Date(5), new Date(Number.NaN)], "[Date(5),Date(NaN)]"],
    [
      [
        new Map<unknown, unknown>([
          ["b", 1],
          [{ id: 1 }, 2],
        ]),
        new Set([2, 1]),
      ],
      '[Map{"b":1,{"id":1}:2},Set{1,2}]',
    ],
    [[[], {}, [[]], new Map(), new Set()], "[[],{},[[]],Map{},Set{}]"],
  ];

  test.each(readable)("reads like JSON with more words (%#)", (key, text) => {
    expect(hashKey(key)).toBe(text);
  });

  test("is what JSON writes wherever JSON suffices", () => {
    const units = Array.from({ length: 0x1_00_00 }, (_, unit) => `a${String.fromCharCode(unit)}`);
    const keys = [...units, "", "😀", "\ud800\ud800"].flatMap((text) => [text, [text, { [text]: 1.5 }]]);
    expect(keys.filter((key) => hashKey(key) !== JSON.stringify(key))).toEqual([]);
  });

  test("does not depend on the order of properties, nor on properties that are undefined", () => {
    const one = { b: 1, a: { d: 1, c: 2 }, gone: undefined };
    expect(hashKey([one])).toBe(hashKey([{ a: { c: 2, d: 1 }, b: 1 }]));
  });

  test.each([3, 16, 17, 40])("sorts %i properties by their code units", (count) => {
    const names = Array.from(
      { length: count },
      (_, index) => `${String.fromCodePoint(0x1_f6_00 - index * 3000)}${index}`,
    );
    const forwards = Object.fromEntries(names.map((name) => [name, 1]));
    const sorted = Object.fromEntries(names.toSorted().map((name) => [name, 1]));
    expect(hashKey([forwards])).toBe(JSON.stringify([sorted]));
  });

  test("does not depend on the order of a Map's or Set's entries", () => {
    const entries: [unknown, unknown][] = [
      ["a", 1],
      [{ b: 2 }, [3]],
      [new Set([1, 2]), undefined],
    ];
    expect(hashKey([new Map(entries)])).toBe(hashKey([new Map(entries.toReversed())]));
    expect(hashKey([new Set(entries)])).toBe(hashKey([new Set(entries.toReversed())]));
  });

  test("is the same for an object with no prototype as for one with the usual", () => {
    expect(hashKey([Object.assign(Object.create(null) as object, { a: 1 })])).toBe(hashKey([{ a: 1 }]));
  });

  test("counts a hole as an undefined element", () => {
    const holed: unknown[] = [];
    holed.length = 2;
    expect(hashKey(holed)).toBe("[undefined,undefined]");
  });

  test("is different for values that are easily mixed up", () => {
    const own = JSON.parse('{"__proto__": 1}') as object;
    // prettier-ignore
    const keys: QueryKey[] = [
      "a", ["a"], '["a"]', [["a"]], "", [""], [], [[]], [{}], [new Map()], [new Set()], [null], ["null"],
      [undefined], [undefined, undefined], ["undefined"], [1], ["1"], [1n], ["1n"], [-1], [0], [0n], [false], [true],
      ["true"], [Number.NaN], ["NaN"], [Infinity], [-Infinity], ["Infinity"], [new Date(0)], ["Date(0)"],
      [new Date(Number.NaN)], [new Date(0).toISOString()], [new Date(0).toJSON(), 1], [{ a: undefined }, 1], [own],
      [{ 0: "a" }], [{ a: 1 }], [{ a: null }], [{ a: "1" }], [new Map([["a", 1]])], [new Map([["a", undefined]])],
      [new Set([["a", 1]])], [["a", 1]], ["a", "b"], ["a,b"], ['a","b'], [["a"], "b"], [["a", "b"]], ["\ud800"],
      ["\\ud800"], ["\ufffd"], ["a\u0000"], [{ "a,b": 1 }], [{ a: 1, b: 1 }], [{ 'a":1,"b': 1 }],
      [{ a: { b: 1 } }], [{ a: {}, b: 1 }],
    ];
    expect(new Set(keys.map(hashKey)).size).toBe(keys.length);
  });

  test("takes the same object in two places", () => {
    const shared = { id: 1 };
    expect(hashKey([shared, [shared], shared])).toBe('[{"id":1},[{"id":1}],{"id":1}]');
  });

  test("takes plain objects and arrays of another realm", () => {
    expect(hashKey(runInNewContext("[{ id: 1, list: [1] }]") as QueryKey)).toBe('[{"id":1,"list":[1]}]');
  });

  test("reads getters and never calls toJSON or valueOf", () => {
    const key = [
      {
        get id() {
          return hashKey([{ inner: 1 }]);
        },
        at: new Date(5),
      },
    ];
    const date = Object.assign(new Date(5), { toJSON: () => "no", valueOf: () => 6 });
    expect(hashKey(key)).toBe('[{"at":Date(5),"id":"[{\\"inner\\":1}]"}]');
    expect(hashKey([date])).toBe("[Date(5)]");
    expect(hashKey(Object.assign(["a", 1], { toJSON: () => ["b"] }))).toBe('["a",1]');
  });

  test("lets what a getter or a proxy throws through as it is", () => {
    const mine = new RangeError("mine");
    const broken = (): never => {
      throw mine;
    };
    for (const trap of ["ownKeys", "get", "getPrototypeOf"] as const) {
      expect(() => hashKey([new Proxy({ a: 1 }, { [trap]: broken })])).toThrow(mine);
    }
  });

  test("takes 200 levels", () => {
    expect(hashKey(nested(200))).toBe("[".repeat(200) + "]".repeat(200));
  });
});

class Film {
  id = 1;
}
class Root {
  isPrototypeOf(): boolean {
    return true;
  }
}
Object.setPrototypeOf(Root.prototype, null);
class List extends Array<unknown> {}
class Index extends Map<unknown, unknown> {}
class Later extends Date {}

const REMEDY = "Put values there that identify the data, such as an id.";

describe("a key with something else than plain values is an error", () => {
  // prettier-ignore
  const instances: unknown[] = [
    new Film(), new Root(), new List(), new Index(), new Later(), /a/, new Error("a"), new Uint8Array(1), Object(1),
    Object("a"), Promise.resolve(), new WeakMap(), new Proxy(new Film(), {}), new Proxy(new Date(), {}),
    new Proxy(new Map(), {}), new Proxy(new Set(), {}), Object.create(Date.prototype), Object.create(Map.prototype),
    Object.create(Set.prototype), Object.create({ a: 1 }), Object.create(Object.create(null)),
    Object.create({ constructor: Object }), Object.create({ constructor: runInNewContext("Object") }),
    runInNewContext("new (class Film {})()"), runInNewContext("new (class List extends Array {})()"),
    runInNewContext("new Date()"),
  ];

  test.each(instances.map((value) => [value]))("for an instance of a class (%#)", (value) => {
    const message = `got an instance of a class at key[1].a. ${REMEDY}`;
    expect(() => hashKey(["a", { a: value }])).toThrow(`A query key holds plain values only, ${message}`);
  });

  const cycle: unknown[] = [];
  cycle.push({ in: cycle });
  const inMap = new Map<string, unknown>();
  inMap.set("self", [inMap]);
  const inSet = new Set<unknown>();
  inSet.add(inSet);
  const call = (): number => 1;

  const wrong: [unknown, string][] = [
    [["films", { onClick: call }], "a function at key[1].onClick."],
    [[{ "a b": { 1: [call] } }], "a function at key[0].a b.1[0]."],
    [[Symbol("s")], "Symbol(s) at key[0]."],
    [[{ [Symbol("s")]: 1 }], "a property Symbol(s) at key[0]."],
    [[new Map([["a", call]])], 'a function at key[0].get("a").'],
    [[new Map([[call, "a"]])], "a function at key[0].keys()."],
    [[new Set([{ a: call }])], "a function at key[0].values().a."],
    [new List(), "an instance of a class at key."],
    [cycle, "a cycle at key[0].in."],
    [[inMap], 'a cycle at key[0].get("self")[0].'],
    [[inSet], "a cycle at key[0].values()."],
    [nested(201), "more than 200 levels at key[0][0]"],
    [nested(10_000), "[0][0]…."],
  ];

  test.each(wrong)("that says what, where, and what to do instead (%#)", (key, message) => {
    const thrown = caught(() => hashKey(key as QueryKey));
    expect(thrown).toBeInstanceOf(MachoError);
    expect(thrown).toMatchObject({ code: "invalid-key" });
    expect((thrown as MachoError).message).toContain(message);
    expect((thrown as MachoError).message.endsWith(` ${REMEDY} [invalid-key]`)).toBe(true);
    expect((thrown as MachoError).message.length).toBeLessThan(300);
  });

  test.each([
    [5, "5"],
    [null, "null"],
    [undefined, "undefined"],
    [{ id: 1 }, "an object"],
    [call, "a function"],
  ])("for what is neither a string nor an array (%#)", (key, got) => {
    const remedy = 'Pass one, as in ["film", id]; a hook takes null for none yet.';
    const message = `A query key is a string or an array, got ${got}. ${remedy} [invalid-key]`;
    expect(caught(() => hashKey(key as unknown as QueryKey))).toMatchObject({ code: "invalid-key", message });
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
