import { LruCache } from "macho-cache/lru";
import { persist, shareAcrossTabs } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";
import { afterEach, describe, expect, it, vi } from "vitest";
import { drained } from "../support/drained.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { exchanged, Network, TabPage } from "../support/tab-world.ts";

const FRESH = { staleTime: Infinity };

afterEach(() => vi.unstubAllGlobals());

/** Tabs that have said what they hold. */
async function tabs(count: number, setUp?: ConstructorParameters<typeof TabPage>[1]): Promise<TabPage[]> {
  const network = new Network();
  const all = Array.from({ length: count }, () => new TabPage(network, setUp));
  await exchanged(...all);
  return all;
}

describe("tabs of a persisted client", () => {
  it("show what another one has written, once it is stored, and load nothing", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    await one.store(["film"], { title: "Ran", year: 1985 });
    await exchanged(one, other);
    const hook = other.watch(["film"], FRESH);
    await exchanged(one, other);
    expect(hook.data).toEqual({ title: "Ran", year: 1985 });
    one.client.setQueryData(["film"], { title: "Ikiru", year: 1985 });
    await exchanged(one, other);
    expect(hook.data).toMatchObject({ title: "Ran" });
    await one.persistence!.flush();
    await exchanged(one, other);
    expect(hook.data).toMatchObject({ title: "Ikiru" });
    expect(other.backend.count).toBe(0);
  });

  it("keep the references of what is equal", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    await one.store(["films"], [{ title: "Ran" }, { title: "Ikiru" }]);
    await exchanged(one, other);
    const hook = other.watch(["films"], FRESH);
    await exchanged(one, other);
    const [ran] = hook.data as object[];
    await one.store(["films"], [{ title: "Ran" }, { title: "Rashomon" }]);
    await exchanged(one, other);
    expect((hook.data as object[])[0]).toBe(ran);
    expect(hook.data).toMatchObject([{}, { title: "Rashomon" }]);
  });

  it("do not tell what they were told", async () => {
    const all = (await tabs(3)) as [TabPage, TabPage, TabPage];
    for (const tab of all) tab.watch(["film"], FRESH);
    await exchanged(...all);
    await all[0].backend.answer(0, "Ran");
    await all[0].persistence!.flush();
    await exchanged(...all);
    for (const tab of all) {
      tab.clock.advance(5_000);
      await exchanged(...all);
    }
    expect(all[0].network.sent).toHaveLength(1);
    expect(all.map((tab) => tab.data(["film"]))).toEqual(["Ran", "Ran", "Ran"]);
  });

  it("load nothing for the load of another one", async () => {
    const all = (await tabs(3)) as [TabPage, TabPage, TabPage];
    for (const tab of all) tab.watch(["film"]);
    await exchanged(...all);
    for (const tab of all) await tab.backend.answer(0, "Ran");
    for (let round = 0; round < 5; round++) {
      for (const tab of all) tab.clock.advance(1_000);
      await exchanged(...all);
    }
    expect(all.map(({ backend }) => backend.count)).toEqual([1, 1, 1]);
  });

  it("know of what they do not show that it is there, and load nothing for it", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    await one.store(["film"], "Ran");
    await exchanged(one, other);
    expect(other.tier.calls).not.toContain("getMany");
    expect(other.persistence!.status.entries).toBe(1);
    await expect(other.client.fetchQuery(["film"], other.backend.fetcher, FRESH)).resolves.toBe("Ran");
    expect(other.backend.count).toBe(0);
  });

  it("never show what is older, whatever comes when", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const hook = other.watch(["film"], FRESH);
    await exchanged(one, other);
    for (const title of ["one", "two", "three"]) await one.store(["film"], title);
    const late = one.network.onItsWay.splice(0, 2);
    await exchanged(one, other);
    one.network.onItsWay = [...late, ...late];
    await exchanged(one, other);
    expect(hook.shown.filter((data) => data !== undefined)).toEqual(["three"]);
    other.clock.advance(10);
    await other.store(["film"], "four");
    one.network.onItsWay.unshift(...late);
    await exchanged(one, other);
    expect([one, other].map((tab) => tab.data(["film"]))).toEqual(["four", "four"]);
  });

  it("hear what is removed, also of what only the storage holds", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    for (const at of [1, 2]) await one.store(["film", at], at);
    await one.store(["book", 1], "kept");
    await exchanged(one, other);
    const hook = other.watch(["film", 1], FRESH);
    const book = other.watch(["book", 1], FRESH);
    await exchanged(one, other);
    one.client.removeQueries(["film"]);
    await exchanged(one, other);
    expect(hook.result).toMatchObject({ data: undefined, fetchStatus: "fetching" });
    expect(other.backend.count).toBe(1);
    void other.client.fetchQuery(["film", 2], other.backend.fetcher, FRESH);
    await exchanged(one, other);
    expect(other.backend.count).toBe(2);
    expect(book.data).toBe("kept");
    await one.persistence!.flush();
    await other.persistence!.flush();
    expect(one.tier.records.size).toBe(1);
  });

  it("hear that everything is cleared", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    await one.store(["film"], "Ran");
    await exchanged(one, other);
    await other.client.fetchQuery(["film"], other.backend.fetcher, FRESH);
    one.client.clear();
    await exchanged(one, other);
    expect(other.data(["film"])).toBeUndefined();
  });

  it("do not hear of evictions: neither from memory nor from the storage", async () => {
    const network = new Network();
    const one = new TabPage(network, { persist: { maxEntries: 10 } });
    const other = new TabPage(network, { persist: { maxEntries: 10 } });
    await exchanged(one, other);
    await one.store(["film", 0], 0);
    await exchanged(one, other);
    const hook = other.watch(["film", 0], FRESH);
    await exchanged(one, other);
    one.client.cache.resize?.(5);
    for (let at = 1; at < 20; at++) {
      one.client.setQueryData(["film", at], at);
      one.clock.advance(1_000);
      await exchanged(one, other);
    }
    one.clock.advance(1_000);
    await exchanged(one, other);
    expect(one.tier.records.size).toBeLessThanOrEqual(10);
    expect(hook.data).toBe(0);
    expect(other.backend.count).toBe(0);
  });

  it.each([
    ["by a prefix", ["film"]],
    ["by a tag", { tags: ["films"] }],
    ["by what only one tab can tell", { predicate: ({ hash }: { hash: string }) => hash.includes("film") }],
    ["as far as they are shown", { queryKey: ["film"], type: "active" as const }],
  ])("mark stale what another one marked, %s, and load it again where it is shown", async (_how, which) => {
    const [one, other] = (await tabs(2, { queries: { tags: ["films"] } })) as [TabPage, TabPage];
    for (const tab of [one, other]) tab.watch(["film", 1], FRESH);
    other.watch(["book"], { ...FRESH, tags: [] });
    await exchanged(one, other);
    await other.backend.answer(1, "book");
    await one.backend.answer(0, "Ran");
    await one.persistence!.flush();
    await exchanged(one, other);
    await other.backend.answer(0, "Ran");
    await other.persistence!.flush();
    await exchanged(one, other);
    void one.client.invalidateQueries(which);
    await exchanged(one, other);
    expect(other.client.getQueryState(["film", 1])).toMatchObject({ isInvalidated: true, fetchStatus: "fetching" });
    expect([one, other].map(({ backend }) => backend.count)).toEqual([2, 3]);
    expect(other.client.getQueryState(["book"])).toMatchObject({ isInvalidated: false });
    await one.backend.answer(1, "Ikiru");
    await other.backend.answer(2, "Ikiru");
    await exchanged(one, other);
    expect([one, other].map(({ backend }) => backend.count)).toEqual([2, 3]);
  });

  it("mark nothing twice, and not what the tab that marked has written since", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const hook = other.watch(["film"], FRESH);
    await exchanged(one, other);
    await other.backend.answer(0, "Ran");
    await other.persistence!.flush();
    await exchanged(one, other);
    void one.client.invalidateQueries(["film"]);
    const mark = one.network.onItsWay.splice(0);
    await one.store(["film"], "Ikiru");
    await exchanged(one, other);
    expect(hook.data).toBe("Ikiru");
    one.network.onItsWay = [...mark, ...mark];
    await exchanged(one, other);
    expect(hook.result).toMatchObject({ data: "Ikiru", isStale: false });
    expect(other.backend.count).toBe(1);
  });

  it("load again what came from a load that was under way when another tab marked it", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const hook = other.watch(["film"], FRESH);
    await exchanged(one, other);
    void one.client.invalidateQueries(["film"]);
    // The answer is there before the mark is heard.
    other.clock.advance(10);
    await other.backend.answer(0, "before the mark");
    await exchanged(one, other);
    expect(other.backend.count).toBe(2);
    await other.backend.answer(1, "after the mark");
    expect(hook.data).toBe("after the mark");
  });

  it("have what a tab wrote that closes before it is stored", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const hook = other.watch(["film"], FRESH);
    await exchanged(one, other);
    one.client.setQueryData(["film"], "Ran");
    void one.persister.writes.flush(true);
    await drained();
    one.suspend();
    await exchanged(one, other);
    expect(hook.data).toBe("Ran");
    expect(one.sharing.isConnected).toBe(false);
  });

  it("know that what is shown is old where the storage does not give the new, and load it", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    await one.store(["film"], "Ran");
    await exchanged(one, other);
    const hook = other.watch(["film"], FRESH);
    await exchanged(one, other);
    other.tier.before = () => Promise.reject(new Error("broken"));
    await one.store(["film"], "Ikiru");
    await exchanged(one, other);
    expect(hook.result).toMatchObject({ data: "Ran", isStale: true, fetchStatus: "fetching" });
    await other.backend.answer(0, "loaded");
    expect(hook.data).toBe("loaded");
  });

  it("leave alone what their hooks do not want stored", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const hook = other.watch(["film"], { ...FRESH, persist: false });
    await exchanged(one, other);
    await other.backend.answer(0, "own");
    await one.store(["film"], "Ran");
    await exchanged(one, other);
    expect(hook.data).toBe("own");
  });

  it("mark stale what is written elsewhere and not stored", async () => {
    const [one, other] = (await tabs(2, { persist: { exclude: { keys: [["secret"]] } } })) as [TabPage, TabPage];
    other.watch(["secret"], FRESH);
    await exchanged(one, other);
    await other.backend.answer(0, 1);
    one.client.setQueryData(["secret"], 2);
    await exchanged(one, other);
    expect(other.backend.count).toBe(2);
    await other.backend.answer(1, 2);
    await exchanged(one, other);
    expect([one, other].map(({ backend }) => backend.count)).toEqual([0, 2]);
  });

  it("go on where a listener of the app throws", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const names = ["a", "b", "c"];
    for (const name of names) await one.store([name], 1);
    await exchanged(one, other);
    for (const name of names) await other.client.fetchQuery([name], other.backend.fetcher, FRESH);
    other.client.subscribe(() => {
      throw new Error("of the app");
    });
    for (const name of names) one.client.setQueryData([name], 2);
    await one.persistence!.flush();
    void one.client.invalidateQueries(["a"]);
    one.client.removeQueries(["b"]);
    await exchanged(one, other);
    expect(names.map((name) => other.data([name]))).toEqual([2, undefined, 2]);
    expect(other.persister.heard).toBeUndefined();
    expect(told).toHaveBeenCalled();
    told.mockRestore();
    other.client.setQueryData(["a"], 3);
    await other.persistence!.flush();
    expect(other.persistence!.status.writes).toBe(1);
  });
});

