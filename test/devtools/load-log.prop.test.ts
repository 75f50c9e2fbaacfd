import fc from "fast-check";
import { Cache } from "macho-cache";
import { describe, expect, test } from "vitest";
import type { LoadStep } from "../../src/core/lru/flight.ts";
import { Durations } from "../../src/devtools/durations.ts";
import { LoadLog, MAX_JOINS, MAX_STEPS } from "../../src/devtools/load-log.ts";
import { LoadTallies } from "../../src/devtools/load-tallies.ts";

const MOST = 5;
const ENDS: ReadonlySet<LoadStep> = new Set(["succeeded", "failed", "aborted"]);

const commands = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("start" as const), key: fc.nat(4) }),
    fc.record({ do: fc.constant("wait" as const), ms: fc.nat(500) }),
    fc.record({
      do: fc.constantFrom<LoadStep[]>("joined", "fetching", "retry", "paused", "succeeded", "failed", "aborted"),
      which: fc.nat(30),
    }),
  ),
  { maxLength: 80, size: "max" },
);

test("a log agrees with one that keeps every event and looks them through", () => {
  fc.assert(
    fc.property(commands, (todo) => {
      let time = 1_000;
      const cache = new Cache<unknown, unknown>();
      const log = new LoadLog(cache, { fail: () => undefined }, () => time, MOST);
      log.follow();
      const [hear] = cache.flights.listeners;
      const events: { key: number; flight: object; step: LoadStep; at: number }[] = [];
      const tell = (key: number, flight: object, step: LoadStep): void => {
        events.push({ key, flight, step, at: time });
        hear!(key, flight, step, new Error(`at ${time}`));
      };
      for (const command of todo) {
        if (command.do === "wait") time += command.ms;
        else if (command.do === "start") tell(command.key, {}, "started");
        else {
          const open = events.filter(
            ({ flight, step }) =>
              step === "started" && !events.some((each) => each.flight === flight && ENDS.has(each.step)),
          );
          const chosen = open[command.which % open.length];
          if (chosen) tell(chosen.key, chosen.flight, command.do);
        }
      }
      const starts = events.filter(({ step }) => step === "started");
      const many = (...steps: LoadStep[]): number => events.filter(({ step }) => steps.includes(step)).length;
      expect(log.counts).toEqual({
        started: starts.length,
        succeeded: many("succeeded"),
        failed: many("failed"),
        aborted: many("aborted"),
        joined: many("joined"),
      });
      expect(log.running).toBe(starts.length - many("succeeded", "failed", "aborted"));
      expect(log.durations.count).toBe(many("succeeded", "failed"));
      const model = starts.slice(-MOST).map(({ key, flight, at }) => {
        const own = events.filter((each) => each.flight === flight);
        const end = own.find(({ step }) => ENDS.has(step));
        const steps = own.filter(({ step }) => ["fetching", "retry", "paused"].includes(step));
        return {
          serial: starts.findIndex((each) => each.flight === flight) + 1,
          key,
          start: at,
          isRefresh: false,
          steps: steps.slice(-MAX_STEPS).map((each) => ({
            kind: each.step,
            at: each.at,
            error: each.step === "retry" ? `Error: at ${each.at}` : undefined,
          })),
          retries: own.filter(({ step }) => step === "retry").length,
          joins: own
            .filter(({ step }) => step === "joined")
            .map((each) => each.at)
            .slice(-MAX_JOINS),
          joined: own.filter(({ step }) => step === "joined").length,
          end: end?.at,
          outcome: end?.step,
          error: end?.step === "failed" ? `Error: at ${end.at}` : undefined,
        };
      });
      expect(log.loads).toEqual(model);
    }),
  );
});

