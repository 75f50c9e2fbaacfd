import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksOf, renumbered, Spool } from "../../src/simulate/spool.ts";

type Request = readonly [key: number, weight: number, time: number];

/** What a spool holds. */
function requestsOf(spool: Spool): Request[] {
  const all: Request[] = [];
  for (const { length, keys, weights, times } of blocksOf(spool.place)) {
    for (let at = 0; at < length; at++) all.push([keys[at]!, weights[at] ?? 1, times[at] ?? 0]);
  }
  return all;
}

test("a spool gives back what was put in, over any number of blocks, and what is left under new numbers", () => {
  const counts = fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 140_000);
  fc.assert(
    fc.property(counts, fc.boolean(), fc.boolean(), (count, weights, times) => {
      const given = Array.from({ length: count }, (_, at): Request => [
        (at * 7) % 1_000,
        weights ? 2 ** 40 + at : 1,
        times ? at / 16 : 0,
      ]);
      const spool = new Spool({ weights, times });
      for (const [key, weight, time] of given) spool.add(key, weight, time);
      spool.finish();
      expect(spool.length).toBe(count);
      expect(same(requestsOf(spool), given)).toBe(true);
      // Twice: a pass leaves it as it is.
      expect(same(requestsOf(spool), given)).toBe(true);
      const numbers = Int32Array.from({ length: 1_000 }, (_, key) => (key % 3 === 0 ? key / 3 : -1));
      const some = renumbered(spool, numbers);
      const expected = given
        .filter(([key]) => key % 3 === 0)
        .map(([key, weight, time]): Request => [key / 3, weight, time]);
      expect(same(requestsOf(some), expected)).toBe(true);
      some.close();
    }),
    { numRuns: 24 },
  );
});

/** Compared by hand: a matcher takes long for so many. */
function same(one: readonly Request[], other: readonly Request[]): boolean {
  return (
    one.length === other.length && one.every((each, at) => each.every((value, place) => value === other[at]![place]))
  );
}
