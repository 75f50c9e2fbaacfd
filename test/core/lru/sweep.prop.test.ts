import fc from "fast-check";
import { expect, test } from "vitest";
import { Ticker } from "../../../src/core/lru/clock.ts";
import { Outbox } from "../../../src/core/lru/events.ts";
import { Store } from "../../../src/core/lru/store.ts";
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

const SLOTS = 30;

/** A store whose entries have the deadlines that a test writes down. */
class Column extends Store<number, undefined> {
  readonly deadlines: number[] = Array.from({ length: SLOTS + 1 }, () => Infinity);
  now = 0;

  constructor(ticker = new Ticker(new ManualClock(), true)) {
    const outbox = new Outbox<number, undefined>(undefined, ticker);
    super({ capacity: SLOTS + 1, maxWeight: Infinity, ttl: Infinity, ticker, outbox });
    ticker.stores = [this];
    for (let key = 0; key <= SLOTS; key++)
      this.set(key, undefined, { ttl: Infinity, age: 0, weight: 0, keepTtl: false });
    this.lastUsed = SLOTS;
  }

  override deadlineOf(slot: number): number {
    return this.deadlines[slot] ?? Infinity;
  }

  write(slot: number, deadline: number): void {
    this.deadlines[slot] = deadline;
    if (deadline < this.ahead) this.note(deadline);
  }

  /** Called for each slot that expires; the slot is used again at once. */
  override gone(slot: number): void {
    expect(this.deadlines[slot]).toBeLessThanOrEqual(this.now);
    this.deadlines[slot] = Infinity;
  }

  /** Returns how many expired. */
  run(now: number, slots: number): number {
    const { expired } = this;
    this.sweep(now, slots);
    return this.expired - expired;
  }
}

test("whatever was written, freed and swept in slices, every due entry is found, and then nothing is due", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const column = new Column();
      for (const next of steps) {
        if (next.do === "pass") column.now += next.ms;
        if (next.do === "free") column.deadlines[next.slot] = Infinity;
        if (next.do === "run" && column.now >= column.due) column.run(column.now, next.slots);
        if (next.do === "write") column.write(next.slot, column.now + next.ttl);
        // One turn may have just ended; the next one is at most 30/1,000 ms later.
        expect(column.due).toBeLessThanOrEqual(Math.max(Math.min(...column.deadlines), column.now + 0.03));
      }
      let runs = 0;
      while (column.due < Infinity && runs++ < 1_000) {
        column.now = Math.max(column.now, column.due);
        column.run(column.now, 4);
      }
      expect(column.deadlines.every((deadline) => deadline === Infinity)).toBe(true);
      expect(column.due).toBe(Infinity);
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
      const column = new Column(ticker);
      column.gone = (slot) => {
        expect(column.deadlines[slot]).toBeLessThanOrEqual(ticker.now());
        column.deadlines[slot] = Infinity;
      };
      for (const next of steps) {
        if (next.do === "wait") clock.advance(next.ms);
        if (next.do === "sleep") clock.sleep(next.ms);
        if (next.do === "lose") clock.lose();
        if (next.do === "refuse") clock.refuses = next.refuses;
        if (next.do === "write") column.write(next.slot, ticker.now() + next.ttl);
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
    }),
    { numRuns: 1_000 },
  );
});

test("two full turns are a thousandth of a ms for each slot apart", () => {
  const column = new Column();
  column.write(1, 1);
  column.write(2, 1.001);
  column.now = 1;
  expect(column.run(1, 100)).toBe(1);
  expect(column.due).toBeCloseTo(1.03, 5);
});
