import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GUIDES = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((file) => join("docs", file));
const PAGES = ["README.md", "CONTRIBUTING.md", ...GUIDES].filter((file) => file.endsWith(".md"));
/** Pages that the front page of the guides need not list. */
const NOT_GUIDES = new Set(["README.md", "docs/README.md", "CONTRIBUTING.md"]);

/** The front page of the errors leads to these. */
const isOfCode = (page: string): boolean => page.startsWith("docs/errors/") && !page.endsWith("/README.md");

const textOf = (page: string): string => readFileSync(join(ROOT, page), "utf8");
const withoutCode = (text: string): string => text.replaceAll(/^```.*?^```$/gms, "");

/** Links of a page that lead into this repository. */
function linksOf(page: string): string[] {
  const text = withoutCode(textOf(page));
  const links = [...text.matchAll(/\]\(([^()\s]+)\)/g), ...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
  return links.map(([, link = ""]) => link).filter((link) => !/^[a-z]+:/.test(link));
}

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(page: string): string[] {
  const headings = withoutCode(textOf(page)).matchAll(/^#+ (.*)$/gm);
  return Array.from(headings, ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** Where a link leads: nothing is wrong with it, or what. */
function faultOf(page: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return `${page}: there is no ${target}`;
  if (anchor !== undefined && !anchorsOf(target).includes(anchor))
    return `${page}: ${target} has no heading #${anchor}`;
  return undefined;
}

test("every link of the README and of the guides leads to a file, and to a heading that is there", () => {
  expect(PAGES.flatMap((page) => linksOf(page).flatMap((link) => faultOf(page, link) ?? []))).toEqual([]);
  expect(faultOf("README.md", "docs/engine.md#no-such-heading")).toContain("has no heading #no-such-heading");
  expect(faultOf("docs/engine.md", "no-such-page.md")).toContain("there is no docs/no-such-page.md");
});

test("the front page of the guides leads to every guide", () => {
  const linked = new Set(linksOf("docs/README.md").map((link) => join("docs", link.split("#")[0]!)));
  const guides = PAGES.filter((page) => !page.startsWith("docs/decisions") && !NOT_GUIDES.has(page) && !isOfCode(page));
  expect(guides.filter((page) => !linked.has(page))).toEqual([]);
});

test("the front page of the errors leads to the page of every code", () => {
  const linked = new Set(linksOf("docs/errors/README.md").map((link) => join("docs/errors", link)));
  const pages = PAGES.filter(isOfCode);
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter((page) => !linked.has(page))).toEqual([]);
});

test("the README has at most 150 lines", () => {
  expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(150);
});