describe("durations", () => {
  const ms = fc.oneof(
    fc.double({ min: 0.1, max: 9_999_999, noNaN: true }),
    fc.integer({ min: 1, max: 100 }),
    fc.constantFrom(0.1, 1, 10, 100, 1_000, 10_000),
  );

  test("have quantiles that are at most 3% off those of all the values", () => {
    fc.assert(
      fc.property(
        fc.array(ms, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (values, share) => {
          const durations = new Durations();
          values.forEach((value) => durations.add(value));
          const sorted = values.toSorted((one, other) => one - other);
          const exact = sorted[Math.ceil(share * values.length) - 1]!;
          const estimate = durations.quantile(share)!;
          expect(Math.abs(estimate - exact) / exact).toBeLessThan(0.03);
        },
      ),
    );
  });

  test("are drawn in bins that hold each value once, without a gap, over whole powers of ten", () => {
    fc.assert(
      fc.property(fc.array(ms, { minLength: 1, maxLength: 200 }), (values) => {
        const durations = new Durations();
        values.forEach((value) => durations.add(value));
        const bins = durations.bins(10);
        expect(bins.length % 10).toBe(0);
        bins.slice(1).forEach(({ from }, index) => expect(from).toBe(bins[index]!.to));
        // A hair of rounding at an edge.
        const hair = 1 + 1e-9;
        for (const { from, to, count } of bins) {
          const surely = values.filter((value) => value >= from * hair && value < to / hair).length;
          const perhaps = values.filter((value) => value >= from / hair && value < to * hair).length;
          expect(count).toBeGreaterThanOrEqual(surely);
          expect(count).toBeLessThanOrEqual(perhaps);
        }
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        expect(bins[0]!.from).toBeLessThanOrEqual(low * hair);
        expect(bins[0]!.from * 10 * hair).toBeGreaterThan(low);
        expect(bins.at(-1)!.to * hair).toBeGreaterThanOrEqual(high);
      }),
    );
  });

  test("beyond the scale count in its first and last bin", () => {
    const durations = new Durations();
    expect([durations.quantile(0.5), durations.bins(10)]).toEqual([undefined, []]);
    [0, 1e12].forEach((value) => durations.add(value));
    const bins = durations.bins(10);
    expect([bins.length, bins[0]!.count, bins.at(-1)!.count]).toEqual([80, 1, 1]);
    expect([durations.quantile(0.5), durations.quantile(1)]).toEqual([expect.closeTo(0.1, 2), expect.closeTo(1e7, -6)]);
  });
});

test("tallies agree with a list of all loads, as long as no key had to be forgotten", () => {
  const loads = fc.array(fc.record({ key: fc.nat(8), ms: fc.nat(50), isFailed: fc.boolean() }), { maxLength: 60 });
  fc.assert(
    fc.property(loads, (all) => {
      const tallies = new LoadTallies(9, 3);
      for (const { key, ms, isFailed } of all) tallies.add(key, ms, isFailed);
      const keys = [...new Set(all.map(({ key }) => key))];
      const longest = (key: number): number => Math.max(...all.filter((each) => each.key === key).map(({ ms }) => ms));
      const slowest = keys.map(longest).sort((one, other) => other - one);
      expect(tallies.slowest.map(({ ms }) => ms)).toEqual(slowest.slice(0, 3));
      for (const { key, ms } of tallies.slowest) expect(ms).toBe(longest(key as number));
      const failing = keys.filter((key) => all.some((each) => each.key === key && each.isFailed));
      const told = tallies.failingMost(99);
      expect(new Set(told.map(({ key }) => key))).toEqual(new Set(failing));
      expect(told).toHaveLength(failing.length);
      for (const { key, ended, failed } of told) {
        const own = all.filter((each) => each.key === key);
        expect([ended, failed]).toEqual([own.length, own.filter(({ isFailed }) => isFailed).length]);
      }
    }),
  );
});

test("a key that fails is remembered while keys that never fail come and go, and the slowest for ever", () => {
  const tallies = new LoadTallies(3, 2);
  tallies.add("fails", 7, true);
  tallies.add("slow", 900, false);
  for (let key = 0; key < 50; key++) tallies.add(key, 5, false);
  tallies.add("fails", 8, false);
  expect(tallies.failingMost(9)).toEqual([{ key: "fails", ended: 2, failed: 1 }]);
  expect(tallies.slowest).toEqual([
    { key: "slow", ms: 900 },
    { key: "fails", ms: 8 },
  ]);
  for (let key = 100; key < 110; key++) tallies.add(key, 1, true);
  expect(tallies.failingMost(9)).toHaveLength(3);
});
