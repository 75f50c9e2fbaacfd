import fc from "fast-check";
import { expect, test } from "vitest";
import { Scheduler } from "../../src/query/scheduler.ts";
import { ManualClock } from "../support/manual-clock.ts";

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("add" as const), after: fc.integer({ min: 0, max: 40 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), job: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 15 }) }) },
);

test("every job runs once, in its order and at its time, on at most one timer; a cancelled one never", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: "max" }), (steps) => {
      const clock = new ManualClock();
      const scheduler = new Scheduler(clock);
      const jobs: { at: number; state: "waiting" | "ran" | "cancelled"; cancel: () => void }[] = [];
      const ran: number[] = [];
      const add = (after: number): void => {
        const job = {
          at: clock.now() + after,
          state: "waiting" as "waiting" | "ran" | "cancelled",
          cancel: () => undefined as void,
        };
        job.cancel = scheduler.add(job.at, () => {
          expect(job.state).toBe("waiting");
          expect(clock.now()).toBe(job.at);
          job.state = "ran";
          ran.push(job.at);
        });
        jobs.push(job);
      };
      for (const next of steps) {
        if (next.do === "add") add(next.after);
        if (next.do === "wait") clock.advance(next.ms);
        const cancelled = next.do === "cancel" ? jobs[next.job] : undefined;
        cancelled?.cancel();
        if (cancelled?.state === "waiting") cancelled.state = "cancelled";
        expect(clock.timers.length).toBeLessThanOrEqual(jobs.some(({ state }) => state === "waiting") ? 1 : 0);
      }
      clock.advance(100);
      expect(jobs.every(({ state }) => state !== "waiting")).toBe(true);
      expect(ran).toEqual(ran.toSorted((one, other) => one - other));
      expect(clock.timers).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("a job that throws stops no other, and one that cancels a job that is due at once does stop it", () => {
  const clock = new ManualClock();
  const scheduler = new Scheduler(clock);
  const ran: string[] = [];
  const reported: unknown[] = [];
  const host = globalThis as { reportError?: unknown };
  const own = host.reportError;
  host.reportError = (error: unknown) => reported.push(error);
  scheduler.add(5, () => {
    cancelThird();
    throw new Error("first");
  });
  scheduler.add(5, () => ran.push("second"));
  const cancelThird = scheduler.add(5, () => ran.push("third"));
  clock.advance(5);
  host.reportError = own;
  expect(ran).toEqual(["second"]);
  expect(reported).toHaveLength(1);
});
