import fc from "fast-check";
import { MachoError } from "macho-cache";
import { readText, toText } from "macho-cache/query";
import { expect, test } from "vitest";
import { saySame } from "../../support/same-value.ts";

/** Any UTF-16, lone surrogates included, with what ends or begins something in HTML. */
const text = fc.oneof(
  fc.string(),
  fc.array(fc.integer({ min: 0, max: 0xff_ff })).map((units) => String.fromCharCode(...units)),
  fc.constantFrom("</script>", "<!--<script>", "]]>", "&lt;", "\u2028", "\u2029", "\0"),
);
const name = fc.oneof(text, fc.constantFrom("__proto__", "constructor", "prototype", "length", "toJSON", "0"));

/** Everything that a structured clone keeps and a text holds. */
const value = fc.anything({
  key: name,
  maxDepth: 4,
  values: [text, fc.integer(), fc.double(), fc.boolean(), fc.bigInt(), fc.constantFrom(null, undefined, -0)],
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

test("a text gives back what a structured clone would", () => {
  fc.assert(
    fc.property(value, (given) => {
      const got = readText(toText(given));
      expect(saySame(got, structuredClone(given))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test("the same value gives the same text, before and after it was sent", () => {
  fc.assert(
    fc.property(value, (given) => {
      const written = toText(given);
      expect(toText(readText(written))).toBe(written);
    }),
  );
});

test("a text is JSON without a character that means something in HTML, or ends a line in old scripts", () => {
  fc.assert(
    fc.property(value, (given) => {
      const written = toText(given);
      expect(written).not.toMatch(/[<>&\u2028\u2029]/);
      expect(written).not.toMatch(/\p{Surrogate}/u);
      expect(() => JSON.parse(written)).not.toThrow();
    }),
  );
});

test("parts that are the same object are so afterwards, and no others", () => {
  const shared = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(shared, (places) => {
      const objects = [{}, [], new Map(), new Date(0)];
      const got = readText(toText(places.map((place) => objects[place]))) as object[];
      for (const [one, place] of places.entries()) {
        for (const [other, otherPlace] of places.entries()) expect(got[one] === got[other]).toBe(place === otherPlace);
      }
    }),
  );
});

test("a text that was changed anywhere gives a value or a named error, and touches no prototype", () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  const change = fc.tuple(
    value,
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom(...'[]{}",:0-xn'.split(""), "__proto__"),
  );
  fc.assert(
    fc.property(change, ([given, place, length, put]) => {
      const written = toText(given);
      const at = place % written.length;
      const changed = written.slice(0, at) + put + written.slice(at + length);
      try {
        readText(changed);
      } catch (error) {
        expect(error).toBeInstanceOf(MachoError);
        expect(error).toMatchObject({ code: "invalid-dump" });
      }
    }),
    { numRuns: 2_000 },
  );
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
});

test("any JSON gives a value or a named error", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (json) => {
      try {
        readText(json);
      } catch (error) {
        expect(error).toMatchObject({ code: "invalid-dump" });
      }
    }),
  );
});
