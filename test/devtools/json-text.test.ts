import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonFault, MAX_PRINTED, parseJson, printJson } from "../../src/devtools/panel/json-text.ts";

describe("a value as JSON", () => {
  test("is read as the same value, and looks as JSON.stringify has it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        // It knows no -0.
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(printJson(plain, "data")).toEqual({ text: JSON.stringify(plain, null, 2), losses: [] });
      }),
    );
  });

  test("says what it cannot say, and where, and runs no code of the value", () => {
    const bad = (): never => {
      throw new Error("it was run");
    };
    const loss = (value: unknown): string | undefined => printJson(value, "data").losses[0];
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(loss({ at: new Date(0) })).toBe("data.at is a Date");
    expect(loss([{ "two words": undefined }])).toBe('data[0]["two words"] is undefined');
    expect(loss([1n, -0, NaN])).toBe("data[0] is a bigint");
    expect(printJson([1n, -0, NaN], "d").losses.slice(1)).toEqual(["d[1] is -0", "d[2] is NaN"]);
    expect(loss({ toJSON: bad })).toBe("data.toJSON is a function");
    expect(loss(Object.defineProperty({}, "x", { get: bad, enumerable: true }))).toContain("data.x is a getter");
    expect(loss({ [Symbol("s")]: 1 })).toBe("data[Symbol(s)] is no plain property");
    expect(loss({ map: new Map([[1, 2]]) })).toBe("data.map is Map(1)");
    expect(loss(cycle)).toBe("data.self is above itself");
    // oxlint-disable-next-line no-sparse-arrays -- Holes are what this is about.
    expect(loss([1, , 3])).toBe("data has holes");
    expect(loss(Object.create({ constructor: { name: "Film" } }))).toContain("data is ");
    expect(loss(new Proxy({}, { ownKeys: bad }))).toBe("data cannot be read");
    expect(loss(Array.from({ length: MAX_PRINTED }, () => 1))).toContain("is too large");
    expect(loss({ a: 1, b: ["x"], c: null })).toBeUndefined();
  });

  test("has a text all the same, to be copied", () => {
    const { text } = printJson({ at: new Date(0), big: 2n, gone: undefined, list: [undefined] }, "data");
    expect(JSON.parse(text)).toEqual({ at: "1970-01-01T00:00:00.000Z", big: "2n", list: [null] });
  });
});

describe("a text that is no JSON", () => {
  test.each([
    ['{"a": 1,\n  "b": x}', 'No JSON at line 2, column 8: "x".'],
    ["[1, 2,]", 'No JSON at line 1, column 7: "]".'],
    ['{"a" 1}', 'No JSON at line 1, column 6: "1".'],
    ["{a: 1}", 'No JSON at line 1, column 2: "a".'],
    ["1 2", 'No JSON at line 1, column 3: "2".'],
    ['{"a": [1, {"b": "open}', String.raw`No JSON at line 1, column 17: "\"".`],
    ['{"a": [1', "The JSON ends too early."],
    ["", "The JSON ends too early."],
    ["'single'", `No JSON at line 1, column 1: "'".`],
  ])("is told by the place of the fault: %s", (text, fault) => {
    expect(parseJson(text)).toMatchObject({ fault });
  });

  test("has its fault where the text before can still become JSON, and the next sign cannot follow", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom("?", "@", "'"), (text, at, sign) => {
        const place = at % (text.length + 1);
        const broken = `${text.slice(0, place)}${sign}${text.slice(place)}`;
        fc.pre("fault" in parseJson(broken));
        // Within a text any sign may stand: the fault is where that begins, or after it.
        expect(jsonFault(broken)).toBeLessThanOrEqual(place);
      }),
    );
  });
});
