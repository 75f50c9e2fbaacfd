import { Cache, type CacheDump, type LoadContext, exportCache, importCache, getMany, setMany } from "macho-cache";
import { beforeEach, describe, expect, test } from "vitest";
import { settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

/** Nothing is left, and nothing can come. */
function expectEmpty(cache: Cache<string, number>): void {
  expect(cache.disposed).toBe(true);
  expect([cache.size, [...cache], clock.timers.length]).toEqual([0, [], 0]);
}

/** A cache that its first listener disposes of. */
function fragile(): Cache<string, number> {
  const cache = new Cache<string, number>({ clock });
  cache.subscribe(() => cache.dispose());
  return cache;
}

const dumpOf = (...keys: string[]): CacheDump<string, number> => ({
  version: 1,
  exportedAt: clock.wallNow(),
  entries: keys.map((key) => ({ key, value: 1, age: 0, ttl: 1_000 })),
});

describe("a cache that is disposed of in the middle of a write stores nothing more", () => {
  test("by a listener during setMany", () => {
    const cache = fragile();
    setMany(cache, [
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
    expectEmpty(cache);
    expect(cache.metrics).toMatchObject({ sets: 1, removals: { cleared: 1 } });
  });

  test("by a listener during import, which counts what it stored", () => {
    const cache = fragile();
    expect(importCache(cache, dumpOf("a", "b"))).toBe(1);
    expectEmpty(cache);
  });

  test.each<[string, (cache: Cache<string, number>) => unknown]>([
    ["set", (cache) => cache.set("a", 1)],
    ["setMany", (cache) => setMany(cache, [["a", 1]])],
    ["importCache", (cache) => importCache(cache, dumpOf("a"))],
  ])("by its weigher during %s", (_name, write) => {
    const cache: Cache<string, number> = new Cache<string, number>({
      maxWeight: 10,
      weigher: () => (cache.dispose(), 1),
      clock,
    });
    write(cache);
    expectEmpty(cache);
    expect(cache.metrics.sets).toBe(0);
  });

  test("by its weigher during a load, whose caller is rejected", async () => {
    const cache: Cache<string, number> = new Cache<string, number>({
      maxWeight: 10,
      weigher: () => (cache.dispose(), 1),
      clock,
    });
    await expect(cache.getOrLoad("a", () => 1)).rejects.toMatchObject({ code: "disposed" });
    expectEmpty(cache);
  });

  test("by the loader, or who hears its abort", async () => {
    const byLoader = new Cache<string, number>({ clock });
    const load = (): number => (byLoader.dispose(), 1);
    await expect(byLoader.getOrLoad("a", load)).rejects.toMatchObject({ code: "disposed" });
    expectEmpty(byLoader);

    const cache = new Cache<string, number>({ clock });
    const value = cache.getOrLoad("a", (_key, { signal }) => {
      signal.addEventListener("abort", () => cache.dispose());
      return new Promise<number>(() => undefined);
    });
    cache.set("a", 5);
    expect(await value).toBe(5);
    expectEmpty(cache);
  });

  test("by the timer's own listener", () => {
    const cache: Cache<string, number> = new Cache({ ttl: 10, clock, onRemoval: () => cache.dispose() });
    cache.set("a", 1).set("b", 2, { ttl: 500 });
    clock.advance(10);
    expectEmpty(cache);
  });
});

describe("dispose", () => {
  test("ends every load: signals are aborted, callers rejected, timers and listeners are gone", async () => {
    const cache = new Cache<string, number>({ clock });
    const signals: AbortSignal[] = [];
    const load = (_key: string, { signal }: LoadContext): Promise<number> => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const caller = new AbortController();
    let listeners = 0;
    const { signal } = caller;
    const counted = {
      aborted: false,
      addEventListener: (...[, run]: [string, () => void]) => (listeners++, signal.addEventListener("abort", run)),
      removeEventListener: (...[, run]: [string, () => void]) => (
        listeners--,
        signal.removeEventListener("abort", run)
      ),
    } as unknown as AbortSignal;
    const callers = [
      cache.getOrLoad("a", load, { timeout: 1_000, signal: counted }),
      cache.getOrLoad("a", load),
      cache.getOrLoad("never reads its signal", () => new Promise<number>(() => undefined)),
      cache.getOrLoad("dismissed", load, { timeout: 2 ** 33 }),
    ];
    cache.delete("dismissed");
    expect(listeners).toBe(1);
    cache.dispose();
    const error = { name: "MachoError", code: "disposed" };
    expect(signals.map(({ aborted, reason }) => [aborted, reason as unknown])).toEqual([
      [true, expect.objectContaining(error)],
      [true, expect.objectContaining(error)],
    ]);
    for (const each of callers) await expect(each).rejects.toMatchObject(error);
    await settled();
    expect(listeners).toBe(0);
    expect(cache.metrics.loads).toMatchObject({ started: 3, joined: 1, aborted: 3, failed: 0, succeeded: 0 });
    expectEmpty(cache);
  });

  test("ends a load in the background without a word", async () => {
    const cache = new Cache<string, number>({ clock });
    const events: unknown[] = [];
    cache.set("a", 1);
    cache.subscribe((event) => events.push(event));
    await cache.getOrLoad("a", () => new Promise<number>(() => undefined), { staleTime: 0, timeout: 50 });
    cache.dispose();
    await settled();
    expect(events).toEqual([{ type: "removal", key: "a", value: 1, cause: "cleared" }]);
    expectEmpty(cache);
  });

  test("leaves reads that find nothing, and writes that say so", async () => {
    const cache = new Cache<string, number>({ clock }).set("a", 1);
    const dump = exportCache(cache);
    cache.dispose();
    expect([cache.get("a"), cache.peek("a"), cache.has("a"), cache.remainingTtl("a"), cache.pin("a")]).toEqual([
      undefined,
      undefined,
      false,
      undefined,
      undefined,
    ]);
    expect([cache.delete("a"), getMany(cache, ["a"]), cache.purgeExpired(), exportCache(cache).entries]).toEqual([
      false,
      [undefined],
      0,
      [],
    ]);
    const writes: [string, () => unknown][] = [
      ["set", () => cache.set("a", 1)],
      ["set", () => cache.set("a", 1, { ttl: 5 })],
      ["setMany", () => setMany(cache, [])],
      ["importCache", () => importCache(cache, dump)],
      ["resize", () => cache.resize(5)],
    ];
    for (const [name, write] of writes) {
      expect(write).toThrow(
        expect.objectContaining({ code: "disposed", message: expect.stringContaining(`${name} was called`) as string }),
      );
    }
    await expect(cache.getOrLoad("a", () => 1)).rejects.toMatchObject({ code: "disposed" });
    expect(cache.metrics.options.maxCacheSize).toBe(100);
    expectEmpty(cache);
  });
});
