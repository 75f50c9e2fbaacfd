import { Cache, LruCache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { afterEach, describe, expect, test } from "vitest";
import { AdviceInTurn } from "../../../src/devtools/agent/advice-in-turn.ts";
import { top } from "../../../src/devtools/agent/top.ts";
import { record, recordingOf } from "../../../src/devtools/recording.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";

const undos: (() => void)[] = [];
afterEach(() => undos.splice(0).forEach((undo) => undo()));

/** Records for the test, so that what a tool began has no end of its own to wait for. */
async function recorded(target: DevtoolsTarget): Promise<void> {
  undos.push(record(target));
  await recordingOf(target).ready;
}

describe("the figures of one moment", () => {
  test("are those of the cache, and reading them counts nothing", async () => {
    const cache = new Cache<string, number>({ maxCacheSize: 2, strategy: "sieve", maxWeight: 10, weigher: () => 3 });
    for (const key of ["a", "b", "c"]) cache.set(key, 1);
    cache.get("c");
    cache.get("gone");
    cache.delete("c");
    await cache.getOrLoad("d", async () => 2);
    const before = JSON.stringify(cache.metrics);
    const figures = await top(cache, {});
    expect(JSON.stringify(cache.metrics)).toBe(before);
    const { since, gets, sets, hits, misses, refused, removals, size, weight } = cache.metrics;
    expect(figures).toMatchObject({ kind: "cache", strategy: "sieve", shardCount: 1, maxCacheSize: 2, maxWeight: 10 });
    expect(figures).toMatchObject({ since, gets, sets, hits, misses, refused, removals, size, weight });
    expect(figures.loads).toMatchObject({ started: 1, succeeded: 1, failed: 0, aborted: 0, joined: 0 });
    expect(figures).toMatchObject({ recordedSince: null, seconds: [], advice: null });
    expect(recordingOf(cache).since).toBeUndefined();
  });

  test("are known of a small core and of a client", async () => {
    expect(await top(new LruCache({ maxCacheSize: 3 }), {})).toMatchObject({
      strategy: "lru",
      maxWeight: null,
      since: null,
    });
    const client = new QueryClient();
    client.setQueryData("a", 1);
    expect(await top(client, {})).toMatchObject({ kind: "client", size: 1, maxCacheSize: 1_000 });
  });

  test("tell how long loads take, recorded or not", async () => {
    const cache = new Cache<number, number>();
    expect((await top(cache, {})).loads).toMatchObject({ p50: null, p90: null });
    for (let key = 0; key < 3; key++) await cache.getOrLoad(key, async () => key);
    const { p50, p90 } = (await top(cache, {})).loads;
    expect(p50).toBeGreaterThanOrEqual(0);
    expect(p90).toBeGreaterThanOrEqual(p50!);
    await recorded(cache);
    recordingOf(cache).loads!.durations.add(10_000);
    expect((await top(cache, {})).loads.p90).toBeCloseTo(10_000, -3);
  });

  test("begin a record where that is asked for, and tell what was recorded before", async () => {
    const cache = new Cache();
    const first = await top(cache, { record: true });
    expect(first.recordedSince).toBe(recordingOf(cache).since);
    const { sampler } = recordingOf(cache);
    await new Promise((done) => setTimeout(done, 5));
    cache.get("a");
    sampler.sample();
    const { at } = sampler.samples.at(-1)!;
    expect((await top(cache, { secondsAfter: 0 })).seconds.at(-1)).toEqual([at, expect.any(Number), 0, 1]);
    expect((await top(cache, { secondsAfter: at })).seconds).toEqual([]);
    expect((await top(cache, {})).seconds).toEqual([]);
  });

  test("are refused to a request that makes no sense", async () => {
    const cache = new Cache();
    await expect(top(cache, { record: 1 as never })).rejects.toThrow("record is true or false, got 1.");
    await expect(top(cache, { secondsAfter: "x" as never })).rejects.toThrow("secondsAfter is a time in ms, got x.");
  });
});

describe("the advice", () => {
  /** A cache that is too small for what it is asked for. */
  async function tooSmall(): Promise<Cache<number, number>> {
    const cache = new Cache<number, number>({ maxCacheSize: 10 });
    await recorded(cache);
    read(cache, 600);
    return cache;
  }

  function read(cache: Cache<number, number>, times: number): void {
    for (let step = 0; step < times; step++) {
      const key = step % 15;
      if (cache.get(key) === undefined) cache.set(key, key);
    }
  }

  test("comes a little after it was asked for", async () => {
    const cache = await tooSmall();
    expect((await top(cache, {})).advice).toBeNull();
    await expect.poll(async () => (await top(cache, {})).advice?.text).toMatch(/^Too small\./);
    expect((await top(cache, {})).advice).toMatchObject({ tone: "change", kind: "size" });
  });

  test("is made anew after some seconds, if something has happened, and not for a record that ended", async () => {
    const cache = await tooSmall();
    let now = 0;
    const recording = recordingOf(cache);
    const turns = new AdviceInTurn(recording, () => now);
    let reads = 0;
    const { accesses } = recording;
    recording.accesses = new Proxy(accesses!, {
      get: (target, name) =>
        name === "read" ? () => (reads++, target.read()) : (Reflect.get(target, name) as unknown),
    });
    await expect.poll(() => turns.read()?.kind).toBe("size");
    expect(reads).toBe(1);
    now += 60_000;
    turns.read();
    expect(reads).toBe(1);
    read(cache, 15);
    now += 1;
    turns.read();
    expect(reads).toBe(2);
    undos.splice(0).forEach((undo) => undo());
    expect(turns.read()).toBeUndefined();
  });

  test("is given up when nobody asks any more", async () => {
    const cache = await tooSmall();
    let now = 0;
    let steps = 0;
    const turns = new AdviceInTurn(recordingOf(cache), () => (steps++, now));
    turns.read();
    now = 20_000;
    for (let turn = 0; turn < 20; turn++) await new Promise((done) => setTimeout(done));
    // Given up at its first look, and nothing goes on.
    expect(steps).toBeLessThan(1_000);
    const before = steps;
    await new Promise((done) => setTimeout(done, 20));
    expect(steps).toBe(before);
  });
});
