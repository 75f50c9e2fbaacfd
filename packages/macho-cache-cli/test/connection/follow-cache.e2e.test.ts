import type { Page } from "playwright";
import { afterEach, describe, expect, test } from "vitest";
import { type Channel, openChannel } from "../../src/connection/channel.ts";
import { followCache, type Visit } from "../../src/connection/follow-cache.ts";
import type { Choice } from "../../src/connection/running-cache.ts";
import { startServer, startServerAt } from "../support/targets.ts";
import { browser, fixture, openFilms, port, site, useWorld } from "../support/world.ts";

useWorld();

afterEach(async () => {
  for (const page of browser.contexts().flatMap((context) => context.pages())) await page.close();
});

/** Follows a cache and asks it ten times a second, as a command that lasts does. */
function follow(choice: Partial<Choice>) {
  const said: string[] = [];
  const visits: Visit[] = [];
  let answers = 0;
  const stop = new AbortController();
  const given: Choice = { host: "127.0.0.1", ports: [port], target: "", timeout: 1_000, cache: "films", ...choice };
  const options = {
    lost: (words: string) => void said.push(words),
    back: (words: string) => void said.push(words),
    signal: stop.signal,
  };
  const ended = followCache(given, options, async (visit) => {
    visits.push(visit);
    while (!visit.signal.aborted) {
      await visit.cache.ask("summary", {});
      // As long walks do: they let the page go on in between.
      await visit.cache.works(1_000);
      answers++;
      await new Promise((done) => setTimeout(done, 100));
    }
  });
  /** Until it is answered again. */
  const goesOn = async (): Promise<void> => {
    const before = answers;
    await expect.poll(() => answers).toBeGreaterThan(before);
  };
  const leave = async (): Promise<void> => {
    stop.abort();
    await ended;
  };
  return { said, visits, goesOn, leave };
}

async function open(): Promise<Page> {
  const page = await openFilms(await browser.newPage());
  return page;
}

/** A tab that nobody keeps awake, or takes for broken after a crash. */
async function openPlain(): Promise<Pick<Channel, "send"> & { close: () => Promise<void> }> {
  const root = await browser.newBrowserCDPSession();
  const { targetId } = await root.send("Target.createTarget", { url: site.url });
  const { send, close: leave } = await openChannel(`ws://127.0.0.1:${port}/devtools/page/${targetId}`, 5_000);
  const title = async (): Promise<unknown> => {
    const { result } = await send("Runtime.evaluate", { expression: "document.title" });
    return (result as { value: unknown }).value;
  };
  await expect.poll(title).toBe("Films");
  const close = async (): Promise<void> => {
    await leave();
    await root.send("Target.closeTarget", { targetId });
  };
  return { send, close };
}

describe("following a cache of a tab", () => {
  test("goes on after the tab was loaded anew, and after it was elsewhere", async () => {
    const page = await open();
    const { said, visits, goesOn, leave } = follow({});
    await goesOn();
    await page.reload();
    await expect.poll(() => visits.length).toBe(2);
    await goesOn();
    await page.goto("data:text/html,<title>Elsewhere</title>");
    await expect.poll(() => said.length).toBe(3);
    await page.goto(site.url);
    await expect.poll(() => visits.length).toBe(3);
    await goesOn();
    expect(said.map((words) => words.replace(/after .*?\./, "after a while."))).toEqual([
      `The page was left or loaded anew. Waiting for films at port ${port}.`,
      "films is there again after a while. What happened meanwhile was not seen.",
      `The page was left or loaded anew. Waiting for films at port ${port}.`,
      "films is there again after a while. What happened meanwhile was not seen.",
    ]);
    await leave();
  });

  test("goes on after the tab has crashed and was loaded anew, and in another tab after it was closed", async () => {
    const tab = await openPlain();
    const { said, visits, goesOn, leave } = follow({});
    await goesOn();
    tab.send("Page.crash").catch(() => undefined);
    await expect.poll(() => said).toEqual([`The page has crashed. Waiting for films at port ${port}.`]);
    await tab.send("Page.reload");
    await expect.poll(() => visits.length).toBe(2);
    await goesOn();
    await tab.close();
    await expect.poll(() => said.length).toBe(3);
    expect(said[2]).toMatch(/^The page (is gone: |was left)/);
    await open();
    await expect.poll(() => visits.length).toBe(3);
    await goesOn();
    await leave();
  });

  test("says that a tab is busy or frozen, and goes on in the same page when it answers", async () => {
    const tab = await openPlain();
    const { said, visits, goesOn, leave } = follow({});
    await goesOn();
    await tab.send("Runtime.evaluate", { expression: "for (const end = Date.now() + 3000; Date.now() < end;);" });
    await expect.poll(() => said.length).toBe(2);
    await goesOn();
    await tab.send("Page.setWebLifecycleState", { state: "frozen" });
    await expect.poll(() => said.length).toBe(3);
    await tab.send("Page.setWebLifecycleState", { state: "active" });
    await expect.poll(() => said.length).toBe(4);
    await goesOn();
    expect(said.map((words) => words.replace(/after .*?\./, "after a while."))).toEqual(
      [0, 1].flatMap(() => [
        "No answer within 1 s: the page is busy, asleep, or stopped at a breakpoint. Bring it to the front, or pass a longer --timeout. It goes on when the page answers.",
        "The page answers again after a while.",
      ]),
    );
    expect(visits.map(({ isSamePage }) => isSamePage)).toEqual([false, true, true]);
    await leave();
    await tab.close();
  });

  test("is not disturbed by another one", async () => {
    const page = await open();
    const [one, other] = [follow({}), follow({ cache: "api" })];
    await Promise.all([one.goesOn(), other.goesOn()]);
    await one.leave();
    await other.goesOn();
    await page.reload();
    await expect.poll(() => other.visits.length).toBe(2);
    await other.goesOn();
    expect(one.said).toEqual([]);
    await other.leave();
  });
});

describe("following a cache of a Node server", () => {
  test("goes on after the server was started again at the same port, and keeps none from ending", async () => {
    const server = await startServer(fixture.folder);
    const { said, visits, goesOn, leave } = follow({ ports: [server.port], cache: "sessions" });
    await goesOn();
    await server.stop();
    await expect.poll(() => said.length).toBe(1);
    const again = await startServerAt(server.port, fixture.folder);
    await expect.poll(() => visits.length).toBe(2);
    await goesOn();
    // A process with a debugger waits for it before it ends.
    again.process.kill("SIGTERM");
    await expect.poll(() => again.process.exitCode).toBe(0);
    await expect.poll(() => said.length).toBe(3);
    expect(said[2]).toMatch(/^The process (ends|is gone)/);
    await leave();
  });
});