describe("what a tab hears", () => {
  it("is nothing of another scope, build or protocol, and nothing that is damaged", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    other.client.setQueryData(["film"], "own");
    one.clock.advance(1);
    await one.store(["film"], "Ran");
    const [{ message, hear }] = one.network.onItsWay.splice(0) as [{ message: object; hear: (it: unknown) => void }];
    const mark = { n: [9e15, "z"], isGone: true, filter: {} };
    const bad: unknown[] = [
      null,
      "text",
      {},
      { ...message, v: 2 },
      { ...message, scope: "bob" },
      { ...message, buster: "2" },
      { ...message, from: undefined },
      { ...message, written: {} },
      { ...message, written: [["[film]"]] },
      { ...message, written: [['["film"]', { n: [NaN, "z"], x: 1, z: 1, b: "" }]] },
      { ...message, written: undefined, mark: null },
      { ...message, written: undefined, mark: { ...mark, n: 1 } },
      { ...message, written: undefined, mark: { ...mark, filter: undefined } },
      { ...message, written: undefined, mark: { ...mark, filter: { tags: 1 } }, at: 77 },
      { ...message, written: undefined, mark: { ...mark, filter: { queryKey: Symbol.iterator } }, at: 78 },
      { ...message, written: undefined, mark: { ...mark, filter: undefined, keys: [1] } },
      { macho: "purge" },
      { macho: "purge", n: [1], from: "x" },
    ];
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    for (const each of bad) hear(each);
    await exchanged(one, other);
    expect(other.data(["film"])).toBe("own");
    hear(message);
    await exchanged(one, other);
    expect(other.data(["film"])).toBe("Ran");
    told.mockRestore();
  });

  it("is done in one go, however many messages there are", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    for (let at = 0; at < 10; at++) await one.store(["film", at], 0);
    await exchanged(one, other);
    for (let at = 0; at < 10; at++) other.watch(["film", at], FRESH);
    await exchanged(one, other);
    for (let at = 0; at < 10; at++) await one.store(["film", at], 1);
    const written = one.network.onItsWay.splice(0);
    const reads = other.tier.calls.length;
    let at = 0;
    for (let count = 0; count < 10_000; count++) {
      const { message, hear } = written[count % 10]!;
      hear({ ...(message as object), at: 1_000 + at++ });
    }
    await exchanged(one, other);
    expect(other.tier.calls.slice(reads)).toEqual(["getMany"]);
    expect(other.data(["film", 9])).toBe(1);
  });

  it("is looked up in the storage where it is too much", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    await one.store(["film"], 0);
    await exchanged(one, other);
    other.watch(["film"], FRESH);
    await exchanged(one, other);
    await one.store(["film"], 1);
    const [{ message, hear }] = one.network.onItsWay.splice(0) as [
      { message: { written: [string, object][] }; hear: (it: unknown) => void },
    ];
    const [, meta] = message.written[0]!;
    const written = Array.from({ length: 10_001 }, (_, at) => [`["other",${at}]`, meta]);
    hear({ ...message, at: 500, written });
    await exchanged(one, other);
    expect(other.data(["film"])).toBe(1);
    expect(other.persistence!.status.entries).toBe(1);
  });
});

