import { expect } from "vitest";
import type { Api } from "./api.ts";
import type { App } from "./app.ts";
import type { Bench } from "./bench.ts";
import { Visit } from "./visit.ts";

/** What every app that a server renders promises: its data is in the HTML, and the page does not load it again. */
export async function expectSent(bench: Bench, url: string): Promise<Visit> {
  const { api } = bench;
  api.forget();
  const html = await (await fetch(url)).text();
  expect(html.match(/<h1>.*?<\/h1>/)?.[0]).toBe("<h1>Film number 1</h1>");
  expect(html).toMatch(`${api.votes} votes</p>`);
  expect(api.fromServer).toEqual(["GET /api/film/1", "GET /api/votes"]);
  const visit = await Visit.begin(bench, url);
  await visit.hydrated();
  await visit.shows("h1", "Film number 1");
  expect(api.fromPage).toEqual([]);
  return visit;
}

/** What every app that only the browser renders promises: each key is loaded once. */
export async function expectLoaded(bench: Bench, url: string): Promise<Visit> {
  const { api } = bench;
  api.forget();
  const visit = await Visit.begin(bench, url);
  await visit.shows("h1", "Film number 1");
  await visit.shows("#votes", `${api.votes} votes`);
  expect(api.fromPage.toSorted()).toEqual(["GET /api/film/1", "GET /api/votes"]);
  return visit;
}

/** A mutation and what it makes stale, then another key: each asks once, and shows. */
export async function expectToWork(visit: Visit, api: Api): Promise<void> {
  api.forget();
  await visit.page.locator("#vote").click();
  await expect.poll(() => api.fromPage).toEqual(["POST /api/votes", "GET /api/votes"]);
  await visit.shows("#votes", `${api.votes} votes`);
  await visit.page.locator("#next").click();
  await visit.shows("h1", "Film number 2");
  expect(api.fromPage).toEqual(["POST /api/votes", "GET /api/votes", "GET /api/film/2"]);
}

/** A page whose late film is sent as a promise, or in a part of its own; its load ends before or after the shell hydrates. */
export async function expectStreamed(bench: Bench, url: string, when: "early" | "late"): Promise<void> {
  const { api } = bench;
  api.forget();
  const release = when === "late" ? api.hold("GET /api/film/9") : () => undefined;
  try {
    const visit = await Visit.begin(bench, url);
    await visit.hydrated();
    if (when === "late") await visit.page.locator("#late").waitFor();
    release();
    await visit.shows("h2", "Film number 9");
    await visit.shows("h1", "Film number 1");
    await expectToShowMore(visit);
    expect(api.fromPage).toEqual([]);
    expect(api.fromServer.filter((asked) => asked === "GET /api/film/9")).toHaveLength(1);
    await visit.end();
  } finally {
    release();
  }
}

/** A link leads to a page whose late film the server sends as a promise, and back. The page itself asks for nothing. */
export async function expectToNavigate(bench: Bench, url: string): Promise<void> {
  const { api } = bench;
  const visit = await expectSent(bench, url);
  const release = api.hold("GET /api/film/9");
  await visit.page.locator("#to-streamed").click();
  await visit.page.locator("#late").waitFor();
  release();
  await visit.shows("h2", "Film number 9");
  await visit.page.goBack();
  await visit.page.locator("h2").waitFor({ state: "hidden" });
  await visit.shows("h1", "Film number 1");
  await visit.page.goForward();
  await visit.shows("h2", "Film number 9");
  expect(api.fromPage).toEqual([]);
  await visit.end();
}

/** A click gets its way as soon as the part has hydrated; one before that may be lost. */
export async function expectToShowMore({ page }: Visit): Promise<void> {
  const shown = async (): Promise<number> => {
    await page.locator("#more").click();
    return page.locator("#more-shown").count();
  };
  await expect.poll(shown).toBe(1);
}

/** The page takes over a changed source file, and keeps what it has loaded. */
export async function expectToTakeOver(visit: Visit, api: Api, app: App): Promise<void> {
  const before = await visit.page.locator("#votes").innerText();
  api.forget();
  app.edit("shared/films.jsx", "Films to vote for", "Films, changed");
  await visit.shows("#heading", "Films, changed");
  await visit.shows("#votes", before);
  expect(api.fromPage).toEqual([]);
}
