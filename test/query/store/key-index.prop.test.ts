import fc from "fast-check";
import { hashKey, type QueryKey } from "macho-cache/query";
import { expect, test } from "vitest";
import { matcherOf } from "../../../src/query/key/prefix.ts";
import { KeyIndex } from "../../../src/query/store/key-index.ts";

const element = fc.constantFrom<unknown>(
  "a",
  1,
  "1",
  { id: 1, of: ["]", "}"] },
  undefined,
  'a","b',
  'a"]',
  "\\",
  "\ud800,",
  ["a", ["b"]],
  [],
  new Map([[",", "]"]]),
);
const key: fc.Arbitrary<QueryKey> = fc.oneof(
  { weight: 4, arbitrary: fc.array(element, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom("a", "b", "string a") },
);
const operation = fc.record({ do: fc.constantFrom("add", "add", "delete", "find"), key });

/** Whole leading elements; a string only begins itself. */
function begins(prefix: QueryKey, whole: QueryKey): boolean {
  if (typeof prefix === "string" || typeof whole === "string")
    return prefix === whole || (prefix.length === 0 && prefix !== "");
  return prefix.every((each, index) => index < whole.length && hashKey([each]) === hashKey([whole[index]]));
}

test("the index finds exactly the keys that a look at each would find", () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80, size: "max" }), (operations) => {
      const index = new KeyIndex();
      const model = new Map<string, QueryKey>();
      for (const next of operations) {
        const hash = hashKey(next.key);
        if (next.do === "add") {
          index.add(hash);
          model.set(hash, next.key);
        } else if (next.do === "delete") {
          index.delete(hash);
          model.delete(hash);
        }
        const expected = [...model].filter(([, whole]) => begins(next.key, whole)).map(([each]) => each);
        expect([...model.keys()].filter(matcherOf(next.key))).toEqual(expected);
        expect([...model.keys()].filter(matcherOf(next.key, true))).toEqual(model.has(hash) ? [hash] : []);
        // A string begins only itself, and everything begins with nothing: that takes no index.
        if (next.key.length === 0 || typeof next.key === "string") continue;
        expect([...index.startingWith(next.key, () => [...model.keys()])].toSorted()).toEqual(expected.toSorted());
      }
    }),
    { numRuns: 300 },
  );
});
