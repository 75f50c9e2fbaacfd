import "../../support/fixed-seeds.ts";
import fc from "fast-check";
import { MachoError, MachoOptionError, XorFilter } from "macho-cache";
import { describe, expect, test } from "vitest";
import { atMost, FILTER_KEYS } from "../../support/filter-keys.ts";

const PROBES = 200_000;

describe("an xor filter", () => {
  test.each(Object.keys(FILTER_KEYS))("has every one of its %s keys, and others at the asked rate at most", (kind) => {
    const key = FILTER_KEYS[kind] ?? String;
    const keys = Array.from({ length: 20_000 }, (_, index) => key(index));
    for (const probability of [0.5, 1e-2, 2 ** -8, 1e-3, 1e-4, 1e-6]) {
      const filter = XorFilter.from(keys, { probability });
      expect(keys.filter((each) => !filter.has(each))).toEqual([]);
      let wrong = 0;
      for (let index = 0; index < PROBES; index++) if (filter.has(key(50_000 + index))) wrong++;
      expect(wrong).toBeLessThanOrEqual(atMost(probability, PROBES));
    }
  });

  test("denies none of its keys, whatever they are and however often they come", () => {
    const key = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.string(),
      fc.bigInt(),
      fc.nat(5),
      fc.constantFrom<unknown>(-0, 0, null, undefined, true, Number.NaN, Symbol.for("a"), {}),
    );
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 400, size: "max" }),
        fc.constantFrom(0.01, 1e-4, 2 ** -32),
        (keys, probability) => {
          const filter = XorFilter.from([...keys, ...keys], { probability });
          expect(keys.filter((each) => !filter.has(each))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("takes 9.9 bits a key at the default rate, and duplicates take none", () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `key ${index % 25_000}`);
    expect((8 * XorFilter.from(keys).byteLength) / 25_000).toBeCloseTo(9.85, 1);
    expect((8 * XorFilter.from(keys, { probability: 1e-4 }).byteLength) / 25_000).toBeCloseTo(19.7, 1);
  });

  test("of no keys, of one, and of what only iterates", () => {
    expect(XorFilter.from<string>([], { probability: 2 ** -32 }).has("a")).toBe(false);
    expect(XorFilter.from(new Set(["a"])).has("a")).toBe(true);
    const object = {};
    const filter = XorFilter.from<unknown>(new Map([[object, 1]]).keys(), { probability: 2 ** -32 });
    expect([filter.has(object), filter.has({})]).toEqual([true, false]);
  });

  test("names what is wrong with its options", () => {
    expect(() => XorFilter.from(5 as never)).toThrow(MachoError);
    for (const options of [{ probability: 0 }, { probability: 1 }, { probability: 1e-12 }, { capacity: 5 }]) {
      expect(() => XorFilter.from([], options as never)).toThrow(MachoOptionError);
    }
  });
});
