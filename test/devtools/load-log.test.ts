import { Cache, LruCache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { LoadLog, MAX_ERROR, MAX_LOADS, MAX_STEPS } from "../../src/devtools/load-log.ts";
import { Recording } from "../../src/devtools/recording.ts";
import { deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { ManualPage } from "../support/manual-page.ts";
import { ManualTime } from "./fake-source.ts";

let clock: ManualClock;
const NO_STORIES = { fail: (): void => undefined };

beforeEach(() => {
  clock = new ManualClock();
});

/** What a log says, in ms since the test began. */
function told(log: LoadLog): unknown[] {
  const since = (at: number | undefined): number | undefined => at && at - 1_700_000_000_000;
  return log.loads.map(({ key, start, end, outcome, steps, joins, isRefresh, error }) => ({
    key,
    start: since(start),
    end: since(end),
    outcome,
    steps: steps.map(({ kind, at, error: failed }) => [kind, since(at), ...(failed ? [failed] : [])].join(" ")),
    joins: joins.map(since),
    isRefresh,
    ...(error && { error }),
  }));
}

function logOf(target: Cache<string, unknown> | QueryClient, most?: number): LoadLog {
  const log = new LoadLog(target, NO_STORIES, () => clock.wallNow(), most);
  log.follow();
  return log;
}

describe("the loads of a Cache", () => {
  test("are logged with those who joined, and how they ended", async () => {
    const cache = new Cache<string, unknown>({ clock });
    const log = logOf(cache);
    const [one, two] = [deferred<number>(), deferred<number>()];
    const loads: Promise<unknown>[] = [cache.getOrLoad("a", () => one.promise)];
    clock.advance(40);
    loads.push(
      cache.getOrLoad("a", () => 2),
      cache.getOrLoad("b", () => two.promise),
    );
    expect([log.running, log.counts.joined]).toEqual([2, 1]);
    clock.advance(60);
    one.resolve(1);
    await settled();
    clock.advance(20);
    two.reject(new RangeError("no such b"));
    await Promise.allSettled(loads);
    expect(told(log)).toEqual([
      { key: "a", start: 0, end: 100, outcome: "succeeded", steps: [], joins: [40], isRefresh: false },
      {
        key: "b",
        start: 40,
        end: 120,
        outcome: "failed",
        steps: [],
        joins: [],
        isRefresh: false,
        error: "RangeError: no such b",
      },
    ]);
    expect(log.counts).toEqual({ started: 2, succeeded: 1, failed: 1, aborted: 0, joined: 1 });
    expect([log.durations.count, log.tallies.slowest[0], log.tallies.failingMost(9)]).toEqual([
      2,
      { key: "a", ms: 100 },
      [{ key: "b", ended: 1, failed: 1 }],
    ]);
  });

  test("that nobody waits for any more were aborted, and those that took too long timed out", async () => {
    const cache = new Cache<string, unknown>({ clock });
    const log = logOf(cache);
    const controller = new AbortController();
    const never = (_: string, { signal }: { signal: AbortSignal }): Promise<never> => new Promise(() => signal.aborted);
    const loads = [
      cache.getOrLoad("left", never, { signal: controller.signal }),
      cache.getOrLoad("late", never, { timeout: 500 }),
    ];
    clock.advance(450);
    controller.abort();
    clock.advance(50);
    await Promise.allSettled(loads);
    expect(log.loads.map(({ key, outcome, start, end }) => [key, outcome, end! - start])).toEqual([
      ["left", "aborted", 450],
      ["late", "timed out", 500],
    ]);
    expect(log.counts).toMatchObject({ failed: 1, aborted: 1 });
    // How long an aborted load would have taken is not known.
    expect(log.durations.count).toBe(1);
  });

  test("refresh a value that is there", async () => {
    const cache = new Cache<string, unknown>({ clock, ttl: 1_000 });
    const log = logOf(cache);
    await cache.getOrLoad("a", () => 1);
    clock.advance(100);
    await cache.getOrLoad("a", () => 2, { staleTime: 50 });
    clock.advance(1_000);
    await cache.getOrLoad("a", () => 3);
    expect(log.loads.map(({ isRefresh }) => isRefresh)).toEqual([false, true, false]);
  });

  test("keep no key and no error alive, and run no code of either", async () => {
    const cache = new Cache<object, unknown>({ clock });
    const log = new LoadLog(cache, NO_STORIES, () => clock.wallNow());
    log.follow();
    const ran: string[] = [];
    const error = Object.defineProperties(new Error("words"), {
      code: { get: () => ran.push("code") },
      toString: { value: () => ran.push("toString") },
    });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const thrown of [error, revoked.proxy, "x".repeat(1_000), undefined]) {
      await cache.getOrLoad({ id: 1 }, () => Promise.reject(thrown)).catch(() => undefined);
    }
    const texts = log.loads.map((load) => load.error!);
    expect(texts.map((text) => text.slice(0, 12))).toEqual([
      "Error: words",
      "unreadable",
      `"${"x".repeat(11)}`,
      "undefined",
    ]);
    expect(texts[2]).toHaveLength(MAX_ERROR);
    expect(log.loads.map(({ key }) => key)).toEqual(Array(4).fill('{"id":1}'));
    expect(ran).toEqual([]);
  });
});

describe("the loads of a client", () => {
  let page: ManualPage;
  let client: QueryClient;
  const RETRIES = { retry: 2, retryDelay: 1_000 };

  beforeEach(() => {
    page = new ManualPage();
    client = new QueryClient({
      cache: new LruCache<string, unknown>({ maxCacheSize: 9, clock }),
      environment: page,
    });
    client.mount();
    return () => client.dispose();
  });

  /** The record gives a cache its flights; here, a load does. */
  async function first(): Promise<LoadLog> {
    await client.fetchQuery(["first"], () => 1);
    return logOf(client);
  }

  test("are logged with each try, its error, the waits between them and the pauses", async () => {
    const log = await first();
    expect(log.missed).toBe(1);
    let answer = deferred<number>();
    const load = client.fetchQuery(["a"], () => (answer = deferred<number>()).promise, RETRIES);
    await settled();
    clock.advance(100);
    answer.reject(new Error("one"));
    await settled();
    page.goOffline();
    clock.advance(1_000);
    await settled();
    clock.advance(5_000);
    page.goOnline();
    await settled();
    clock.advance(200);
    answer.reject(new Error("two"));
    await settled();
    clock.advance(1_000);
    await settled();
    clock.advance(50);
    answer.resolve(3);
    expect(await load).toBe(3);
    expect(told(log)).toEqual([
      {
        key: '["a"]',
        start: 0,
        end: 7_350,
        outcome: "succeeded",
        steps: [
          "fetching 0",
          "retry 100 Error: one",
          "paused 1100",
          "fetching 6100",
          "fetching 6100",
          "retry 6300 Error: two",
          "fetching 7300",
        ],
        joins: [],
        isRefresh: false,
      },
    ]);
    expect(log.loads[0]!.retries).toBe(2);
  });

  test("that begin offline are paused from the start", async () => {
    const log = await first();
    page.goOffline();
    const load = client.fetchQuery(["a"], () => 1);
    clock.advance(300);
    page.goOnline();
    await load;
    expect(told(log)).toMatchObject([{ steps: ["paused 0", "fetching 300", "fetching 300"], outcome: "succeeded" }]);
  });

  test("are refreshes where data is shown, also data that the cache has evicted", async () => {
    const log = await first();
    const leave = client.observe(["a"], () => 1).subscribe(() => undefined);
    await settled();
    for (let index = 0; index < 20; index++) client.setQueryData(["b", index], index);
    await client.refetchQueries(["a"]);
    await client.fetchQuery(["c"], () => 1);
    leave();
    expect(log.loads.map(({ key, isRefresh }) => [key, isRefresh])).toEqual([
      ['["a"]', false],
      ['["a"]', true],
      ['["c"]', false],
    ]);
  });

  test("which are tried for ever keep their last steps", async () => {
    const log = await first();
    const abort = new AbortController();
    const load = client.fetchQuery(["a"], (_, { signal }) => Promise.reject(new Error(`no ${signal.aborted}`)), {
      ...RETRIES,
      retry: true,
      signal: abort.signal,
    });
    const ended = load.catch(() => undefined);
    for (let index = 0; index < 100; index++) {
      await settled();
      clock.advance(1_000);
    }
    abort.abort();
    await ended;
    const [entry] = log.loads;
    expect([entry!.steps.length, entry!.retries, entry!.outcome]).toEqual([MAX_STEPS, 100, "aborted"]);
  });
});

test("the last loads are kept, and the counts are of all", async () => {
  const cache = new Cache<number, unknown>({ clock });
  const log = new LoadLog(cache, NO_STORIES, () => clock.wallNow());
  log.follow();
  for (let key = 0; key < MAX_LOADS + 20; key++) await cache.getOrLoad(key, () => key);
  expect([log.loads.length, log.loads[0]!.key, log.counts.succeeded]).toEqual([MAX_LOADS, 20, MAX_LOADS + 20]);
});

test("a recording keeps the loads from its start to its stop, and says how many it did not see", async () => {
  const cache = new Cache<string, unknown>();
  const recording = new Recording(cache, new ManualTime());
  const load = (key: string, loader: () => unknown = () => 1): Promise<unknown> => cache.getOrLoad(key, loader);
  await load("before");
  recording.start();
  await expect.poll(() => recording.loads).toBeDefined();
  const log = recording.loads!;
  await load("a");
  await load("f", () => Promise.reject(new Error("no"))).catch(() => undefined);
  expect(recording.missedBy("failed").map(({ key }) => key)).toEqual(["f"]);
  const answer = deferred<number>();
  const running = load("running", () => answer.promise);
  recording.stop();
  answer.resolve(1);
  await running;
  await load("unseen");
  expect(cache.flights.listeners.size).toBe(0);
  expect(log.loads.map(({ key, outcome }) => [key, outcome])).toEqual([
    ["a", "succeeded"],
    ["f", "failed"],
    ["running", "unseen"],
  ]);
  expect([log.missed, log.running]).toEqual([1, 0]);
  recording.start();
  await expect.poll(() => cache.flights.listeners.size).toBe(2);
  await load("after");
  expect([recording.loads === log, log.missed, log.loads.at(-1)!.key]).toEqual([true, 2, "after"]);
  recording.stop();
});

describe("loads that began before the log", () => {
  test("of a Cache are told from their next step on, with their begin unknown", async () => {
    const cache = new Cache<string, unknown>({ clock });
    const [before, ended] = [deferred<number>(), deferred<number>()];
    const loads = [cache.getOrLoad("before", () => before.promise), cache.getOrLoad("ended", () => ended.promise)];
    ended.resolve(1);
    await settled();
    const log = logOf(cache);
    expect([log.loads, log.missed]).toEqual([[], 2]);
    clock.advance(70);
    before.resolve(2);
    await Promise.all(loads);
    expect(log.loads).toMatchObject([{ key: "before", isLate: true, outcome: "succeeded", serial: 1 }]);
    // The one that ended before is still counted as not recorded. Nobody knows how long the other took.
    expect([log.missed, log.counts, log.durations.count, log.running]).toEqual([
      1,
      { started: 1, succeeded: 1, failed: 0, aborted: 0, joined: 0 },
      0,
      0,
    ]);
    expect(log.tallies.slowest).toEqual([]);
  });

  test("of a QueryClient are told at once", async () => {
    const client = new QueryClient({ cache: { clock } });
    const answer = deferred<string>();
    const load = client.fetchQuery(["a"], () => answer.promise);
    clock.advance(30);
    const log = logOf(client);
    const [running] = log.loads;
    expect([running, log.missed, log.running]).toMatchObject([{ isLate: true, outcome: undefined }, 0, 1]);
    clock.advance(50);
    answer.resolve("a");
    await load;
    expect(log.loads).toHaveLength(1);
    expect([running!.outcome, running!.end! - running!.start]).toEqual(["succeeded", 50]);
  });

  test("are told once, where the recording was switched off meanwhile", async () => {
    const client = new QueryClient({ cache: { clock } });
    const answer = deferred<string>();
    const log = new LoadLog(client, NO_STORIES, () => clock.wallNow());
    const load = client.fetchQuery(["a"], () => answer.promise);
    log.follow()();
    expect(log.loads).toMatchObject([{ outcome: "unseen" }]);
    const stop = log.follow();
    answer.resolve("a");
    await load;
    expect(log.loads).toHaveLength(1);
    stop();
  });
});
