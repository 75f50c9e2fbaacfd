import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { followCache, type Visit } from "../../src/connection/follow-cache.ts";
import { sameCache } from "../../src/connection/cache-search.ts";
import type { Place } from "../../src/connection/realm.ts";
import { cachesOf, type Choice } from "../../src/connection/running-cache.ts";
import { FakeHost, FakePage } from "../support/fake-targets.ts";

const CHOICE: Choice = { host: "127.0.0.1", ports: [9222], target: "", timeout: 20, cache: "films" };

/** Follows a cache. Each visit lasts until the test, or the page, ends it. */
function follow(host: FakeHost, choice: Partial<Choice> = {}) {
  const said: string[] = [];
  const visits: (Visit & { readonly leave: (value: string) => void; readonly ask: () => void })[] = [];
  const stop = new AbortController();
  const options = {
    lost: (words: string) => void said.push(`lost: ${words}`),
    back: (words: string) => void said.push(`back: ${words}`),
    signal: stop.signal,
    host,
  };
  const ended = followCache({ ...CHOICE, ...choice }, options, (visit) => {
    return new Promise<string>((resolve, reject) => {
      visit.signal.addEventListener("abort", () => reject(visit.signal.reason as Error));
      const ask = (): void => void visit.cache.ask("summary", {}).catch(reject);
      visits.push({ ...visit, leave: resolve, ask });
      ask();
    });
  });
  /** Whether it said so last. */
  const isAway = (): boolean => said.at(-1)?.startsWith("lost") ?? false;
  /** Until nothing more happens by itself, pauses left out. */
  const settle = async (held: FakeHost): Promise<void> => {
    for (let round = 0; round < 10; round++) {
      held.goOn();
      await new Promise((done) => setImmediate(done));
    }
  };
  const visited = (count: number): Promise<void> => expect.poll(() => visits.length).toBe(count);
  return { said, visits, stop, ended, visited, isAway, settle };
}