describe("a tab that was suspended", () => {
  it("hears nothing, holds nothing, and has what is new when it wakes", async () => {
    const [one, other] = (await tabs(2, { lock: true })) as [TabPage, TabPage];
    for (const name of ["new", "gone", "marked", "same"]) await one.store([name], 1);
    await exchanged(one, other);
    const hooks = ["new", "gone", "marked", "same"].map((name) => other.watch([name], FRESH));
    await exchanged(one, other);
    other.suspend();
    await drained();
    expect(other.sharing.isConnected).toBe(false);
    expect(one.network.locks.names).toHaveLength(1);
    await one.store(["new"], 2);
    await one.store(["added"], 1);
    one.client.removeQueries(["gone"]);
    void one.client.invalidateQueries(["marked"]);
    await one.persistence!.flush();
    await exchanged(one, other);
    expect(hooks.map(({ data }) => data)).toEqual([1, 1, 1, 1]);
    other.wake();
    await exchanged(one, other);
    expect(hooks.map(({ data }) => data)).toEqual([2, undefined, 1, 1]);
    expect(hooks.map(({ result }) => result.fetchStatus)).toEqual(["idle", "fetching", "fetching", "idle"]);
    await expect(other.client.fetchQuery(["added"], other.backend.fetcher, FRESH)).resolves.toBe(1);
    expect(other.sharing.isConnected).toBe(true);
    expect(one.network.locks.names.filter((name) => name.includes("!"))).toHaveLength(2);
  });

  it("forgets a scope that was purged meanwhile, before anything is read", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    await one.store(["film"], 1);
    await exchanged(one, other);
    await other.client.fetchQuery(["film"], other.backend.fetcher, FRESH);
    other.client.setQueryData(["secret"], 1);
    other.suspend();
    await drained();
    await one.persistence!.purge();
    other.wake();
    expect(other.data(["film"])).toBeUndefined();
    expect(other.data(["secret"])).toBeUndefined();
  });

  it("loads what it shows again where the storage does not say what it holds", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const hook = other.watch(["film"], FRESH);
    await exchanged(one, other);
    await other.backend.answer(0, 1);
    other.suspend();
    other.tier.before = () => Promise.reject(new Error("broken"));
    other.wake();
    await exchanged(one, other);
    expect(hook.result).toMatchObject({ data: 1, fetchStatus: "fetching" });
  });
});

