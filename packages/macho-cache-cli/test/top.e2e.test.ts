import type { Page } from "playwright";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { builtCommand } from "../../../scripts/command.mjs";
import { macho } from "./support/command.ts";
import { openScreen, type Screen } from "./support/screen.ts";
import { startServer } from "./support/targets.ts";
import { browser, fixture, openFilms, port, useWorld } from "./support/world.ts";

useWorld();

/** The cursor is shown, and the user's own screen. */
const LEAVE = "\u001B[?25h\u001B[?1049l";
const [UP, DOWN, ESCAPE] = ["\u001B[A", "\u001B[B", "\u001B"];
// oxlint-disable-next-line no-control-regex -- it is what colours are made of
const COLOUR = /\u001B\[[\d;]*m/;

let page: Page;
const screens: Screen[] = [];

beforeAll(async () => {
  page = await browser.newPage();
});
beforeEach(() => load());
afterEach(() => screens.splice(0).forEach((screen) => screen.kill()));
async function load(): Promise<void> {
  await openFilms(page);
}

interface Opened {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Words of a shell behind it. */
  readonly afterwards?: string;
}

/** The live screen, once it has figures of two moments. */
async function openTop(words: readonly string[], { afterwards, env, ...size }: Opened = {}): Promise<Screen> {
  const given = { CI: undefined, CONTINUOUS_INTEGRATION: undefined, NO_COLOR: undefined, ...env };
  const command = [builtCommand(), "top", "--port", String(port), ...words];
  const screen =
    afterwards === undefined
      ? openScreen(process.execPath, command, { ...size, env: given })
      : openScreen("sh", ["-c", `"$0" "$@"; ${afterwards}`, process.execPath, ...command], { ...size, env: given });
  screens.push(screen);
  await screen.shows(/0\/s(.|\n)*film:1 /);
  return screen;
}

/** The lines of a screen without what time changes. */
function still(screen: Screen): string[] {
  return screen.lines().map((line) =>
    line
      .replace(/\d\d:\d\d:\d\d/, "HH:MM:SS")
      .replace(/recorded for .*/, "recorded for a while")
      .replaceAll(/ +\d+ m?s\b/g, "  # s"),
  );
}

const films = (from: number, to: number, words: (id: number) => string): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => words(from + index));