describe("following a cache", () => {
  test("gives what the first visit gave, and leaves the page", async () => {
    const page = new FakePage();
    const other = new FakePage({ id: "2" }, []);
    const { visits, visited, ended, said } = follow(new FakeHost(page, other));
    await visited(1);
    expect([page.open, other.open]).toEqual([1, 0]);
    visits[0]!.leave("done");
    expect(await ended).toBe("done");
    expect([page.open, said]).toEqual([0, []]);
  });

  test("visits a page again that was loaded anew, once its cache is there", async () => {
    const page = new FakePage();
    const host = new FakeHost(page);
    const { visits, visited, said } = follow(host);
    await visited(1);
    page.names = [];
    let looks = 0;
    host.onLook = () => {
      if (++looks === 3) page.names = ["films"];
    };
    page.end("Runtime.executionContextsCleared");
    await visited(2);
    expect(said).toEqual([
      "lost: The page was left or loaded anew. Waiting for films at port 9222.",
      "back: films is there again after 850 ms. What happened meanwhile was not seen.",
    ]);
    expect(host.slept).toEqual([100, 250, 500]);
    expect(visits.map(({ isSamePage, signal }) => [isSamePage, signal.aborted])).toEqual([
      [false, true],
      [false, false],
    ]);
    expect(page.open).toBe(1);
  });

  test.each([
    ["Inspector.targetCrashed", {}, "The page has crashed."],
    ["Inspector.detached", { reason: "target closed" }, "The page is gone: target closed."],
    ["Runtime.executionContextDestroyed", { executionContextId: 1 }, "The page was left or loaded anew."],
  ])("says that the page has ended by %s", async (method, params, words) => {
    const page = new FakePage();
    const { visited, said } = follow(new FakeHost(page));
    await visited(1);
    page.end(method, params);
    await visited(2);
    expect(said[0]).toBe(`lost: ${words} Waiting for films at port 9222.`);
  });

  test("waits for a page that sleeps, and goes on in the same one", async () => {
    const page = new FakePage();
    page.sleep();
    const { visits, visited, said } = follow(new FakeHost(page));
    await expect.poll(() => said.length).toBe(1);
    page.wake();
    await visited(2);
    expect(said).toEqual([
      "lost: No answer within 0.02 s: the page is busy, asleep, or stopped at a breakpoint. Bring it to the front, or pass a longer --timeout. It goes on when the page answers.",
      "back: The page answers again after 0 ms.",
    ]);
    expect(visits[1]!.isSamePage).toBe(true);
    expect(visits[1]!.cache).toBe(visits[0]!.cache);
  });

  test("finds a page again that crashed while it slept", async () => {
    const page = new FakePage();
    page.sleep();
    const { visits, visited, said } = follow(new FakeHost(page));
    await expect.poll(() => said.length).toBe(1);
    page.wake = () => undefined;
    page.end("Inspector.targetCrashed");
    await visited(2);
    expect(said[1]).toBe("lost: The page has crashed. Waiting for films at port 9222.");
    expect(said[2]).toMatch(/^back: films is there again/);
    expect(visits[1]!.isSamePage).toBe(false);
  });

  test("waits for a cache that its page has taken away", async () => {
    const page = new FakePage();
    const host = new FakeHost(page);
    const { visits, visited, said } = follow(host);
    await visited(1);
    page.names = ["other"];
    host.onLook = () => (page.names = ["films"]);
    visits[0]!.ask();
    await visited(2);
    expect(said[0]).toBe("lost: There is no cache films any more. There are: other. Waiting for films at port 9222.");
  });

  test("finds a process again that was started anew", async () => {
    const node = (id: string): FakePage => new FakePage({ kind: "node", id, url: "file:///server.js" });
    const [first, worker] = [node("1"), new FakePage({ kind: "worker", id: "w" })];
    const host = new FakeHost(first, worker);
    const { visits, visited } = follow(host, { target: "server" });
    await visited(1);
    const second = node("2");
    host.pages = [worker, second];
    first.end("Inspector.detached", { reason: "the connection has ended" });
    await visited(2);
    expect(visits[1]!.cache.place.id).toBe("2");
    expect([first.open, second.open, worker.open]).toEqual([0, 1, 0]);
  });

  test("gives up after ten minutes, with what to know", async () => {
    const page = new FakePage();
    const host = new FakeHost(page);
    const { visited, ended } = follow(host);
    await visited(1);
    host.pages = [];
    page.end("Inspector.targetCrashed");
    await expect(ended).rejects.toThrow("The page has crashed. films did not come back within 10 m 0 s.");
    expect(host.slept.slice(0, 8)).toEqual([100, 250, 500, 1_000, 2_000, 5_000, 5_000, 5_000]);
    expect(page.open).toBe(0);
  });

  test("passes on what is no absence", async () => {
    const page = new FakePage();
    const options = { lost: () => undefined, back: () => undefined, host: new FakeHost(page) };
    const failed = followCache(CHOICE, options, () => Promise.reject(new TypeError("a fault")));
    await expect(failed).rejects.toThrow("a fault");
    expect(page.open).toBe(0);
  });

  test("ends at once when it is told to: in a visit, while a page sleeps, and while nothing is there", async () => {
    const here = follow(new FakeHost(new FakePage()));
    await here.visited(1);
    here.stop.abort();
    expect(await here.ended).toBeUndefined();

    const sleeper = new FakePage();
    sleeper.sleep();
    const asleep = follow(new FakeHost(sleeper));
    await expect.poll(() => asleep.said.length).toBe(1);
    asleep.stop.abort();
    expect(await asleep.ended).toBeUndefined();

    const host = new FakeHost(new FakePage());
    const away = follow(host);
    await away.visited(1);
    host.isHeld = true;
    host.pages[0]!.end("Inspector.targetCrashed");
    await expect.poll(() => host.slept.length).toBe(1);
    away.stop.abort();
    expect(await away.ended).toBeUndefined();
    expect([sleeper.open, host.pages[0]!.open]).toEqual([0, 0]);
  });

  test("gives what a visit gives that was told to end", async () => {
    const stop = new AbortController();
    const options = {
      lost: () => undefined,
      back: () => undefined,
      signal: stop.signal,
      host: new FakeHost(new FakePage()),
    };
    const ended = followCache(CHOICE, options, ({ signal }) => {
      setImmediate(() => stop.abort());
      return new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("what there is")));
    });
    expect(await ended).toBe("what there is");
  });

  test("is with its page whenever there is one that works, whatever happened before", async () => {
    const action = fc.constantFrom("reload", "crash", "close", "open", "sleep", "wake", "wait");
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
        const host = new FakeHost(new FakePage());
        host.isHeld = true;
        const followed = follow(host, { timeout: 1 });
        await followed.visited(1);
        let id = 1;
        let isAsleep = false;
        for (const each of [...actions, "wake", "open"]) {
          const page = host.pages[0];
          if (each === "reload") page?.end("Runtime.executionContextsCleared");
          else if (each === "crash") page?.end("Inspector.targetCrashed");
          else if (each === "close") {
            host.pages = [];
            page?.end("Inspector.detached", { reason: "closed" });
          } else if (each === "open" && !page) host.pages = [new FakePage({ id: String(++id) })];
          else if (each === "sleep") {
            page?.sleep();
            // A question that is not answered in time shows it.
            followed.visits.at(-1)!.ask();
            if (page) await expect.poll(() => followed.isAway()).toBe(true);
          } else if (each === "wake") page?.wake();
          isAsleep = host.pages.length > 0 && (each === "sleep" || (isAsleep && each !== "wake" && each !== "close"));
          await followed.settle(host);
          const [now] = host.pages;
          if (!now) expect(followed.isAway()).toBe(true);
          expect(page === now ? 0 : (page?.open ?? 0)).toBe(0);
        }
        expect(followed.isAway()).toBe(false);
        expect(host.pages[0]!.open).toBe(1);
        expect(followed.said.filter((words) => words.startsWith("back")).length).toBe(followed.visits.length - 1);
        followed.stop.abort();
        await followed.ended;
        expect(host.pages[0]!.open).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the same cache", () => {
  test("is that of the same page, else one at the same address, else the only one", async () => {
    const page = (id: string, rest: Partial<Place> = {}, names = ["films"]): FakePage =>
      new FakePage({ id, ...rest }, names);
    const before = page("1");
    const [lost] = cachesOf(await new FakeHost(before).discover(CHOICE));
    const found = async (target: string, ...pages: FakePage[]): Promise<string | undefined> =>
      sameCache(await new FakeHost(...pages).discover(CHOICE), lost!, target)?.place.id;
    const elsewhere = { url: "http://elsewhere/", title: "Elsewhere" };
    expect(await found("", page("2"), page("1", elsewhere))).toBe("1");
    expect(await found("", page("2"), page("1", {}, []))).toBeUndefined();
    expect(await found("", page("2", elsewhere), page("3"))).toBe("3");
    expect(await found("", page("2", elsewhere))).toBe("2");
    expect(await found("", page("2", elsewhere), page("3", elsewhere))).toBeUndefined();
    expect(await found("films", page("2", elsewhere))).toBeUndefined();
    expect(await found("", page("2", { kind: "worker" }), page("3", {}, ["other"]))).toBeUndefined();
  });
});
