import fc from "fast-check";
import { expect, test } from "vitest";
import { Cleanup } from "../../../src/core/lru/cleanup.ts";
import { Ticker } from "../../../src/core/lru/clock.ts";
import { Sweep, type Sweepable } from "../../../src/core/lru/sweep.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const step = fc.oneof(
  fc.record({
    do: fc.constant("write" as const),
    slot: fc.integer({ min: 1, max: 30 }),
    ttl: fc.constantFrom(1, 5, 50, 999),
  }),
  fc.record({ do: fc.constant("free" as const), slot: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(0, 1, 7, 60) }),
  fc.record({ do: fc.constant("run" as const), slots: fc.constantFrom(1, 2, 5, 100) }),
);

/** A column of deadlines, and nothing else. */
class Column implements Sweepable {
  readonly deadlines: number[] = Array.from({ length: 31 }, () => Infinity);
  now = 0;
  deadlineOf = (slot: number): number => this.deadlines[slot] ?? Infinity;
  readonly lastUsed = 30;

  expire(slot: number): void {
    expect(this.deadlines[slot]).toBeLessThanOrEqual(this.now);
    this.deadlines[slot] = Infinity;
  }
}

test("whatever was written, freed and swept in slices, every due entry is found, and then nothing is due", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const column = new Column();
      const sweep = new Sweep(column, () => undefined);
      for (const next of steps) {
        if (next.do === "pass") column.now += next.ms;
        if (next.do === "free") column.deadlines[next.slot] = Infinity;
        if (next.do === "run" && column.now >= sweep.due) sweep.run(column.now, next.slots);
        if (next.do === "write") {
          column.deadlines[next.slot] = column.now + next.ttl;
          sweep.note(column.now + next.ttl);
        }
        // One turn may have just ended; the next one is at most 30/1,000 ms later.
        expect(sweep.due).toBeLessThanOrEqual(Math.max(Math.min(...column.deadlines), column.now + 0.03));
      }
      let runs = 0;
      while (sweep.due < Infinity && runs++ < 1_000) {
        column.now = Math.max(column.now, sweep.due);
        sweep.run(column.now, 4);
      }
      expect(column.deadlines.every((deadline) => deadline === Infinity)).toBe(true);
      expect(sweep.due).toBe(Infinity);
    }),
    { numRuns: 500 },
  );
});

const hostStep = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("write" as const),
      slot: fc.integer({ min: 1, max: 30 }),
      ttl: fc.constantFrom(5, 50, 999, 600_000, 2 ** 32),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(0, 1, 60, 5_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("sleep" as const), ms: fc.constantFrom(-90_000, 1_500, 500_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("refuse" as const), refuses: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: "lose" as const }) },
);

test("whatever the host does with its timers, and however long it sleeps, the next task sets the clean-up right", () => {
  fc.assert(
    fc.property(fc.array(hostStep, { maxLength: 60, size: "max" }), (steps) => {
      const clock = new ManualClock();
      const ticker = new Ticker(clock, true);
      const cleanup = new Cleanup(ticker, () => undefined);
      const column = new Column();
      const sweep = new Sweep(column, cleanup.heed);
      cleanup.sweeps = [sweep];
      column.expire = (slot) => {
        expect(column.deadlines[slot]).toBeLessThanOrEqual(ticker.now());
        column.deadlines[slot] = Infinity;
      };
      for (const next of steps) {
        if (next.do === "wait") clock.advance(next.ms);
        if (next.do === "sleep") clock.sleep(next.ms);
        if (next.do === "lose") clock.lose();
        if (next.do === "refuse") clock.refuses = next.refuses;
        if (next.do === "write") {
          const deadline = ticker.now() + next.ttl;
          column.deadlines[next.slot] = deadline;
          sweep.note(deadline);
        }
        expect(clock.timers.length).toBeLessThanOrEqual(1);
      }
      clock.refuses = false;
      // A timer that is more than a second late is none.
      const before = ticker.now();
      clock.busy(1_001);
      ticker.now();
      clock.advance(1);
      expect(Math.min(...column.deadlines)).toBeGreaterThan(before);
      clock.busy(2 ** 33);
      ticker.now();
      clock.advance(1);
      expect([Math.min(...column.deadlines), clock.timers]).toEqual([Infinity, []]);
      cleanup.close();
    }),
    { numRuns: 1_000 },
  );
});

test("two full turns are a thousandth of a ms for each slot apart", () => {
  const column = new Column();
  const sweep = new Sweep(column, () => undefined);
  column.deadlines[1] = 1;
  column.deadlines[2] = 1.001;
  sweep.note(1);
  sweep.note(1.001);
  column.now = 1;
  expect(sweep.run(1, 100)).toBe(1);
  expect(sweep.due).toBeCloseTo(1.03, 5);
});