describe("a purge", () => {
  it("is over when every tab that lives has forgotten", async () => {
    const all = (await tabs(3)) as [TabPage, TabPage, TabPage];
    await all[0].store(["film"], 1);
    await exchanged(...all);
    for (const tab of all.slice(1)) await tab.client.fetchQuery(["film"], tab.backend.fetcher, FRESH);
    let isOver = false;
    const purge = all[0].persistence!.purge().then(() => (isOver = true));
    await drained();
    expect(isOver).toBe(false);
    await exchanged(...all);
    await purge;
    expect(all.map((tab) => tab.data(["film"]))).toEqual([undefined, undefined, undefined]);
    expect(all[0].tier.records.size).toBe(0);
  });

  it("waits for a tab that does not answer no longer than the bound", async () => {
    const [one, other] = (await tabs(2, { wait: 300 })) as [TabPage, TabPage];
    let isOver = false;
    const purge = one.persistence!.purge().then(() => (isOver = true));
    await drained();
    one.network.onItsWay.length = 0;
    one.clock.advance(299);
    await drained();
    expect(isOver).toBe(false);
    one.clock.advance(1);
    await purge;
    expect(other.sharing.isConnected).toBe(true);
  });

  it("waits for nobody where no other tab lives, and a moment where nobody knows", async () => {
    const [alone] = (await tabs(1)) as [TabPage];
    await alone.persistence!.purge();
    const [lockless] = (await tabs(1, { host: { locks: undefined } })) as [TabPage];
    let isOver = false;
    const purge = lockless.persistence!.purge().then(() => (isOver = true));
    await drained();
    expect(isOver).toBe(false);
    lockless.clock.advance(200);
    await purge;
    expect(isOver).toBe(true);
  });

  it("reaches tabs of another build, and of a client that is not persisted", async () => {
    const network = new Network();
    const one = new TabPage(network);
    const newer = new TabPage(network, { persist: { buster: "2" } });
    const plain = new TabPage(network, { persist: false });
    for (const tab of [newer, plain]) tab.client.setQueryData(["film"], 1);
    const purge = one.persistence!.purge();
    await exchanged(one, newer, plain);
    await purge;
    expect([newer, plain].map((tab) => tab.data(["film"]))).toEqual([undefined, undefined]);
  });

  it("of another scope reaches its tabs", async () => {
    const network = new Network();
    const one = new TabPage(network);
    const bob = new TabPage(network, { scope: "bob", persist: { scope: "bob" } });
    await exchanged(one, bob);
    await bob.store(["film"], 1);
    one.client.setQueryData(["film"], "own");
    const purge = one.persistence!.purge("bob");
    await exchanged(one, bob);
    await purge;
    expect(bob.data(["film"])).toBeUndefined();
    expect(one.data(["film"])).toBe("own");
    expect(network.size).toBe(2);
  });

  it("in one tab leaves the answer of a load in another one neither shown nor stored", async () => {
    const [one, other] = (await tabs(2)) as [TabPage, TabPage];
    const answer = other.client.fetchQuery(["film"], other.backend.fetcher, FRESH);
    await exchanged(one, other);
    const purge = one.persistence!.purge();
    await exchanged(one, other);
    await purge;
    await other.backend.answer(0, "of the user before");
    await expect(answer).resolves.toBe("of the user before");
    await other.persistence!.flush();
    expect(other.data(["film"])).toBeUndefined();
    expect(other.tier.records.size).toBe(0);
  });

  it("removes what another tab was just writing, also where the storage compares nothing", async () => {
    const network = new Network();
    const shared = new MemoryTier();
    const slow = new MemoryTier(shared.records);
    const one = new TabPage(network, { persist: { storage: shared } });
    const other = new TabPage(network, { persist: { storage: slow } });
    await exchanged(one, other);
    let go = (): void => undefined;
    slow.before = (call) => (call === "write" ? new Promise<void>((resolve) => (go = resolve)) : undefined);
    other.client.setQueryData(["film"], 1);
    void other.persistence!.flush();
    await drained();
    const purge = one.persistence!.purge();
    await exchanged(one, other);
    go();
    await exchanged(one, other);
    await purge;
    expect(shared.records.size).toBe(0);
  });
});

