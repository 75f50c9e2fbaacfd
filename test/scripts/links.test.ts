import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GUIDES = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((file) => join("docs", file));
const PAGES = ["README.md", "CONTRIBUTING.md", ...GUIDES].filter((file) => file.endsWith(".md"));
/** Pages that the front page of the guides need not list. */
const NOT_GUIDES = new Set(["README.md", "docs/README.md", "CONTRIBUTING.md"]);

/** The front page of the errors leads to these. */
const isOfCode = (page: string): boolean => page.startsWith("docs/errors/") && !page.endsWith("/README.md");
const PACKAGES = readdirSync(join(ROOT, "packages")).filter((name) =>
  existsSync(join(ROOT, "packages", name, "README.md")),
);

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

const { homepage } = JSON.parse(textOf("package.json")) as { homepage: string };
/** Pages that are read outside of this repository: on a registry, or in a folder of installed packages. */
const PUBLISHED = ["README.md", "AGENTS.md", ...PACKAGES.map((name) => `packages/${name}/README.md`)];
/** Pages of the site with another name than their file. */
const FILES: Readonly<Record<string, string>> = {
  "": "docs/README.md",
  guides: "docs/README.md",
  changelog: "CHANGELOG.md",
  examples: "examples/README.md",
};

/** What is wrong with the address of a page of the site. */
function wrongAddress(page: string, address: string): string | undefined {
  const [path = "", anchor] = address.slice(homepage.length).split("#");
  const file = FILES[path] ?? `docs/${path}.md`;
  const known = existsSync(join(ROOT, file)) ? file : `docs/${path}/README.md`;
  return faultOf(page, `${relative(dirname(page), known)}${anchor === undefined ? "" : `#${anchor}`}`);
}

test("pages that are read elsewhere link to the site by its whole address, which package.json says", () => {
  expect(homepage).toMatch(/^https:.*\/$/);
  const links = PUBLISHED.flatMap((page) =>
    Array.from(withoutCode(textOf(page)).matchAll(/\]\(([^()\s]+)\)/g), ([, link = ""]) => [page, link] as const),
  );
  const toSite = links.filter(([, link]) => link.startsWith(homepage));
  expect(toSite.length).toBeGreaterThan(20);
  expect(toSite.flatMap(([page, link]) => wrongAddress(page, link) ?? [])).toEqual([]);
  expect(wrongAddress("README.md", `${homepage}engine#none`)).toContain("has no heading #none");
  // Nothing else leads to the guides, and no page is left at an address of before.
  const others = links.filter(([, link]) => !link.startsWith(homepage));
  expect(others.filter(([, link]) => /docs\/|\.md(#|$)|macho-cache\.\w/.test(link))).toEqual([
    ["README.md", "CONTRIBUTING.md"],
  ]);
  const homes = PACKAGES.map((name) => JSON.parse(textOf(`packages/${name}/package.json`)) as { homepage?: string });
  const pages = homes.flatMap((fields) => fields.homepage ?? []);
  expect(pages.length).toBeGreaterThan(0);
  expect(pages.flatMap((address) => wrongAddress("package.json", address) ?? [])).toEqual([]);
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
