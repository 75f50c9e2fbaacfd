import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readSnapshot } from "../../../src/devtools/snapshot-target.ts";
import { macho } from "./support/command.ts";
import { browser, fixture, port, site, useWorld } from "./support/world.ts";

useWorld();

let at: readonly string[];
let page: Page;
let folder: string;

beforeAll(() => {
  at = ["--port", String(port)];
});
beforeEach(async () => {
  folder = mkdtempSync(join(fixture.folder, "exports-"));
  page = await browser.newPage();
  await page.goto(`${site.url}?panel`);
  await page.waitForFunction(() => document.title === "Films");
});
afterEach(async () => {
  await page.close();
  rmSync(folder, { recursive: true });
});

describe("macho export", () => {
  test("writes a snapshot with values, which the panel imports and shows", async () => {
    const file = join(folder, "films.json");
    const before = await page.evaluate(() => JSON.stringify(globalThis.exposed.films.metrics));
    const { status, out, err } = await macho(["export", file, "--values", "--cache", "films", ...at]);
    expect([status, out, err]).toEqual([0, "", expect.stringMatching(/^Exported 20 entries of films, .* Written to /)]);
    expect(readdirSync(folder)).toEqual(["films.json"]);
    expect(await page.evaluate(() => JSON.stringify(globalThis.exposed.films.metrics))).toBe(before);
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByLabel("Import a snapshot").setInputFiles(file);
    await page.getByText(/^Snapshot of/).waitFor();
    await page.getByText("20 of 50 · sieve").waitFor();
    await page.getByRole("tab", { name: "Entries" }).click();
    await page.getByRole("row").filter({ hasText: "film:7" }).first().click();
    await page.getByRole("treeitem").filter({ hasText: '"Film 7"' }).waitFor();
  });

  test("has no values unless they are asked for, and a client's keys whole", async () => {
    const file = join(folder, "api.json");
    const { status, out } = await macho(["export", file, "--json", "--cache", "api", ...at]);
    expect(status).toBe(0);
    const text = readFileSync(file, "utf8");
    expect(JSON.parse(out)).toMatchObject({ cache: "api", file, entries: 1, total: 1, characters: text.length });
    expect(text).not.toContain("done");
    const snapshot = readSnapshot(text);
    expect([snapshot.name, snapshot.kind, snapshot.hasValues]).toEqual(["api", "client", false]);
    expect(snapshot.entries.map(({ row, key }) => [row.label, key])).toEqual([['["todos",1]', '[["todos",1],[0]]']]);
  });

  test("writes as much of a huge cache as is wanted, and says how much there is", async () => {
    const file = join(folder, "huge.json");
    await page.evaluate(() => {
      const { Cache, exposeCaches } = globalThis.parts;
      const huge = new Cache<string, number>({ maxCacheSize: 300_000 });
      for (let id = 0; id < 300_000; id++) huge.set(`entry:${id}`, id);
      exposeCaches({ huge });
      Object.assign(globalThis, { huge });
    });
    const { status, err } = await macho(["export", file, "--most", "30000", "--cache", "huge", ...at]);
    expect([status, err]).toEqual([0, expect.stringMatching(/^Exported 30,000 of 300,000 entries of huge/)]);
    expect(statSync(file).size).toBeGreaterThan(1e6);
    const snapshot = readSnapshot(readFileSync(file, "utf8"));
    expect([snapshot.entries.length, snapshot.total, snapshot.entries[29_999]!.row.label]).toEqual([
      30_000,
      300_000,
      "entry:29999",
    ]);
  });

  test("says what is wrong before it begins", async () => {
    const gz = await macho(["export", join(folder, "films.json.gz"), "--cache", "films", ...at]);
    expect([gz.status, gz.err]).toEqual([2, expect.stringContaining("The panel reads no compressed file.")]);
    const many = await macho(["export", join(folder, "films.json"), "--most", "1e9", "--cache", "films", ...at]);
    expect([many.status, many.err]).toEqual([2, expect.stringContaining("A whole number from 1 to 100000")]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