describe("loads under a lock", () => {
  it("are one for all tabs", async () => {
    const all = (await tabs(3, { lock: true })) as [TabPage, TabPage, TabPage];
    const hooks = all.map((tab) => tab.watch(["film"]));
    await exchanged(...all);
    expect(all.map(({ backend }) => backend.count)).toEqual([1, 0, 0]);
    await all[0].backend.answer(0, "Ran");
    await exchanged(...all);
    expect(hooks.map(({ result }) => [result.data, result.fetchStatus])).toEqual(hooks.map(() => ["Ran", "idle"]));
    expect(all.map(({ backend }) => backend.count)).toEqual([1, 0, 0]);
    void all[1].client.invalidateQueries(["film"]);
    await exchanged(...all);
    expect(all.map(({ backend }) => backend.count)).toEqual([1, 1, 0]);
    await all[1].backend.answer(0, "Ikiru");
    await exchanged(...all);
    expect(hooks.map(({ data }) => data)).toEqual(["Ikiru", "Ikiru", "Ikiru"]);
    expect(all.map(({ backend }) => backend.count)).toEqual([1, 1, 0]);
    expect(all[0].network.locks.names).toHaveLength(3);
  });

  it("wait for a tab that hangs no longer than the bound", async () => {
    const [one, other] = (await tabs(2, { lock: true, wait: 200 })) as [TabPage, TabPage];
    one.watch(["film"]);
    await exchanged(one, other);
    other.watch(["film"]);
    await exchanged(one, other);
    other.clock.advance(199);
    await exchanged(one, other);
    expect(other.backend.count).toBe(0);
    other.clock.advance(1);
    await exchanged(one, other);
    expect(other.backend.count).toBe(1);
  });

  it("are each tab's own where there are no locks, or they fail", async () => {
    const broken = { request: () => Promise.reject(new Error("no")), query: () => Promise.reject(new Error("no")) };
    for (const locks of [undefined, broken]) {
      const all = await tabs(2, { lock: true, host: { locks } });
      for (const tab of all) tab.watch(["film"]);
      await exchanged(...all);
      expect(all.map(({ backend }) => backend.count)).toEqual([1, 1]);
    }
  });
});

