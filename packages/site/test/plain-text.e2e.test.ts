import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { buildSiteOnce } from "../../../scripts/site.mjs";
import { GROUPS } from "../.vitepress/sidebar.ts";
import { fileOf, textOf } from "./support/built-site.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const { homepage } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { homepage: string };
const PAGES = GROUPS.flatMap(({ pages }) => pages.map(([, page]) => page));

beforeAll(() => buildSiteOnce());

/** Addresses of the site in a text, without their anchors. */
const addressesIn = (text: string): string[] =>
  Array.from(text.matchAll(/\]\(([^()\s]+)\)/g), ([, link = ""]) => link)
    .filter((link) => link.startsWith(homepage))
    .map((link) => link.slice(homepage.length).split("#")[0]!);

test("llms.txt lists each page with what it is about, and each address leads to a file", () => {
  const list = textOf("llms.txt");
  expect(list).toMatch(/^# Macho\n\n> /);
  const listed = addressesIn(list);
  expect(PAGES.filter((page) => !listed.includes(page))).toEqual([]);
  expect(listed.filter((path) => fileOf(path) === undefined)).toEqual([]);
  const rows = list.split("\n").filter((line) => line.startsWith("- ["));
  expect(rows.filter((row) => !/^- \[.+\]\(.+\): .{10,}$/.test(row))).toEqual([]);
});

test("llms-full.txt holds every guide, as text that can be read anywhere", () => {
  const all = textOf("llms-full.txt");
  for (const page of PAGES) {
    const source = readFileSync(join(ROOT, "docs", `${page}.md`), "utf8");
    expect(all).toContain(`<!-- ${homepage}${page} -->\n\n${source.split("\n")[0]}\n`);
    // Code is as it was written.
    for (const code of source.match(/^```[\s\S]*?^```$/gm) ?? []) expect(all).toContain(code);
  }
  const outside = all.replaceAll(/^```[\s\S]*?^```$/gm, "");
  expect(outside.match(/\]\(\.[^)]*\)/g) ?? []).toEqual([]);
  expect(outside.match(/^<[A-Z]\w+ \/>$/gm) ?? []).toEqual([]);
  expect(addressesIn(outside).filter((path) => fileOf(path) === undefined)).toEqual([]);
});
