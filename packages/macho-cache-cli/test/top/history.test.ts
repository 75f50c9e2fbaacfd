import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Reading, TopHistory } from "../../src/top/history.ts";
import { readingOf } from "./reading.ts";

describe("the history of a cache", () => {
  test("tells what happened in a second, and how many reads hit", () => {
    const history = new TopHistory();
    history.add(readingOf({ at: 0, hits: 10 }));
    expect(history.rates(5_000)).toBeUndefined();
    expect(history.ratio(5_000)).toBeNull();
    const removals = { evicted: 8, expired: 0, replaced: 0, deleted: 0, cleared: 0 };
    history.add(readingOf({ at: 2_000, hits: 16, misses: 2, sets: 4, removals }));
    expect(history.rates(5_000)).toEqual({
      gets: 4,
      sets: 2,
      misses: 1,
      removals: { evicted: 4, expired: 0, replaced: 0, deleted: 0, cleared: 0 },
    });
    expect(history.ratio(5_000)).toBe(0.75);
    expect(history.known).toBe(0);
  });

  test("begins with what was recorded before, and knows no rates of it", () => {
    const history = new TopHistory();
    history.add(
      readingOf({
        at: 10_000,
        seconds: [
          [1_000, 1, 1, 1],
          [9_000, 1, 3, 0],
        ],
      }),
    );
    expect(history.ratios(10_000, 2)).toEqual([0.5, 1]);
    expect(history.known).toBe(9_000);
    expect(history.rates(10_000)).toBeUndefined();
    // It is told once.
    history.add(readingOf({ at: 11_000, seconds: [[1_000, 1, 9, 9]] }));
    expect(history.ratios(11_000, 1)).toEqual([0.8]);
  });

  test("has no gaps where readings are further apart than the parts of a line", () => {
    const history = new TopHistory();
    for (let second = 0; second <= 60; second++) history.add(readingOf({ at: second * 1_013, hits: second }));
    expect(history.ratios(60_000, 100)).toEqual(Array<number>(100).fill(1));
  });

  test("counts anew in another page, after a reset, and when the clock was set back", () => {
    const history = new TopHistory();
    history.add(readingOf({ at: 0, hits: 100 }));
    history.add(readingOf({ at: 1_000, hits: 101 }));
    history.restart();
    history.add(readingOf({ at: 5_000, hits: 500 }));
    expect(history.ratios(5_000, 1)).toEqual([1]);
    expect(history.rates(1_000)).toBeUndefined();
    history.add(readingOf({ at: 6_000, hits: 3 }));
    history.add(readingOf({ at: 7_000, hits: 4, since: 6_500 }));
    expect(history.rates(3_000)).toBeUndefined();
    history.add(readingOf({ at: 6_000, hits: 4, since: 6_500 }));
    expect(history.known).toBe(0);
    history.add(readingOf({ at: 7_000, hits: 5, since: 6_500 }));
    expect(history.rates(3_000)?.gets).toBe(1);
  });

  test("agrees with all differences of the readings, and forgets after ten minutes", () => {
    const step = fc.record({
      ms: fc.integer({ min: 1, max: 60_000 }),
      hits: fc.nat(50),
      misses: fc.nat(50),
      isNew: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 700_000 }), (steps, ms) => {
        const history = new TopHistory();
        const all: { at: number; hits: number; misses: number }[] = [];
        let last: Reading = readingOf({ at: 0 });
        history.add(last);
        for (const { ms: passed, hits, misses, isNew } of steps) {
          if (isNew) history.restart();
          const before = isNew ? { hits: 0, misses: 0 } : last;
          const now = { at: last.at + passed, hits: before.hits + hits, misses: before.misses + misses };
          if (!isNew) all.push({ at: now.at, hits, misses });
          history.add((last = readingOf(now)));
        }
        const known = all.filter(
          ({ at }) => at > last.at - Math.min(ms, 600_000) && at > (all.at(-1)?.at ?? 0) - 600_000,
        );
        const hits = known.reduce((sum, span) => sum + span.hits, 0);
        const lookups = known.reduce((sum, span) => sum + span.hits + span.misses, 0);
        expect(history.ratio(ms)).toBe(lookups === 0 ? null : hits / lookups);
        expect(history.known).toBeLessThanOrEqual(660_000 * 60);
      }),
    );
  });
});