describe("tabs of a client that is not persisted", () => {
  const plain = { persist: false as const };

  it("load again what another one wrote, where it is shown", async () => {
    const all = (await tabs(3, plain)) as [TabPage, TabPage, TabPage];
    for (const tab of all) tab.watch(["film"], FRESH);
    await exchanged(...all);
    for (const tab of all) await tab.backend.answer(0, "Ran");
    await all[0].store(["film"], "Ikiru").catch(() => undefined);
    await exchanged(...all);
    expect(all.map(({ backend }) => backend.count)).toEqual([1, 2, 2]);
    for (const tab of all.slice(1)) await tab.backend.answer(1, "Ikiru");
    for (let round = 0; round < 5; round++) await exchanged(...all);
    expect(all.map(({ backend }) => backend.count)).toEqual([1, 2, 2]);
    expect(all[0].network.sent).toHaveLength(1);
  });

  it("hear what is marked stale, and neither answers of loads nor what is removed", async () => {
    const [one, other] = (await tabs(2, plain)) as [TabPage, TabPage];
    other.client.setQueryData(["film", 1], 1);
    await exchanged(one, other);
    one.watch(["film", 1], FRESH);
    await exchanged(one, other);
    await one.backend.answer(0, 2);
    one.client.removeQueries(["film"]);
    one.client.clear();
    await exchanged(one, other);
    expect(other.client.getQueryState(["film", 1])).toMatchObject({ data: 1, isInvalidated: false });
    void one.client.invalidateQueries(["film"]);
    await exchanged(one, other);
    expect(other.client.getQueryState(["film", 1])).toMatchObject({ data: 1, isInvalidated: true });
    expect(other.backend.count).toBe(0);
  });

  it("load what they show again when they wake", async () => {
    const [one, other] = (await tabs(2, plain)) as [TabPage, TabPage];
    other.watch(["film"], FRESH);
    await exchanged(one, other);
    await other.backend.answer(0, 1);
    other.client.setQueryData(["aside"], 1);
    await exchanged(one, other);
    other.suspend();
    other.wake();
    other.wake();
    await exchanged(one, other);
    expect(other.backend.count).toBe(2);
    expect(other.client.getQueryState(["aside"])).toMatchObject({ isInvalidated: false });
  });

  it("tell keys once a task", async () => {
    const [one, other] = (await tabs(2, plain)) as [TabPage, TabPage];
    for (let at = 0; at < 1_000; at++) one.client.setQueryData(["film", at % 10], at);
    await exchanged(one, other);
    expect(one.network.sent).toHaveLength(1);
  });
});