describe("the screen of macho top", () => {
  test("shows figures, advice and keys on 100 columns, and on as many as it is resized to", async () => {
    const screen = await openTop(["films"]);
    await screen.shows("Not enough data");
    expect(screen.isAlternate()).toBe(true);
    expect(still(screen)).toEqual([
      "films in page Films · counted since HH:MM:SS · recorded for a while",
      "entries    20 of 50  ████████░░░░░░░░░░░░ 40%  policy sieve",
      "hit ratio  83%",
      "requests   0/s  gets 30  sets 20  misses 5",
      "removals   evicted 0  expired 0  replaced 0  deleted 0  cleared 0",
      "loads      none",
      "advice     Not enough data: 0 of 200 reads.",
      "",
      "",
      "",
      "  20 keys                                                      ▼reads     size        age   ttl left",
      ...films(
        1,
        9,
        (id) => `  film:${id}                                                            0    154 B  # s  # s`,
      ),
      ...films(
        10,
        17,
        (id) => `  film:${id}                                                           0    156 B  # s  # s`,
      ),
      "q quit  ? help  s sort  / filter  Space pause  Enter facts  r reverse",
    ]);
    screen.resize(60, 20);
    await screen.shows(/facts$/);
    const at60 = [
      "films in page Films · counted since HH:MM:SS",
      "entries    20 of 50  ████████░░░░░░░░░░░░ 40%  policy sieve",
      "hit ratio  83%",
      "requests   0/s  gets 30  sets 20  misses 5",
      "removals   evicted 0  expired 0  replaced 0  deleted 0",
      "loads      none",
      "advice     Not enough data: 0 of 200 reads.",
      "",
      "  20 keys                         ▼reads     size   ttl left",
      ...films(1, 9, (id) => `  film:${id}                               0    154 B  # s`),
      "q quit  ? help  s sort  / filter  Space pause  Enter facts",
    ];
    expect(still(screen)).toEqual(at60);
    screen.resize(40, 10);
    await screen.shows(/filter$/);
    const at40 = [
      "films · 20 of 50 · sieve",
      "hit ratio 83%",
      "0/s requests · 0 evicted · 0 expired",
      "  20 keys                ▼reads     size",
      ...films(1, 4, (id) => `  film:${id}                      0    154 B`),
      "q quit  ? help  s sort  / filter",
    ];
    expect(still(screen)).toEqual(at40);
    screen.resize(60, 20);
    await screen.shows(/facts$/);
    expect(still(screen)).toEqual(at60);
    screen.type("q");
    expect(await screen.ended).toBe(0);
    const small = await openTop(["--cache", "films"], { columns: 40, rows: 10 });
    expect(still(small)).toEqual(at40);
  });

  test("sorts, filters, chooses a key and shows its facts", async () => {
    const screen = await openTop(["films"]);
    screen.type("sss");
    await screen.shows("▼age");
    screen.type("3r");
    await screen.shows(/▲size(.|\n)*\n  film:1 /);
    screen.type("/film:1 size>155B\r");
    await screen.shows("10 match film:1 size>155B");
    screen.type(`${DOWN}${DOWN}${DOWN}${UP}`);
    await screen.shows("> film:11");
    screen.type("\r");
    await screen.shows('title "Film 11"');
    const lines = still(screen).filter((line) => line !== "");
    expect(lines.slice(lines.indexOf("film:11"))).toEqual([
      "film:11",
      expect.stringMatching(/^written {2}# s ago, {2}# s left of 1 m {2}# s, not read, about 156 B$/),
      "value Object {3}",
      "  id 11",
      '  title "Film 11"',
      "  tags Array(2)",
      '    0 "a"',
      '    1 "b"',
      "Esc back",
    ]);
    screen.type(ESCAPE);
    await screen.shows("> film:11");
    screen.type("/ ttl<10\r");
    await screen.shows("ttl<10: a time has a unit: ms, s, m or h.");
    screen.type("/");
    await screen.shows("filter: ");
    screen.type("\u0015read:0\u007F1\r");
    await screen.shows("0 match read:1");
    await page.evaluate(() => globalThis.exposed.films.get("film:20"));
    await screen.shows(/1 match read:1\b(.|\n)*film:20 /);
    screen.type("?");
    await screen.shows("pauses: nothing is asked meanwhile");
    // It only leaves the help.
    screen.type("q");
    await screen.shows("match read:1");
    screen.type("\u0003");
    expect(await screen.ended).toBe(0);
  });

  test("goes on with what happens, and stands still while it is paused", async () => {
    const screen = await openTop(["films"]);
    const read = (times: number): Promise<void> =>
      page.evaluate((count) => {
        for (let time = 0; time < count; time++) globalThis.exposed.films.get("film:3");
        for (let id = 100; id < 140; id++) globalThis.exposed.films.set(`film:${id}`, id);
      }, times);
    await read(1_000);
    await screen.shows(/gets 1,030 \(\d+\/s\)(.|\n)*evicted 10 \(/);
    // The table of keys, and the line, may come a tick later.
    await screen.shows(/\n  film:3 +1,000 +100%/);
    await screen.shows(/^hit ratio {2}99\.5%,.*█.* 1 min$/m);
    screen.type(" ");
    await screen.shows("Paused. Space goes on.");
    await read(1_000);
    const before = screen.lines();
    await new Promise((done) => setTimeout(done, 2_500));
    expect(screen.lines()).toEqual(before);
    screen.type("p");
    await screen.shows("gets 2,030");
  });

  test("has no colours with NO_COLOR, and writes no control characters of the page", async () => {
    const coloured = await openTop(["films"]);
    expect(coloured.written()).toMatch(COLOUR);
    await page.evaluate(() => globalThis.exposed.films.set("a\u001B[2J\u001B]0;b\u0007\u009B31m\u202Ec", "\u001B[31m"));
    coloured.type(`/31m\r`);
    await coloured.shows(/1 match(.|\n)* a\\x1b\[2J\\x1b\]0;b\\x07\\x9b31m\\u202ec/);
    coloured.type(`${DOWN}\r`);
    await coloured.shows('value "\\u001b[31m"');
    for (const hidden of ["\u001B]0;b", "\u0007", "\u009B", "\u202E"]) expect(coloured.written()).not.toContain(hidden);
    const plain = await openTop(["films"], { env: { NO_COLOR: "1" } });
    plain.type(`${DOWN}${DOWN}`);
    await plain.shows("> film:2");
    expect(plain.written()).not.toMatch(COLOUR);
  });

  test("leaves the terminal as it was when somebody quits", async () => {
    const screen = await openTop(["films"], { afterwards: "echo status $?; stty -a" });
    screen.type("q");
    await screen.ended;
    await screen.shows("status 0");
    await screen.shows(/(?<!-)icanon\b(.|\n)* echo /);
    expect(screen.isAlternate()).toBe(false);
    expect(screen.written().split(LEAVE)[1]).toContain("status 0");
    // Nothing that was written before is wiped.
    expect(screen.written()).not.toContain("\u001B[3J");
  });

  test("leaves the terminal as it was when it is told to end", async () => {
    const screen = await openTop(["films"]);
    screen.kill("SIGTERM");
    expect(await screen.ended).toBe(0);
    await expect.poll(() => screen.isAlternate()).toBe(false);
    expect(screen.written()).toMatch(/25h$/);
  });

  test("leaves the terminal as it was when the page cannot be looked into any more, and says why", async () => {
    const screen = await openTop(["films"]);
    const registry =
      '{ version: 1, names: () => ["films"], ask: async () => JSON.stringify({ error: { code: "no-operation" } }) }';
    await page.goto(`data:text/html,<script>globalThis[Symbol.for("macho-cache.exposed")] = ${registry}</script>`);
    expect(await screen.ended).toBe(4);
    await screen.shows("macho: The page's macho-cache is too old for this");
    expect(screen.isAlternate()).toBe(false);
  });

  test("says that the page is gone, and goes on when it is back", async () => {
    const screen = await openTop(["films"]);
    await page.goto("data:text/html,<title>Elsewhere</title>");
    await screen.shows("The page was left or loaded anew. Waiting for films at port");
    await load();
    await screen.shows("films is there again after");
    await page.evaluate(() => globalThis.exposed.films.get("film:1"));
    await screen.shows("gets 31");
  });

  test("looks without a trace: two at once change nothing, and leave nothing in the page", async () => {
    const metrics = (): Promise<string> => page.evaluate(() => JSON.stringify(globalThis.exposed.films.metrics));
    const before = await metrics();
    const one = await openTop(["films", "--no-record"]);
    const other = await openTop(["films", "--no-record", "--filter", "film:1"]);
    await one.shows("20 keys");
    await other.shows("11 match");
    await one.shows(/not recorded(.|\n)*None, since nothing is recorded(.|\n)*▼size/);
    one.type("q");
    expect(await one.ended).toBe(0);
    other.type("/\u0015film:2\r");
    await other.shows("2 match film:2");
    expect(await metrics()).toBe(before);
    const recorders = await page.evaluate(() =>
      (globalThis.exposed.films.parts as unknown as { stores: { recorder: unknown }[] }).stores.map(
        ({ recorder }) => recorder,
      ),
    );
    expect(recorders).toEqual([undefined]);
  });
});

describe("macho top without a terminal", () => {
  test("prints the figures once, and begins no record", async () => {
    await page.evaluate(() => globalThis.exposed.films.set("film:1", "x".repeat(1_000)));
    const { status, out, err } = await macho(["top", "films", "--port", String(port)]);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const lines = out.split("\n").map((line) => line.replaceAll(/ {2,}/g, "  ").replace(/\d\d:\d\d:\d\d/, "HH:MM:SS"));
    expect(lines.slice(0, 10)).toEqual([
      "films in page Films · counted since HH:MM:SS · not recorded",
      "entries  20 of 50  ████████░░░░░░░░░░░░ 40%  policy sieve",
      "hit ratio  83%",
      "requests  0/s  gets 30  sets 21  misses 5",
      "removals  evicted 0  expired 0  replaced 1  deleted 0  cleared 0",
      "loads  none",
      "advice  None, since nothing is recorded.",
      "",
      "  20 keys  ▼size  age  ttl left",
      expect.stringMatching(/^ {2}film:1 {2}1\.1 kB/),
    ]);
  });

  test("prints JSON: one object, or one a line for each moment", async () => {
    const once = await macho(["top", "--cache", "films", "--port", String(port), "--json"]);
    expect(JSON.parse(once.out)).toMatchObject({
      name: "films",
      target: { kind: "page", title: "Films", port },
      size: 20,
      hitRatio: 25 / 30,
      rates: { gets: 0, sets: 0, misses: 0 },
      recordedSince: null,
      largest: expect.arrayContaining([expect.objectContaining({ key: "film:10", size: 156 })]),
    });
    const words = ["--json", "--count", "2", "--interval", "0.2", "--sort", "size", "--filter", "film:2"];
    const twice = await macho(["top", "films", "--port", String(port), ...words]);
    const moments = twice.out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { at: number; keys: { key: string }[] });
    expect(moments.map(({ keys }) => keys.map(({ key }) => key))).toEqual([
      ["film:20", "film:2"],
      ["film:20", "film:2"],
    ]);
    expect(moments[1]!.at - moments[0]!.at).toBeGreaterThanOrEqual(200);
  });

  test("is what CI gets, and a server is looked into as well", async () => {
    const server = await startServer(fixture.folder);
    try {
      const command = [builtCommand(), "top", "--port", String(server.port)];
      const screen = openScreen(process.execPath, command, { env: { CI: "true" } });
      expect(await screen.ended).toBe(0);
      // What was written last may not be drawn yet.
      await screen.shows(/^sessions in node /);
      expect(screen.written()).not.toContain("\u001B[?1049h");
    } finally {
      await server.stop();
    }
  });

  test("says what is wrong with the command line", async () => {
    const said = async (...words: string[]): Promise<string> => {
      const { status, err, out } = await macho(["top", "--port", String(port), ...words]);
      expect({ status, out }).toEqual({ status: words[0] === "gone" ? 3 : 2, out: "" });
      return err;
    };
    expect(await said("films", "--cache", "api")).toContain("Which cache is meant, films or api? Name one.");
    expect(await said("--sort", "colour")).toContain("Keys are sorted by reads, hits, size, age, ttl.");
    expect(await said("--interval", "0.01")).toContain("From 0.1 to 3600 seconds, got 0.01.");
    expect(await said("--count", "0")).toContain("A whole number from 1 to 1000000000, got 0.");
    expect(await said("gone")).toContain(
      "There is no cache gone. There are: films (Films), api (Films), small (Films).",
    );
  });
});
