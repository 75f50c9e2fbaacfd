import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type Browser, chromium } from "playwright";
import { afterAll, describe, expect, test } from "vitest";
import { builtCommand } from "../../../scripts/command.mjs";
import { axeFindings } from "../../../test/support/axe.ts";
import { CHROMIUM_FLAGS, chromiumPath } from "../../../test/support/chromium.ts";
import { macho } from "./support/command.ts";
import { openScreen, type Screen } from "./support/screen.ts";
import { scratch } from "./support/simulated.ts";

const files = scratch();
let browser: Browser | undefined;
afterAll(async () => {
  await browser?.close();
  files.remove();
});

const KEYS = Array.from({ length: 5_000 }, (_, at) => `film ${Math.floor(300 * ((at * 0.618_034) % 1) ** 3)}`);
const TRACE = files.file("films <b>&.txt", KEYS.join("\n"));
/** Long enough for threads to be worth it. */
const LONG = files.file(
  "long.txt",
  Array.from({ length: 60 }, (_, at) => KEYS.map((key) => `${at % 3} ${key}`).join("\n")).join("\n"),
);
const TEMPORARY = `${dirname(TRACE)}/temporary`;
mkdirSync(TEMPORARY);

describe("macho simulate", () => {
  test("reads stdin, also compressed, and several traces at once", async () => {
    const child = spawn(process.execPath, [
      builtCommand(),
      "simulate",
      "-",
      TRACE,
      "--policy",
      "lru",
      "--size",
      "50",
      "--json",
    ]);
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stdin.end(gzipSync(KEYS.join("\n")));
    const [status] = (await once(child, "close")) as [number];
    const { traces } = JSON.parse(out) as { traces: { trace: string; policies: unknown }[] };
    expect([status, traces.map(({ trace }) => trace)]).toEqual([0, ["stdin", TRACE]]);
    expect(traces[0]!.policies).toEqual(traces[1]!.policies);
  });

  test("threads give what one gives", async () => {
    const words = ["simulate", LONG, "--json", "--size", "10,50,300"];
    const [one, four] = await Promise.all([macho([...words, "--threads", "1"]), macho([...words, "--threads", "4"])]);
    expect(one.status).toBe(0);
    expect(four).toEqual(one);
    // So many that threads are worth it.
    const { requests, policies } = (JSON.parse(one.out) as { traces: { requests: number; policies: [] }[] }).traces[0]!;
    expect(requests * policies.length * 3).toBeGreaterThan(5_000_000);
  });

  test("ends with a status and a sentence where the words or the file are wrong", async () => {
    const runs = await Promise.all([
      macho(["simulate", TRACE, "--size", "many"]),
      macho(["simulate", "nowhere.txt"]),
      macho(["simulate", "-", "-"]),
      macho(["simulate", TRACE, "--sample", "2"]),
      macho(["simulate", TRACE, "--policy", "lru", "--html", "/nowhere/page.html"]),
      macho(["simulate", "--help"]),
    ]);
    expect(runs.map(({ status }) => status)).toEqual([2, 6, 2, 2, 6, 0]);
    expect(runs[0].err).toContain("macho: A size is a whole number of 1 or more, such as 1000, 64MiB, or 10%");
    expect(runs[1].err).toBe("macho: There is no file nowhere.txt.\n");
    expect(runs[4].err).toContain("macho: /nowhere/page.html cannot be written: ENOENT");
    expect(runs[4].out).toBe("");
    expect(runs[5].out).toContain("macho simulate films.json --policy lru,sieve,s3fifo --size 100,1000,10%");
  });
});

describe("at a terminal", () => {
  const open = (...words: string[]): Screen =>
    openScreen(process.execPath, [builtCommand(), "simulate", ...words], { rows: 40, env: { TMPDIR: TEMPORARY } });

  test("draws a curve below the table, and leaves nothing of how far it was", async () => {
    const screen = open(TRACE, "--policy", "lru,sieve", "--size", "10,100");
    expect(await screen.ended).toBe(0);
    await screen.shows("5,000 look-ups of 300 keys");
    await screen.shows(/│.*⠉.*(lru|sieve)/);
    expect(screen.lines().join("\n")).not.toMatch(/reading|simulating/);
  });

  test("Ctrl-C ends it with status 130, and leaves no file", async () => {
    const page = `${dirname(TRACE)}/ended.html`;
    const screen = open("-", "--html", page);
    // The terminal keeps what is typed until the command listens.
    screen.type("key\r".repeat(2_000));
    await screen.shows("reading stdin");
    screen.type("\u0003");
    expect(await screen.ended).toBe(130);
    await screen.shows("macho: It was ended before its result. Nothing was written.");
    expect([existsSync(page), readdirSync(TEMPORARY)]).toEqual([false, []]);
  });

  test("Ctrl-C ends its threads as well", async () => {
    const screen = open(LONG, "--threads", "2", "--size", "10,20,30,40,50,60,70,80,90,100,200,250");
    await screen.shows(/% simulating/);
    screen.type("\u0003");
    expect(await screen.ended).toBe(130);
    await screen.shows("macho: It was ended before its result.");
    expect(readdirSync(TEMPORARY)).toEqual([]);
  });
});

test("the page needs nothing, is accessible in both themes, and fits a phone", async () => {
  const page = `${dirname(TRACE)}/page.html`;
  const { status, out, err } = await macho(["simulate", TRACE, "--html", page]);
  expect([status, err]).toEqual([0, `The page is in ${page}.\n`]);
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  const backgrounds: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width: 390, height: 800 } });
    const tab = await context.newPage();
    const requests: string[] = [];
    tab.on("request", (request) => requests.push(request.url()));
    const complaints: string[] = [];
    tab.on("console", (message) => complaints.push(message.text()));
    await tab.goto(pathToFileURL(page).href);
    expect([requests.length, complaints]).toEqual([1, []]);
    expect(await axeFindings(tab, "main")).toEqual([]);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    backgrounds.push(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor));
    // The name of the trace is text.
    expect(await tab.locator("h2").textContent()).toBe(TRACE);
    expect(await tab.locator("svg .line").count()).toBe(12);
    const cells = await tab.locator("tbody tr").first().locator("td").allTextContents();
    expect(cells).toHaveLength(12);
    for (const cell of cells) expect(out).toContain(cell.replace(" *", ""));
    await context.close();
  }
  expect(backgrounds).toEqual(["rgb(255, 255, 255)", "rgb(13, 17, 23)"]);
});
