import { describe, expect, it } from "vitest";
import { type Acquire, oneLoad } from "../../src/persist/one-load.ts";
import { deferred } from "../support/deferred.ts";
import { drained } from "../support/drained.ts";
import { PersistedPage } from "../support/persisted-page.ts";

/** Locks that pages share. One that is asked for while it is held is refused, or waited for. */
class Locks {
  readonly held = new Set<string>();
  readonly #waiting: (() => void)[] = [];

  /** Refuses at once. */
  readonly tryOnce: Acquire = (id) => (this.held.has(id) ? undefined : this.#take(id));

  /** Waits, where that is allowed. */
  readonly patient: Acquire = async (id, _ms, mayWait) => {
    if (mayWait && this.held.has(id)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      return this.patient(id, 0, true);
    }
    return this.tryOnce(id, 0, false);
  };

  #take(id: string): () => void {
    this.held.add(id);
    return () => {
      this.held.delete(id);
      for (const go of this.#waiting.splice(0)) go();
    };
  }
}

/** Two pages over one tier, whose loads are shared. */
function pages(acquire: Acquire, ms?: number): [PersistedPage, PersistedPage] {
  const one = new PersistedPage();
  const other = new PersistedPage(one.tier.records);
  for (const { persister } of [one, other]) persister.share = oneLoad(persister, acquire, ms);
  return [one, other];
}

describe.each(["tryOnce", "patient"] as const)("loads under a lock that is taken by %s", (how) => {
  it("are one for two pages, also where nothing is fresh for any time", async () => {
    const locks = new Locks();
    const [one, other] = pages(locks[how]);
    const first = one.watch(["film"]);
    await drained();
    const second = other.watch(["film"]);
    await drained();
    expect([one.backend.count, other.backend.count]).toEqual([1, 0]);
    await one.backend.answer(0, "Ran");
    await drained();
    other.clock.advance(25);
    await drained();
    expect(first.result.data).toBe("Ran");
    expect(second.result).toMatchObject({ data: "Ran", fetchStatus: "idle" });
    expect(other.backend.count).toBe(0);
    expect(locks.held.size).toBe(0);
  });

  it("go on after the longest wait, whoever holds it", async () => {
    const locks = new Locks();
    const [one, other] = pages(locks[how], 300);
    one.watch(["film"]);
    await drained();
    const second = other.watch(["film"]);
    for (let at = 0; at < 12; at++) {
      await drained();
      expect(other.backend.count).toBe(0);
      other.clock.advance(25);
    }
    await drained();
    expect(other.backend.count).toBe(1);
    await other.backend.answer(0, "Ran");
    expect(second.result.data).toBe("Ran");
  });

  it("are the next page's when one fails", async () => {
    const locks = new Locks();
    const [one, other] = pages(locks[how]);
    one.watch(["film"]);
    await drained();
    other.watch(["film"]);
    await drained();
    await one.backend.fail(0, new Error("no"));
    await drained();
    other.clock.advance(25);
    await drained();
    expect(other.backend.count).toBe(1);
  });
});

describe("loads under a lock", () => {
  it("begin at once where the lock fails, and give back what comes too late", async () => {
    const [one] = pages(() => Promise.reject(new Error("no locks")));
    one.watch(["film"]);
    await drained();
    expect(one.backend.count).toBe(1);

    const late = deferred<() => void>();
    const [other] = pages(() => late.promise, 100);
    let isBack = false;
    other.watch(["film"]);
    await drained();
    other.clock.advance(100);
    await drained();
    other.clock.advance(0);
    await drained();
    expect(other.backend.count).toBe(1);
    late.resolve(() => (isBack = true));
    await drained();
    expect(isBack).toBe(true);
  });

  it("do not wait where somebody asks for a load of his own", async () => {
    const locks = new Locks();
    const [one, other] = pages(locks.tryOnce);
    one.watch(["film"]);
    await drained();
    other.client.setQueryData(["film"], "old");
    const hook = other.watch(["film"], { staleTime: Infinity });
    void hook.result.refetch();
    await drained();
    expect(other.backend.count).toBe(1);
  });

  it("end with the page's interest: nothing is fetched, and the lock is free", async () => {
    const locks = new Locks();
    const [one, other] = pages(locks.patient);
    one.watch(["film"]);
    await drained();
    const call = other.client.fetchQuery(["film"], other.backend.fetcher);
    await drained();
    await other.client.cancelQueries();
    await expect(call).rejects.toThrow("aborted");
    await one.backend.answer(0, "Ran");
    await drained();
    expect(other.backend.count).toBe(0);
    expect(locks.held.size).toBe(0);
  });

  it("take what is stale for nobody's answer", async () => {
    const locks = new Locks();
    const [one, other] = pages(locks.patient);
    one.client.setQueryData(["film"], "old", { updatedAt: one.clock.wallNow() - 1_000 });
    await one.persistence.flush();
    const release = await locks.tryOnce(other.persister.idOf('["film"]'), 0, false);
    const hook = other.watch(["film"]);
    await drained();
    await release?.();
    await drained();
    expect(hook.result).toMatchObject({ data: "old", fetchStatus: "fetching" });
    expect(other.backend.count).toBe(1);
  });
});
