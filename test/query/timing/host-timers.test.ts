// Timers of the query layer beside sleep, and beside a host that has none or loses them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { MutationObserver, type QueryOptions, suspensionOf } from "macho-cache/query";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Cache } from "macho-cache";
import { settled } from "../../support/deferred.ts";
import { PATIENCE } from "../../support/patience.ts";
import type { Watched } from "../../support/watched.ts";
import { backend, client, clock, enterQueryWorld, inQueryWorld, page, watch } from "../../support/query-world.ts";

const HOUR = 3_600_000;
const no = new Error("no");

inQueryWorld();

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function loaded(key: string, options: QueryOptions = {}): Promise<Watched> {
  const watched = watch(key, { retry: false, staleTime: Infinity, ...options });
  await backend.answer(backend.count - 1, "data");
  return watched;
}

/** A read, in a task of its own. */
async function use(): Promise<void> {
  client.getQueryData("anything");
  await settled();
}

describe("after the machine slept", () => {
  test.each(["a cache of the client's own", "a cache that is given"])(
    "89. a retry and a poll are due when they say so, whatever was set before: %s",
    async (whose) => {
      if (whose.endsWith("given")) {
        enterQueryWorld({ cache: (given) => new Cache({ clock: given }) });
      }
      await loaded("old", { refetchInterval: 10 * 60_000 });
      clock.sleep(8 * HOUR);
      const { count } = backend;
      void client.fetchQuery("new", backend.fetcher, { retry: 1, retryDelay: 200 }).catch(() => undefined);
      await backend.fail(count, no);
      clock.advance(200);
      await settled();
      expect(backend.requests.filter(({ key }) => key === "new")).toHaveLength(2);
      await loaded("polled", { refetchInterval: 50 });
      clock.advance(50);
      expect(backend.requests.filter(({ key }) => key === "polled")).toHaveLength(2);
    },
  );

  test("89. what is due since then happens at the next use of the cache, and not when the host's timer ends", async () => {
    const film = await loaded("film", { ttl: 10 * 60_000 });
    const polled = await loaded("polled", { refetchInterval: 20 * 60_000 });
    const aged = await loaded("aged", { staleTime: 30 * 60_000 });
    const { count } = backend;
    clock.sleep(8 * HOUR);
    await use();
    clock.advance(0);
    await settled();
    expect(film.result).toMatchObject({ data: undefined, status: "pending", fetchStatus: "fetching" });
    expect([polled.result.fetchStatus, aged.result.isStale, backend.count]).toEqual(["fetching", true, count + 2]);
  });

  test("what is due since then happens at the page's return", async () => {
    const film = await loaded("film", { ttl: 10 * 60_000 });
    clock.sleep(8 * HOUR);
    page.focus();
    clock.advance(0);
    await settled();
    expect(film.result).toMatchObject({ data: undefined, fetchStatus: "fetching" });
  });

  test("what is not due yet is due in the time that is left", async () => {
    await loaded("film", { refetchInterval: 2 * HOUR });
    clock.sleep(HOUR);
    await use();
    clock.advance(HOUR - 1);
    expect(backend.count).toBe(1);
    clock.advance(1);
    expect(backend.count).toBe(2);
  });

  test("a client that was not mounted meanwhile is on time as well", async () => {
    await loaded("film", { refetchInterval: 2 * HOUR });
    client.unmount();
    clock.sleep(3 * HOUR);
    await use();
    expect(backend.count).toBe(1);
    client.mount();
    clock.advance(0);
    expect(backend.count).toBe(2);
  });

  test("a mutation is tried again in time", async () => {
    await loaded("old", { refetchInterval: 10 * 60_000 });
    clock.sleep(8 * HOUR);
    const send = vi.fn<() => Promise<string>>().mockRejectedValueOnce(no).mockResolvedValueOnce("sent");
    const observer = new MutationObserver(client, { mutationFn: send, retry: 1, retryDelay: 200 });
    const call = observer.actions.mutateAsync();
    await settled();
    clock.advance(200);
    expect(await call).toBe("sent");
  });

  test("an answer that the cache refused is over, and a lease ends", async () => {
    enterQueryWorld({ cache: { maxWeight: 5, weigher: () => 9 } });
    await loaded("long", { refetchInterval: 10 * HOUR });
    const film = await loaded("film", { ttl: 10 * 60_000 });
    const waits = client.observe("leased", backend.fetcher, { suspense: true, staleTime: Infinity });
    void suspensionOf(waits);
    await backend.answer(backend.count - 1, "data");
    clock.sleep(HOUR);
    await use();
    clock.advance(0);
    await settled();
    expect(film.data).toBeUndefined();
    expect(client.getQueries().map(({ key }) => key)).toEqual(["long", "film"]);
  });
});

