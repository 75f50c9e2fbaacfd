import type { Browser } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { launchChromium } from "../support/chromium.ts";
import { deferred } from "../support/deferred.ts";
import { SsrSite, Stream, Tab } from "./ssr-site.ts";

const COUNTRY = "/api/countries/Japan";
const PEERS = "/api/countries/Japan/peers";
const HOSTILE = "</script><script>hacked = 1</script><!--<script>";
const SECRET = "db.internal";
const SCRIPT = '<script type="module" src="/assets/main';

let site: SsrSite;
let browser: Browser;
let tab: Tab;

beforeAll(async () => {
  [site, browser] = await Promise.all([SsrSite.start(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  site?.dispose();
});

beforeEach(async () => {
  await site.control({ slow: 0, held: false, failing: false });
  tab = await Tab.open(browser);
});

afterEach(() => tab.close());

const table = (name: string) => tab.page.getByRole("table", { name });
const peers = () => table("Peers of Japan");
const counted = () => tab.page.getByRole("banner").locator("output").innerText();
const blocks = () => tab.page.locator("script[data-macho]").count();

/** Opens a page, and waits until it has hydrated: then it shows what the server counted. */
async function open(path: string): Promise<void> {
  await tab.page.goto(site.url + path);
  await expect.poll(counted).toMatch(/^\d+$/);
  await expect.poll(blocks).toBe(0);
}

/** Questions to the API since `before`. */
async function askedSince(before: {
  readonly paths: Readonly<Record<string, number>>;
}): Promise<Record<string, number>> {
  const { paths } = await site.stats();
  const news = Object.entries(paths).map(([path, count]) => [path, count - (before.paths[path] ?? 0)] as const);
  return Object.fromEntries(news.filter(([, count]) => count > 0));
}

describe("a page of the server", () => {
  test("hydrates without loading anything again, and without a complaint", async () => {
    const before = await site.stats();
    await open("countries/Japan");
    await peers().waitFor();
    expect(await table("Through the years").getByRole("row").count()).toBe(12);
    expect(await askedSince(before)).toEqual({ "/api/visitor": 1, [COUNTRY]: 1, [PEERS]: 1 });
    expect(await counted()).toBe(String(before.total + 3));
    expect(tab.complaints).toEqual([]);
  });

  test.each(["light", "dark"] as const)("is accessible, and fits a narrow window, %s", async (colorScheme) => {
    const page = await browser.newPage({ bypassCSP: true, colorScheme, viewport: { width: 320, height: 700 } });
    for (const path of ["", "countries/Japan"]) {
      await page.goto(site.url + path);
      await page.getByRole("table").last().waitFor();
      expect(await axeFindings(page, "body")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }
    await page.close();
  });

  test("leads to others by the same cache", async () => {
    await open("");
    await table("62 countries").waitFor();
    const before = await site.stats();
    await tab.page.getByRole("link", { name: "Japan" }).click();
    await peers().waitFor();
    await tab.page.getByRole("link", { name: "China", exact: true }).click();
    await table("Peers of China").waitFor();
    await tab.page.goBack();
    await peers().waitFor();
    await tab.page.getByRole("link", { name: "Countries" }).click();
    await table("62 countries").waitFor();
    const china = "/api/countries/China";
    expect(await askedSince(before)).toEqual({ [COUNTRY]: 1, [PEERS]: 1, [china]: 1, [`${china}/peers`]: 1 });
    expect(tab.complaints).toEqual([]);
  });

  test("comes in two parts, of which the second brings its own data", async () => {
    await site.control({ held: true });
    const before = await site.stats();
    await tab.page.goto(`${site.url}countries/Japan`, { waitUntil: "commit" });
    await tab.page.getByText("The peers are on their way").waitFor();
    await expect.poll(counted).toMatch(/^\d+$/);
    await expect.poll(blocks).toBe(0);
    expect(await table("Through the years").isVisible()).toBe(true);
    await site.control({ held: false });
    await peers().waitFor();
    await expect.poll(blocks).toBe(0);
    // What is clicked answers, so the late part has hydrated.
    await tab.page.getByRole("link", { name: "China", exact: true }).click();
    await table("Peers of China").waitFor();
    const china = "/api/countries/China";
    const late = { [china]: 1, [`${china}/peers`]: 1 };
    expect(await askedSince(before)).toEqual({ "/api/visitor": 1, [COUNTRY]: 1, [PEERS]: 1, ...late });
    expect(tab.complaints).toEqual([]);
  });

  test("is sent as soon as its first part is there", async () => {
    await site.control({ held: true });
    const stream = await Stream.begin(`${site.url}countries/Japan`);
    const shell = await stream.upTo(SCRIPT);
    expect(shell).toContain("Through the years");
    expect(shell.match(/data-macho/g)).toHaveLength(2);
    expect(shell).not.toContain("Peers of Japan");
    await site.control({ held: false });
    const late = await stream.rest();
    expect(late).toContain("Peers of Japan");
    expect(late.match(/data-macho/g)).toHaveLength(1);
  });

  test("forbids scripts that are not its own", async () => {
    await open("countries/Japan");
    const violated = await tab.page.evaluate(async () => {
      const heard = new Promise<string>((resolve) =>
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)),
      );
      const script = document.createElement("script");
      script.textContent = "hacked = 1";
      document.body.append(script);
      return heard;
    });
    expect(violated).toBe("script-src-elem");
    expect(await tab.page.evaluate(() => "hacked" in window)).toBe(false);
    expect(tab.complaints).toEqual([expect.stringContaining("Content Security Policy")]);
  });

  test("shows data that looks like the end of a script", async () => {
    await tab.page.context().addCookies([{ name: "visitor", value: encodeURIComponent(HOSTILE), url: site.url }]);
    const before = await site.stats();
    await open("");
    expect(await tab.page.getByRole("banner").innerText()).toContain(`Hello, ${HOSTILE}`);
    expect(await tab.page.evaluate(() => "hacked" in window)).toBe(false);
    expect(await askedSince(before)).toEqual({ "/api/visitor": 1, "/api/countries": 1 });
    expect(tab.complaints).toEqual([]);
  });

  test("has nothing of another one that is rendered at the same time", async () => {
    await site.control({ held: true });
    const visitors = ["Ada", "Grace", "Edsger", "Barbara"];
    const countries = ["Japan", "Kenya", "Japan", "Chile"];
    const streams = await Promise.all(
      visitors.map((visitor, place) => Stream.begin(`${site.url}countries/${countries[place]}`, visitor)),
    );
    const shells = await Promise.all(streams.map((stream) => stream.upTo(SCRIPT)));
    expect((await site.stats()).pages).toBe(4);
    await site.control({ held: false });
    const pages = await Promise.all(streams.map(async (stream, place) => shells[place]! + (await stream.rest())));
    for (const [place, page] of pages.entries()) {
      expect(visitors.filter((name) => page.includes(name))).toEqual([visitors[place]]);
      expect(page).toContain(`Peers of ${countries[place]} in 2005`);
      expect(page.match(/\["countries","[^"]+"/g)).toEqual(Array(2).fill(`["countries","${countries[place]}"`));
    }
  });

  test("shows its first part without scripts, and leads to the whole of it", async () => {
    await tab.close();
    tab = await Tab.open(browser, { javaScriptEnabled: false });
    await tab.page.goto(`${site.url}countries/Japan`);
    expect(await table("Through the years").isVisible()).toBe(true);
    await tab.page.getByRole("link", { name: "Show the whole page" }).click();
    await peers().waitFor();
    expect(await peers().getByRole("link").count()).toBe(8);
  });

  test("that does not exist says so", async () => {
    const answers = await Promise.all(
      ["nowhere", "countries/Atlantis", "countries/%ff"].map((path) => fetch(site.url + path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    await Promise.all(answers.map((answer) => answer.text()));
    await open("nowhere");
    expect(await tab.page.getByRole("heading").innerText()).toBe("There is no such page");
    await tab.page.getByRole("link", { name: "Countries" }).click();
    await table("62 countries").waitFor();
  });
});

describe("an API that fails", () => {
  test("for the server leaves the page, which asks again and never learns why", async () => {
    const scripts = deferred<void>();
    await tab.page.route("**/assets/*.js", async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await site.control({ failing: true });
    await tab.page.goto(`${site.url}countries/Japan`, { waitUntil: "commit" });
    await tab.page.getByText("Loading ...").waitFor();
    const html = await (await fetch(`${site.url}countries/Japan`)).text();
    expect(html).not.toContain(SECRET);
    await expect.poll(() => site.complaints.join("")).toContain(SECRET);
    await site.control({ failing: false });
    const before = await site.stats();
    scripts.resolve();
    await peers().waitFor();
    await table("Through the years").waitFor();
    expect(await askedSince(before)).toEqual({ "/api/visitor": 1, [COUNTRY]: 1, [PEERS]: 1 });
    expect(await tab.page.content()).not.toContain(SECRET);
  });

  test("for both says so, and can be asked again", async () => {
    await site.control({ failing: true });
    await tab.page.goto(`${site.url}countries/Japan`);
    const alerts = tab.page.getByRole("alert");
    await expect.poll(() => alerts.count()).toBe(2);
    expect(await alerts.allInnerTexts()).toEqual(Array(2).fill("The server has failed. Try again"));
    await site.control({ failing: false });
    await alerts.first().getByRole("button").click();
    await table("Through the years").waitFor();
    await alerts.getByRole("button").click();
    await peers().waitFor();
  });
});

describe("the server keeps nothing", () => {
  test("of a page whose visitor left", async () => {
    await site.control({ held: true, slow: 60_000 });
    const stream = await Stream.begin(`${site.url}countries/Japan`);
    await stream.upTo(SCRIPT);
    const during = await site.stats();
    expect(during.pages).toBe(1);
    expect(during.timers).toBeGreaterThanOrEqual(2);
    stream.abort();
    await expect.poll(async () => (await site.stats()).pages).toBe(0);
    expect((await site.stats()).timers).toBe(0);
  });

  test("of a page that was sent", async () => {
    await (await fetch(`${site.url}countries/Japan`)).text();
    await expect.poll(async () => (await site.stats()).pages).toBe(0);
    expect((await site.stats()).timers).toBe(0);
  });

  test("and ends by itself when it is asked to, whatever is open", async () => {
    await open("");
    await site.control({ held: true, slow: 60_000 });
    const stream = await Stream.begin(`${site.url}countries/Japan`);
    const shell = await stream.upTo(SCRIPT);
    const rest = stream.rest();
    expect(await site.stop()).toBe(0);
    // The page that was under way has an end.
    expect(shell + (await rest)).toMatch(/<\/html>$/);
  });
});
