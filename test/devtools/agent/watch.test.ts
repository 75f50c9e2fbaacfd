import { Cache } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { SESSION_LIFE } from "../../../src/devtools/agent/sessions.ts";
import { Watches } from "../../../src/devtools/agent/watch.ts";
import type { WatchAnswer, WatchRequest } from "../../../src/devtools/agent/watch-events.ts";
import { MAX_WAITING } from "../../../src/devtools/agent/watch-session.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";
import { ManualTimers } from "../../support/manual-timers.ts";

const ASKED: WatchRequest = { session: "", kinds: [], words: "", withValues: false, wait: 0, ends: false };

/** Somebody who watches a target, and asks when a test says so. */
async function watched(target: DevtoolsTarget, settings: Partial<WatchRequest> = {}): Promise<Watcher> {
  const timers = new ManualTimers();
  const watches = new Watches(timers);
  const first = await watches.answer(target, { ...ASKED, ...settings });
  let { session } = first;
  const ask = async (more: Partial<WatchRequest> = {}): Promise<WatchAnswer> => {
    const answer = await watches.answer(target, { ...ASKED, ...settings, session, ...more });
    ({ session } = answer);
    return answer;
  };
  const told = async (): Promise<unknown[]> =>
    (await ask()).events.map((event) => Object.assign({}, event, { at: undefined }));
  return { first, watches, timers, ask, told };
}

interface Watcher {
  readonly first: WatchAnswer;
  readonly watches: Watches;
  readonly timers: ManualTimers;
  readonly ask: (more?: Partial<WatchRequest>) => Promise<WatchAnswer>;
  /** Events without their times. */
  readonly told: () => Promise<unknown[]>;
}

