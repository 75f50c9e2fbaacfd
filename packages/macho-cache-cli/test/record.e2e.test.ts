import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type AccessRecord, type Advice, advise } from "macho-cache/simulate";
import type { Page } from "playwright";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { macho } from "./support/command.ts";
import { startMacho } from "./support/started.ts";
import { startServer } from "./support/targets.ts";
import { browser, fixture, openFilms, port, site, useWorld } from "./support/world.ts";

useWorld();

let at: readonly string[];
let page: Page;
let folder: string;

beforeAll(() => {
  at = ["--port", String(port)];
});
beforeEach(async () => {
  folder = mkdtempSync(join(fixture.folder, "records-"));
  page = await openFilms(await browser.newPage());
});
afterEach(async () => {
  await page.close();
  rmSync(folder, { recursive: true });
});

const readRecord = (text: string | Buffer): AccessRecord => JSON.parse(String(text)) as AccessRecord;
const begun = (): Promise<unknown> =>
  page.waitForFunction(() => globalThis.exposed.small.parts.stores[0]!.recorder !== undefined);
const isHeard = (): Promise<boolean> =>
  page.evaluate(() => globalThis.exposed.small.parts.stores[0]!.recorder !== undefined);

describe("macho record", () => {
  test("writes the accesses of a while, compressed, whole, and leaves nothing in the page", async () => {
    const file = join(folder, "trace.json.gz");
    await page.evaluate(() => globalThis.exposed.small.set("before", 0));
    const recording = startMacho(["record", file, "--seconds", "1.5", "--cache", "small", "--json", ...at]);
    await begun();
    await page.evaluate(() => {
      const { small } = globalThis.exposed;
      for (let step = 0; step < 20_000; step++)
        if (small.get(`key:${step % 5}`) === undefined) small.set(`key:${step % 5}`, step);
      small.delete("key:0");
    });
    expect(readdirSync(folder)).toEqual([]);
    const { status, out } = await recording.ended;
    expect(status).toBe(0);
    expect(readdirSync(folder)).toEqual(["trace.json.gz"]);
    const record = readRecord(gunzipSync(readFileSync(file)));
    const { length } = record.operations;
    expect(JSON.parse(out)).toMatchObject({ cache: "small", file, operations: length, lookups: 20_000, lost: 0 });
    // A write that comes more than a ms after its miss is told by itself.
    expect(record.operations.replaceAll("ms", "f")).toBe(`${"f".repeat(20_000)}d`);
    expect([record.entries!.keys.length, record.options.maxCacheSize]).toEqual([1, 3]);
    // It is what the simulator takes.
    expect(advise(record).kind).toBe("size");
    const simulated = await macho(["simulate", file, "--json"]);
    expect(simulated.status).toBe(0);
    expect(JSON.parse(simulated.out)).toMatchObject({
      traces: [{ requests: 20_000, keys: 6, recorded: { strategy: "lru", size: 3 } }],
    });
    expect(await isHeard()).toBe(false);
  });

  test("writes what there is at Ctrl-C, to the standard output too", async () => {
    const recording = startMacho(["record", "-", "--cache", "small", ...at]);
    await begun();
    await page.evaluate(() => globalThis.exposed.small.set("a", 1).get("a"));
    recording.signal("SIGINT");
    const { status, out, err } = await recording.ended;
    expect(status).toBe(0);
    expect(readRecord(out).operations).toBe("sh");
    expect(err).toMatch(
      /^Recording small for 30 s\. Ctrl-C ends it early\.\nRecorded small for .*: 2 operations, 1 read\.\n$/,
    );
    expect(await isHeard()).toBe(false);
  });

  test("writes over no file unless it is told to, and says so before it records", async () => {
    const file = join(folder, "trace.json");
    writeFileSync(file, "mine");
    const refused = await macho(["record", file, "--cache", "small", ...at]);
    expect(refused).toEqual({
      status: 6,
      out: "",
      err: `macho: ${file} is there already. Pass --force to write over it.\n`,
    });
    expect(readFileSync(file, "utf8")).toBe("mine");
    const nowhere = await macho(["record", join(folder, "no", "trace.json"), "--cache", "small", ...at]);
    expect([nowhere.status, nowhere.err]).toEqual([6, expect.stringContaining("There is no folder")]);
    const forced = await macho(["record", file, "--force", "--seconds", "0.1", "--cache", "small", ...at]);
    expect(forced.status).toBe(0);
    expect(readRecord(readFileSync(file)).operations).toBe("");
    expect(readdirSync(folder)).toEqual(["trace.json"]);
  });

  test("writes what there is when the page is left, and ends with status 4", async () => {
    const file = join(folder, "trace.json");
    const recording = startMacho(["record", file, "--cache", "small", ...at]);
    await begun();
    await page.evaluate(() => globalThis.exposed.small.set("a", 1).set("b", 1).get("a"));
    // Only what was fetched is known.
    await page.evaluate(async () => {
      const registry = (globalThis as never)[Symbol.for("macho-cache.exposed")] as {
        ask: (...given: never[]) => unknown;
      };
      const { ask } = registry;
      for (let asked = 0; asked < 2; asked++) {
        await new Promise<void>((heard) => {
          registry.ask = (...given) => {
            heard();
            return ask(...given);
          };
        });
      }
    });
    await page.reload();
    const { status, err } = await recording.ended;
    expect([status, err]).toEqual([4, expect.stringContaining("Ended early: The page was left or loaded anew.")]);
    expect(readRecord(readFileSync(file)).operations).toBe("ss");
  });

  test("waits for a process that is held up, and loses nothing of the record", async () => {
    const server = await startServer(fixture.folder, "--busy");
    try {
      const recording = startMacho(["record", "-", "--timeout", "2", "--port", String(server.port)]);
      await recording.said(/Recording sessions for 30 s/);
      server.process.kill("SIGSTOP");
      await recording.said(/No answer within 2 s: .* It goes on when the page answers\./);
      server.process.kill("SIGCONT");
      recording.signal("SIGINT");
      const { status, out } = await recording.ended;
      expect([status, readRecord(out).lost]).toEqual([0, 0]);
    } finally {
      server.process.kill("SIGCONT");
      await server.stop();
    }
  });

  test("records a worker", async () => {
    await page.goto(`${site.url}?worker`);
    await page.waitForFunction(() => document.title === "Films");
    const words = ["record", "-", "--seconds", "0.2", "--cache", "pictures", ...at];
    const { status, out } = await macho(words);
    expect([status, readRecord(out).entries!.keys.length]).toEqual([0, 1]);
  });
});

