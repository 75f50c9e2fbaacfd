import fc from "fast-check";
import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { pageEnvironment } from "../../../src/query/timing/environment.ts";
import { Timing } from "../../../src/query/timing/timing.ts";
import { drained } from "../../support/drained.ts";
import { ManualClock } from "../../support/manual-clock.ts";

/** Ms by which a timer must be late to have been lost. */
const LATEST = 1_000;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("add" as const),
      after: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(5_000)),
      isAwaited: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("cancel" as const), job: fc.nat(30) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 15 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sleep" as const), ms: fc.constantFrom(1_001, 4_999, 9_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose" as const), ms: fc.constantFrom(1, 1_500, 9_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("refuse" as const), refuses: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("mount" as const), isOpen: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Job {
  readonly at: number;
  readonly isAwaited: boolean;
  state: "waiting" | "ran" | "cancelled";
  cancel(): void;
}

/** The timers of a client without queries. */
class Timers extends Timing {
  constructor(clock: ManualClock) {
    super(new Cache({ clock }).clock, false, pageEnvironment);
  }

  override revalidate(): void {}
}

/** Timers over the time of a cache and a host that does all that hosts do. */
class Timed {
  readonly clock = new ManualClock();
  readonly timing = new Timers(this.clock);
  readonly jobs: Job[] = [];
  readonly ran: number[] = [];
  /** What somebody waited for at the last unmount. */
  hurried: Job[] = [];
  /** Whether the host has lost what it had, so that a job may be late. */
  hasLost = false;

  constructor() {
    this.timing.mount();
  }

  get waiting(): Job[] {
    return this.jobs.filter(({ state }) => state === "waiting");
  }

  run(next: Step): void {
    if (next.do === "add") this.#add(next.after, next.isAwaited);
    if (next.do === "cancel") this.#cancel(this.jobs[next.job]);
    if (next.do === "wait") this.clock.advance(next.ms);
    if (next.do === "sleep") this.clock.sleep(next.ms);
    if (next.do === "refuse") this.clock.refuses = next.refuses;
    if (next.do === "mount" && next.isOpen !== this.timing.canWait) this.#mount(next.isOpen);
    if (next.do !== "lose") return;
    this.hasLost = true;
    this.clock.lose();
    this.clock.busy(next.ms);
  }

  /** Somebody uses the cache, in a task of their own. */
  async use(): Promise<void> {
    this.timing.recent();
    await drained();
    this.clock.advance(0);
  }

  check(): void {
    const { clock, timing, hasLost } = this;
    const now = timing.now();
    const late = this.waiting.filter(({ at }) => at + (hasLost ? LATEST : 0) < now);
    if (timing.canWait) expect(late, "nothing that is due is forgotten").toEqual([]);
    if (!timing.canWait) expect(this.hurried.filter(({ state }) => state === "waiting")).toEqual([]);
    if (!timing.canWait) expect(clock.timers, "nothing is armed for who is not mounted").toEqual([]);
    else if (!clock.refuses && !hasLost) this.#checkTimer(now);
  }

  /** One timer for all, for the job that is due first at the latest, which keeps a process alive for who waits. */
  #checkTimer(now: number): void {
    const { waiting } = this;
    const [timer, ...others] = this.clock.timers;
    expect(others).toEqual([]);
    if (waiting.length === 0) return;
    const first = Math.min(...waiting.map(({ at }) => at));
    expect(timer!.at - this.clock.now()).toBeLessThanOrEqual(Math.max(0, first - now));
    expect(timer!.isAwaited).toBe(waiting.some(({ isAwaited }) => isAwaited));
  }

  #add(after: number, isAwaited: boolean): void {
    const at = this.timing.now() + after;
    const job: Job = { at, isAwaited, state: "waiting", cancel: () => undefined };
    job.cancel = this.timing.after(
      after,
      () => {
        expect(job.state).toBe("waiting");
        // No timer says when it is due what somebody waits for, once nothing is mounted.
        if (!this.hurried.includes(job)) expect(this.timing.now()).toBeGreaterThanOrEqual(at);
        job.state = "ran";
        this.ran.push(this.jobs.indexOf(job));
      },
      isAwaited,
    );
    this.jobs.push(job);
  }

  #mount(isOpen: boolean): void {
    if (isOpen) return this.timing.mount();
    this.hurried = this.waiting.filter(({ isAwaited }) => isAwaited);
    this.timing.unmount();
  }

  #cancel(job: Job | undefined): void {
    job?.cancel();
    if (job?.state === "waiting") job.state = "cancelled";
  }
}

test("every job runs once, at its time, on one timer, whatever the host sleeps through, refuses or loses; a cancelled one never", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
      const timed = new Timed();
      for (const next of steps) {
        timed.run(next);
        // oxlint-disable-next-line no-await-in-loop
        await timed.use();
        timed.check();
      }
      timed.run({ do: "mount", isOpen: true });
      timed.clock.refuses = false;
      await timed.use();
      timed.clock.advance(20_000);
      await timed.use();
      expect(timed.waiting).toEqual([]);
      expect(timed.clock.timers).toEqual([]);
      expect(timed.ran.length).toBe(new Set(timed.ran).size);
    }),
    { numRuns: 500 },
  );
});

/** Timers of a client that is mounted. */
function mounted(clock: ManualClock): Timers {
  const timing = new Timers(clock);
  timing.mount();
  return timing;
}

test("jobs run in the order in which they are due, at their time", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 60 }), (times) => {
      const clock = new ManualClock();
      const timing = mounted(clock);
      const ran: number[] = [];
      for (const at of times) timing.after(at, () => ran.push(clock.now()));
      clock.advance(40);
      expect(ran).toEqual(times.toSorted((one, other) => one - other));
    }),
  );
});

test("a job that throws stops no other, and one that cancels a job that is due at once does stop it", () => {
  const clock = new ManualClock();
  const timing = mounted(clock);
  const ran: string[] = [];
  const reported: unknown[] = [];
  const host = globalThis as { reportError?: unknown };
  const own = host.reportError;
  host.reportError = (error: unknown) => reported.push(error);
  timing.after(5, () => {
    cancelThird();
    throw new Error("first");
  });
  timing.after(5, () => ran.push("second"));
  const cancelThird = timing.after(5, () => ran.push("third"));
  clock.advance(5);
  host.reportError = own;
  expect(ran).toEqual(["second"]);
  expect(reported).toHaveLength(1);
});

test("a job whose time is not a number runs at once, and hides nothing that is due later", () => {
  const clock = new ManualClock();
  const timing = mounted(clock);
  const ran: string[] = [];
  timing.after(10, () => ran.push("later"));
  timing.after(Number.NaN, () => ran.push("at once"));
  clock.advance(0);
  expect(ran).toEqual(["at once"]);
  clock.advance(10);
  expect([ran, clock.timers]).toEqual([["at once", "later"], []]);
});

test("cancelled jobs that are all that is left hold no timer of the host", () => {
  const clock = new ManualClock();
  const timing = mounted(clock);
  const ran: string[] = [];
  const cancel = timing.after(30_000, () => ran.push("cancelled"));
  timing.after(10, () => ran.push("due"));
  cancel();
  clock.advance(10);
  expect([ran, clock.timers]).toEqual([["due"], []]);
});