describe("a watch", () => {
  test("tells reads, writes and removals with their causes, in their order", async () => {
    // Nothing is swept: the read itself finds what has expired.
    let now = 0;
    const clock = { now: () => now, schedule: () => () => undefined };
    const cache = new Cache<string, number>({ maxCacheSize: 2, ttl: 100, clock });
    const { first, told } = await watched(cache);
    expect(first).toMatchObject({ isNew: true, events: [], lost: 0, seesReads: true });
    cache.get("a");
    cache.set("a", 1).set("b", 2).set("c", 3).set("c", 4);
    cache.get("c");
    cache.delete("b");
    now = 200;
    cache.get("c");
    cache.set("d", 5).set("e", 6);
    cache.clear();
    expect(await told()).toEqual([
      { kind: "miss", key: "a" },
      { kind: "set", key: "a" },
      { kind: "set", key: "b" },
      { kind: "evicted", key: "a" },
      { kind: "set", key: "c" },
      { kind: "replaced", key: "c" },
      { kind: "set", key: "c" },
      { kind: "hit", key: "c" },
      { kind: "deleted", key: "b" },
      { kind: "miss", key: "c", hadExpired: true },
      { kind: "expired", key: "c" },
      { kind: "set", key: "d" },
      { kind: "set", key: "e" },
      { kind: "cleared", entries: 2 },
    ]);
    expect(await told()).toEqual([]);
  });

  test("tells a value that is too heavy, and a clear of several shards once", async () => {
    const cache = new Cache<string, string>({
      maxCacheSize: 40,
      maxWeight: 40,
      shardCount: 4,
      weigher: (value) => value.length,
    });
    cache.set("a", "1").set("b", "2").set("c", "3");
    const { told } = await watched(cache);
    cache.set("long", "x".repeat(50));
    cache.clear();
    expect(await told()).toEqual([
      { kind: "refused", key: "long" },
      { kind: "cleared", entries: 3 },
    ]);
  });

  test("tells of loads when they begin, are joined, and end", async () => {
    const cache = new Cache<string, number>();
    const { told, timers } = await watched(cache, { kinds: ["load", "joined", "loaded", "failed", "set"] });
    let land!: (value: number) => void;
    const load = (): Promise<number> => new Promise((resolve) => (land = resolve));
    const both = [cache.getOrLoad("a", load), cache.getOrLoad("a", load)];
    timers.pass(40);
    land(1);
    await Promise.all(both);
    await cache.getOrLoad("b", () => Promise.reject(new RangeError("no film"))).catch(() => undefined);
    expect(await told()).toEqual([
      { kind: "load", key: "a" },
      { kind: "joined", key: "a" },
      { kind: "loaded", key: "a", ms: 40 },
      { kind: "set", key: "a" },
      { kind: "load", key: "b" },
      { kind: "failed", key: "b", ms: 0, error: "RangeError: no film" },
    ]);
  });

  test("tells of a client by its own keys, and of each invalidation once", async () => {
    const client = new QueryClient();
    client.setQueryData("old", 0);
    await client.invalidateQueries("old");
    const { told } = await watched(client, { kinds: ["set", "invalidated", "failed"], withValues: true });
    client.setQueryData("films", [1]);
    client.setQueryData(["film", 1], { title: "One" });
    await client.invalidateQueries("films");
    await client.invalidateQueries("films");
    await client.invalidateQueries("old");
    await client.fetchQuery("none", () => Promise.reject(new Error("gone")), { retry: false }).catch(() => undefined);
    const events = (await told()) as { kind: string; key: string }[];
    expect(events.filter(({ key }) => key !== "none")).toEqual([
      { kind: "set", key: "films", value: "(1) [1]" },
      { kind: "set", key: '["film",1]', value: '{ title: "One" }' },
      { kind: "invalidated", key: "films" },
    ]);
    expect(events).toContainEqual(expect.objectContaining({ kind: "failed", key: "none", error: "Error: gone" }));
    expect(events.filter(({ kind, key }) => kind === "invalidated" && key === "none")).toEqual([]);
  });

  test("keeps to the kinds and words that are asked for, and sends values only then", async () => {
    const cache = new Cache<string, unknown>({ maxCacheSize: 1 });
    const plain = await watched(cache, { kinds: ["set", "evicted"], words: "FILM: 1" });
    const valued = await watched(cache, { kinds: ["set", "evicted"], words: '"film:1"', withValues: true });
    cache.set("film:1", { id: 1 }).get("film:1");
    cache.set("film:21", 2).set("song:1", 3);
    expect(await plain.told()).toEqual([
      { kind: "set", key: "film:1" },
      { kind: "evicted", key: "film:1" },
      { kind: "set", key: "film:21" },
      { kind: "evicted", key: "film:21" },
    ]);
    expect(await valued.told()).toEqual([
      { kind: "set", key: "film:1", value: "{ id: 1 }" },
      { kind: "evicted", key: "film:1", value: "{ id: 1 }" },
    ]);
  });

  test("answers when there is news, or after the time that it may wait", async () => {
    const cache = new Cache<string, number>();
    const { ask, timers } = await watched(cache);
    const quiet = ask({ wait: 2_000 });
    timers.pass(2_000);
    expect((await quiet).events).toEqual([]);
    const busy = ask({ wait: 2_000 });
    cache.set("a", 1);
    expect((await busy).events).toEqual([{ kind: "set", key: "a", at: timers.now() }]);
    // The one that ends the session is left.
    expect(timers.pending).toBe(1);
  });

  test("loses the oldest events that nobody asks for, and says how many", async () => {
    const cache = new Cache<number, number>({ maxCacheSize: 10 });
    const { ask } = await watched(cache, { kinds: ["set"] });
    for (let key = 0; key < MAX_WAITING + 7; key++) cache.set(key, key);
    const { events, lost } = await ask();
    expect([lost, events.length, events[0]!.key]).toEqual([7, 1_000, "7"]);
    const rest = await ask();
    expect([rest.lost, rest.events[0]!.key]).toEqual([0, "1007"]);
  });

  test("leaves nothing in the page when it ends, and when nobody asks any more", async () => {
    const recorders = (cache: Cache): unknown[] => cache.parts.stores.map(({ recorder }) => recorder);
    const cache = new Cache();
    const first = await watched(cache);
    const second = await watched(cache);
    cache.set("a", 1);
    expect((await first.ask({ ends: true })).events).toHaveLength(1);
    expect(first.timers.pending).toBe(0);
    expect(await second.told()).toHaveLength(1);
    second.timers.pass(SESSION_LIFE);
    expect(second.timers.pending).toBe(0);
    expect(recorders(cache)).toEqual([undefined]);
    expect(cache.flights.listeners.size).toBe(0);
    cache.set("b", 2);
    // One that is asked for too late begins anew.
    expect(await second.ask()).toMatchObject({ isNew: true, events: [] });
    expect((await second.ask({ ends: true })).isNew).toBe(false);
    expect(await second.ask({ ends: true })).toMatchObject({ isNew: false, events: [] });
    expect(recorders(cache)).toEqual([undefined]);
  });

  test("changes no counter and no order", async () => {
    const [seen, unseen] = [
      new LruCache<number, number>({ maxCacheSize: 3 }),
      new LruCache<number, number>({ maxCacheSize: 3 }),
    ];
    const { told } = await watched(seen, { withValues: true });
    for (const cache of [seen, unseen]) {
      cache.set(1, 1).set(2, 2).set(3, 3);
      cache.get(1);
      cache.set(4, 4);
    }
    await told();
    expect([...seen.keys()]).toEqual([...unseen.keys()]);
    expect({ ...seen.metrics, since: 0 }).toEqual({ ...unseen.metrics, since: 0 });
  });

  test("hears writes and removals alone of a cache of another engine", async () => {
    const cache = new Cache<string, number>();
    const foreign = {
      size: 0,
      metrics: cache.metrics,
      keys: () => cache.keys(),
      peek: (key: string) => cache.peek(key),
      delete: (key: string) => cache.delete(key),
      remainingTtl: (key: string) => cache.remainingTtl(key),
      subscribe: cache.subscribe.bind(cache),
    };
    const { first, told } = await watched(foreign);
    expect(first.seesReads).toBe(false);
    cache.set("a", 1).get("a");
    cache.delete("a");
    expect(await told()).toEqual([
      { kind: "set", key: "a" },
      { kind: "deleted", key: "a" },
    ]);
  });

  test("refuses kinds that it does not know, and words that are for lists", async () => {
    const cache = new Cache();
    await expect(watched(cache, { kinds: ["dance" as never] })).rejects.toThrow(/tells no dance. It tells: hit, miss/);
    await expect(watched(cache, { words: "status:stale" })).rejects.toThrow(/A watch looks for words in keys/);
    const { watches } = await watched(cache);
    for (let more = 1; more < 8; more++) await watches.answer(cache, ASKED);
    await expect(watches.answer(cache, ASKED)).rejects.toThrow(/8 commands have a watch of this cache/);
  });

  test.each(["status:error", "status:nothing", "left:any", "ttl<"])("of the word %s is refused", async (words) => {
    const watches = new Watches(new ManualTimers());
    const cache = new Cache();
    await expect(watches.answer(cache, { ...ASKED, words })).rejects.toThrow(/^A watch looks for words in keys\./);
    expect(watches.sessions.count(cache)).toBe(0);
  });
});
