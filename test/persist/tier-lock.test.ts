import { withLock } from "macho-cache/persist";
import { describe, expect, it } from "vitest";
import { deferred } from "../support/deferred.ts";
import { drained } from "../support/drained.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { Server } from "../support/server.ts";
import { LockingTier, SharedTier } from "../support/shared-tier.ts";

/** Two processes over one storage with locks, at the same time of the clock. */
class Pair {
  readonly clock = new ManualClock();
  readonly tiers: [LockingTier, LockingTier];
  readonly one: Server;
  readonly two: Server;

  constructor(wait?: number) {
    const first = new LockingTier(this.clock.now);
    this.tiers = [first, new LockingTier(this.clock.now, first)];
    const [one, two] = this.tiers.map((tier) => new Server(withLock(tier, { wait }) as LockingTier, this.clock));
    this.one = one!;
    this.two = two!;
  }

  get loads(): number[] {
    return [this.one.backend.count, this.two.backend.count];
  }

  /** Both ask for a film. */
  async ask(): Promise<[Promise<unknown>, Promise<unknown>]> {
    const first = this.one.ask(["film"]);
    await drained();
    const second = this.two.ask(["film"]);
    await drained();
    return [first, second];
  }
}

describe("processes that share a tier under its lock", () => {
  it("load once what both want, and the lock is given back when the answer is written", async () => {
    const pair = new Pair();
    const answers = await pair.ask();
    expect(pair.loads).toEqual([1, 0]);
    await pair.one.backend.answer(0, "Ran");
    await drained();
    expect(pair.tiers[0].calls.slice(-2)).toEqual(["write", "unlock"]);
    await pair.one.pass(25);
    await expect(Promise.all(answers)).resolves.toEqual(["Ran", "Ran"]);
    expect(pair.loads).toEqual([1, 0]);
    expect(pair.tiers[0].locks.size).toBe(0);
  });

  it("load the next one when the first fails", async () => {
    const pair = new Pair();
    const [first, second] = await pair.ask();
    const failed = first.catch(String);
    await pair.one.backend.fail(0, new Error("down"));
    expect(await failed).toBe("Error: down");
    await pair.one.pass(25);
    expect(pair.loads).toEqual([1, 1]);
    await pair.two.backend.answer(0, "Ran");
    await expect(second).resolves.toBe("Ran");
  });

  it("wait for a process that is gone no longer than the bound", async () => {
    const pair = new Pair(300);
    const [, second] = await pair.ask();
    for (let ms = 0; ms < 300; ms += 25) {
      expect(pair.loads).toEqual([1, 0]);
      await pair.two.pass(25);
    }
    expect(pair.loads).toEqual([1, 1]);
    await pair.two.backend.answer(0, "Ran");
    await expect(second).resolves.toBe("Ran");
  });

  it("do not wait for a lock where the read before it got no answer in time", async () => {
    const { two, tiers } = new Pair();
    tiers[1].before = () => new Promise(() => undefined);
    void two.ask(["film"]);
    await drained();
    await two.pass(50);
    expect(two.backend.count).toBe(1);
    expect(tiers[1].calls).not.toContain("lock");
  });

  it("load at once where the lock fails, or the tier is broken", async () => {
    const { two, tiers } = new Pair();
    tiers[1].before = (call) => {
      if (call === "lock") throw new Error("ECONNRESET");
    };
    void two.ask(["film"]);
    await drained();
    expect(two.backend.count).toBe(1);
  });

  it("take what was written between a look and the lock that followed it", async () => {
    const pair = new Pair();
    const { one, two, tiers } = pair;
    const isFree = deferred<void>();
    tiers[1].before = (call) => (call === "lock" ? isFree.promise : undefined);
    const answer = two.ask(["film"]);
    await drained();
    await one.load(["film"], "Ran");
    await drained();
    expect(tiers[0].locks.size).toBe(0);
    isFree.resolve();
    await expect(answer).resolves.toBe("Ran");
    expect(pair.loads).toEqual([1, 0]);
    await drained();
    expect(tiers[0].locks.size).toBe(0);
  });

  it("give a lock back that came after the deadline", async () => {
    const { two, tiers } = new Pair();
    const [, tier] = tiers;
    const answer = deferred<void>();
    tier.before = (call) => (call === "lock" ? answer.promise : undefined);
    void two.ask(["film"]);
    await drained();
    await two.pass(50);
    expect(two.backend.count).toBe(1);
    answer.resolve();
    await drained();
    expect(tier.calls).toContain("unlock");
    expect(tier.locks.size).toBe(0);
  });

  it("take no lock for what is not shared", async () => {
    const { two, tiers } = new Pair();
    await two.load(["me"], "secret", { shared: false });
    expect(tiers[1].calls).toEqual([]);
  });
});

it("refuses a tier without locks, and a wait that is no number of ms", () => {
  expect(() => withLock(new SharedTier())).toThrow("withLock needs a tier with a method lock");
  const tier = new LockingTier(() => 0);
  expect(() => withLock(tier, { wait: Infinity })).toThrow("wait");
  expect(withLock(tier, { wait: 5 })).toBe(tier);
});