describe("shareAcrossTabs", () => {
  it("does nothing where there are no channels", () => {
    const client = new QueryClient();
    const sharing = shareAcrossTabs(client, { scope: "ada" });
    expect(sharing.isConnected).toBe(false);
    expect(client.host.tier).toBeUndefined();
    sharing.stop();
  });

  it("does nothing where a channel cannot be made, or is one of a server", () => {
    vi.stubGlobal("document", new EventTarget());
    vi.stubGlobal("window", new EventTarget());
    vi.stubGlobal("BroadcastChannel", undefined);
    expect(shareAcrossTabs(new QueryClient(), { scope: "ada" }).isConnected).toBe(false);
    vi.unstubAllGlobals();
    vi.stubGlobal("document", new EventTarget());
    expect(shareAcrossTabs(new QueryClient(), { scope: "ada" }).isConnected).toBe(false);
  });

  it("connects where a page has channels, and listens to nothing after its end", () => {
    class Channel extends EventTarget {
      static open = 0;
      constructor() {
        super();
        Channel.open++;
      }
      postMessage(): void {}
      close(): void {
        Channel.open--;
      }
    }
    const heard: string[] = [];
    class Target {
      addEventListener(type: string): void {
        heard.push(type);
      }
      removeEventListener(type: string): void {
        heard.splice(heard.indexOf(type), 1);
      }
    }
    vi.stubGlobal("document", new Target());
    vi.stubGlobal("window", new Target());
    vi.stubGlobal("BroadcastChannel", Channel);
    const client = new QueryClient();
    const sharing = shareAcrossTabs(client, { scope: "ada" });
    expect(sharing.isConnected).toBe(true);
    expect(heard.toSorted()).toEqual(["freeze", "pagehide", "pageshow", "resume", "visibilitychange"]);
    sharing.stop();
    sharing.stop();
    expect([heard.length, Channel.open, client.host.tier]).toEqual([0, 0, undefined]);
  });

  it("says what is wrong, and what to do", () => {
    const storage = new MemoryTier();
    const client = new QueryClient();
    expect(() => shareAcrossTabs(client, {} as never)).toThrow(/scope must be a string that is not empty/);
    expect(() => shareAcrossTabs(client, { scope: "ada", wait: 0 })).toThrow(/wait must be/);
    expect(() => shareAcrossTabs(client, { scope: "ada", lock: 1 as never })).toThrow(/lock must be true or false/);
    expect(() => shareAcrossTabs(client, { scope: "ada", channel: 1 } as never)).toThrow(/channel/);
    expect(() => shareAcrossTabs(client, { scope: "ada", lock: true })).toThrow(/Call persist\(\) first/);
    const cache = new LruCache({ maxCacheSize: 1 });
    expect(() => shareAcrossTabs(cache as never, { scope: "ada" })).toThrow(/needs a QueryClient/);
    expect(() => shareAcrossTabs(undefined as never, { scope: "ada" })).toThrow(/needs a QueryClient, got undefined/);
    persist(client, { storage, scope: "ada" });
    expect(() => shareAcrossTabs(client, { scope: "bob" })).toThrow(/is "ada", got "bob"/);
    for (const how of [{}, { persist: false as const }]) {
      const tab = new TabPage(new Network(), how);
      expect(() => shareAcrossTabs(tab.client, { scope: "ada" })).toThrow(/shared across tabs already/);
      if (how.persist === false) {
        expect(() => persist(tab.client, { storage, scope: "ada" })).toThrow(/or shared across tabs/);
      }
      tab.sharing.stop();
      expect(shareAcrossTabs(tab.client, { scope: "ada" }).isConnected).toBe(false);
    }
  });
});