describe("a host that refuses timers", () => {
  test("90. is asked again at the next use, and nothing is half done meanwhile", async () => {
    client.unmount();
    client.setQueryData("stored", 1, { ttl: 1_000 });
    clock.refuses = true;
    client.mount();
    client.setQueryData("set", 1, { ttl: 1_000 });
    const film = await loaded("film", { refetchInterval: 500 });
    const call = client.fetchQuery("new", backend.fetcher, { retry: 1, retryDelay: 100 });
    await backend.fail(1, no);
    expect(client.cache.metrics.sets).toBe(3);
    expect([film.data, client.getQueryData("set")]).toEqual(["data", 1]);
    clock.refuses = false;
    await use();
    clock.advance(500);
    await settled();
    expect(backend.count).toBe(4);
    await backend.answer(
      backend.requests.findLastIndex(({ key }) => key === "new"),
      "new",
    );
    expect(await call).toBe("new");
    clock.advance(500);
    expect([client.getQueryData("stored"), client.getQueryData("set"), client.cache.size]).toEqual([
      undefined,
      undefined,
      2,
    ]);
  });

  test("90. for ever does what is due at each use", async () => {
    clock.refuses = true;
    await loaded("film", { refetchInterval: 5_000 });
    clock.busy(4_999);
    await use();
    expect(backend.count).toBe(1);
    clock.busy(1);
    await use();
    expect(backend.count).toBe(2);
  });

  test("is left by hooks in a microtask, so that a remount in the same task finds its load", async () => {
    clock.refuses = true;
    const film = watch("film");
    film.leave();
    const again = watch("film");
    await settled();
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([false]);
    again.leave();
    await settled();
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([true]);
  });

  test.each<[string, () => unknown]>([
    ["throws", () => expect.fail("There are no timers.")],
    ["gives nothing and calls nothing", () => undefined],
    ["calls at once", (run?: () => void) => run?.()],
  ])("mount, writes, hooks and retries go on where setTimeout %s", async (_name, setTimeoutMock) => {
    vi.stubGlobal("setTimeout", setTimeoutMock);
    enterQueryWorld({ cache: { clock: undefined, ttl: 60_000 } });
    client.setQueryData("set", 1);
    const film = watch("film", { refetchInterval: 60_000, retry: 1, retryDelay: 1 });
    await backend.fail(0, no);
    film.leave();
    expect([client.getQueryData("set"), client.cache.metrics.sets]).toEqual([1, 1]);
    client.unmount();
    client.dispose();
  });
});

describe("a host that loses timers", () => {
  test("90. is found out when they are a second late, by the next use", async () => {
    await loaded("film", { refetchInterval: 5_000 });
    clock.lose();
    clock.busy(6_001);
    await use();
    expect(backend.count).toBe(2);
    await backend.answer(1, "data");
    clock.advance(5_000);
    expect(backend.count).toBe(3);
  });

  test("by fake timers that were taken away is found out at once", async () => {
    vi.useFakeTimers();
    enterQueryWorld({ cache: { clock: undefined } });
    await loaded("film", { refetchInterval: 10 });
    vi.useRealTimers();
    await use();
    await vi.waitFor(() => expect(backend.count).toBe(2), PATIENCE);
  });
});

describe("a Node process", () => {
  const script = (body: string): string =>
    buildSync({
      stdin: {
        contents: `import { QueryClient, mutationsOf, MutationObserver, suspensionOf } from "./index.ts";
          const client = new QueryClient();
          client.mount();
          let tries = 0;
          const fails = async () => { if (++tries < 2) throw new Error("no"); return "answer"; };
          ${body}`,
        resolveDir: fileURLToPath(new URL("../../../src/query", import.meta.url)),
      },
      bundle: true,
      format: "esm",
      platform: "node",
      write: false,
    }).outputFiles[0]!.text;
  const run = (body: string): unknown => {
    const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-"], {
      input: script(body),
      timeout: 30_000,
      encoding: "utf8",
    });
    return [status, stdout];
  };

  test("91. waits for the next try of what somebody awaits", () => {
    const call = `console.log(await client.fetchQuery("film", fails, { retry: 1, retryDelay: 300 }));`;
    expect(run(call)).toEqual([0, "answer\n"]);
    const mutation = `const observer = new MutationObserver(client, { mutationFn: fails, retry: 1, retryDelay: 300 });
      console.log(await observer.actions.mutateAsync());`;
    expect(run(mutation)).toEqual([0, "answer\n"]);
  });

  test("91. does not wait for polls, ages, clean-up and leases", () => {
    const body = `client.setQueryData("set", 1, { ttl: 3_600_000 });
      client.observe("film", () => 1, { refetchInterval: 3_600_000, staleTime: 1_800_000 }).subscribe(() => undefined);
      suspensionOf(client.observe("leased", () => 1, { suspense: true }));
      await client.fetchQuery("other", fails, { retry: 1, retryDelay: 10 });
      console.log("done");`;
    expect(run(body)).toEqual([0, "done\n"]);
  });
});