describe("macho advise", () => {
  test("says what to change, with evidence and the option to copy, and ends with status 1", async () => {
    const server = await startServer(fixture.folder, "--busy");
    try {
      const target = ["--port", String(server.port)];
      const first = await macho(["advise", "--seconds", "2", ...target]);
      expect(first.err).toBe("Nothing was recorded before. A record begins now.\n");
      expect(first.status).toBe(1);
      expect(first.out).toMatch(/^sessions in node .*: \d+% of the last [\d,]+ reads hit\n/);
      expect(first.out).toContain("Too small.");
      expect(first.out).toMatch(/Copy into the options of the cache:\n {2}maxCacheSize: \d+\n/);
      expect(first.out).toMatch(/Misses:\n +\d+% {2}evicted before/);
      expect(first.out).toContain("It began with this question: what was before is not known.");
      // There is a record by now, and nothing to wait for.
      const again = await macho(["advise", "--json", ...target]);
      expect([again.status, again.err]).toEqual([1, ""]);
      const { cache, record, advice, remedy } = JSON.parse(again.out) as {
        cache: string;
        record: { isNew: boolean; lookups: number };
        advice: Advice;
        remedy: string;
      };
      expect([cache, record.isNew, remedy, advice.kind]).toEqual(["sessions", false, "", "size"]);
      expect(record.lookups).toBeGreaterThan(200);
      expect(Object.keys(advice)).toEqual(expect.arrayContaining(["text", "misses", "change", "others"]));
    } finally {
      await server.stop();
    }
  });

  test("names the part of a key that is another one each time", async () => {
    await page.evaluate(() => {
      const { api } = globalThis.exposed;
      for (let time = 0; time < 400; time++) api.setQueryData(["films", { page: time % 4, at: time }], time);
      for (let time = 0; time < 400; time++) api.getQueryData(["films", { page: time % 4, at: time + 1e6 }]);
    });
    const asking = startMacho(["advise", "--cache", "api", ...at]);
    await asking.said(/A record begins now/);
    await page.evaluate(async () => {
      const { api } = globalThis.exposed;
      for (let time = 0; time < 2_100; time++)
        await api.fetchQuery(["films", { page: time % 4, at: time + 2e6 }], () => Promise.resolve(time));
    });
    const { status, out } = await asking.ended;
    expect(out).toContain("Caching cannot help here.");
    expect(out).toContain("Unstable key: at is another one");
    expect(status).toBe(1);
  });

  test("ends with status 0 where nothing is to be changed, and where too little is known", async () => {
    const little = await macho(["advise", "--cache", "small", "--seconds", "0.2", ...at]);
    expect([little.status, little.out]).toEqual([0, expect.stringContaining("Not enough data: 0 of 200 reads.")]);
    await page.evaluate(() => {
      const { small } = globalThis.exposed;
      small.set("a", 1).set("b", 2).set("c", 3);
      for (let step = 0; step < 3_000; step++) small.get("abc"[step % 3]!);
    });
    const good = await macho(["advise", "--cache", "small", ...at]);
    expect([good.status, good.out]).toEqual([0, expect.stringContaining("Nothing to change.")]);
  });
});

describe("exposeCaches with record", () => {
  test("knows the past of a server, and neither it nor a command keeps the process alive", async () => {
    const server = await startServer(fixture.folder, "--busy", "--record");
    try {
      const target = ["--port", String(server.port)];
      const advice = await macho(["advise", "--json", ...target]);
      expect(JSON.parse(advice.out)).toMatchObject({ record: { isNew: false }, advice: { kind: "size" } });
      // One that was not ended in order: its session lives on for a while.
      const watching = startMacho(["watch", ...target]);
      await watching.said(/hit|miss/);
      watching.signal("SIGKILL");
      await watching.ended;
      server.process.kill("SIGUSR2");
      await once(server.process, "exit");
    } finally {
      await server.stop();
    }
  });

  test("keeps no cache alive that a page has dropped, while its record goes on", async () => {
    const isGone = await page.evaluate(async () => {
      const { exposeCaches, Cache } = globalThis.parts;
      const dropped = new Cache<string, number>();
      exposeCaches({ dropped }, { record: true });
      globalThis.dropped = new WeakRef(dropped);
      const { stores } = dropped.parts;
      while (stores[0]!.recorder === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      return globalThis.dropped.deref() === undefined;
    });
    expect(isGone).toBe(false);
    await expect
      .poll(async () => {
        await page.requestGC();
        return page.evaluate(() => globalThis.dropped.deref() === undefined);
      })
      .toBe(true);
    const { status, err } = await macho(["advise", "--cache", "dropped", ...at]);
    expect([status, err]).toEqual([3, expect.stringContaining("There is no cache dropped.")]);
  });
});
