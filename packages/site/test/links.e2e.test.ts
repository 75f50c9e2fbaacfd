import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildSiteOnce } from "../../../scripts/site.mjs";
import { BASE, fileOf, pages, textOf } from "./support/built-site.ts";

beforeAll(() => buildSiteOnce());

const decoded = (text: string): string => text.replaceAll("&amp;", "&").replaceAll("&#39;", "'");

/** Whatever a page links to, shows or loads, as written. */
const linksOf = (html: string): string[] =>
  Array.from(html.matchAll(/<(?:a|link|script|img|iframe|source)\b[^>]*?\s(?:href|src)="([^"]*)"/g), ([, link = ""]) =>
    decoded(link),
  ).filter((link) => !/^(?:https?|mailto|data):/.test(link));

const anchors = new Map<string, ReadonlySet<string>>();

/** The ids of a file, which is read once. */
function anchorsOf(file: string): ReadonlySet<string> {
  const known = anchors.get(file);
  if (known) return known;
  const ids = new Set(Array.from(readFileSync(file, "utf8").matchAll(/\sid="([^"]+)"/g), ([, id = ""]) => decoded(id)));
  anchors.set(file, ids);
  return ids;
}

/** Why a link of a page leads nowhere, if so. */
function faultOf(page: string, link: string): string | undefined {
  const [path = "", anchor] = link.split("#");
  if (path.startsWith("/") && !path.startsWith(BASE)) return `${page}: ${link} is outside of the site`;
  const target = path === "" ? page : path.startsWith("/") ? path.slice(BASE.length) : relative(page, path);
  const file = fileOf(target);
  if (file === undefined) return `${page}: ${link} leads to no page`;
  if (anchor === undefined || anchor === "" || anchorsOf(file).has(decodeURIComponent(anchor))) return undefined;
  return `${page}: ${link} leads to no heading`;
}

const relative = (page: string, path: string): string => posix.join(posix.dirname(`${page}x`), path);

const faultsOf = (page: string, html: string): string[] => linksOf(html).flatMap((link) => faultOf(page, link) ?? []);

test("every internal link and anchor of every page leads somewhere", () => {
  const all = pages();
  expect(all.length).toBeGreaterThan(60);
  expect(all.flatMap((page) => faultsOf(page, textOf(page)))).toEqual([]);
});

test("links that lead nowhere are found", () => {
  const html = `<a class="x" href="${BASE}no-such-page"></a><a href="./queries#no-such-heading"></a><img src="/x.png">`;
  expect(faultsOf("start", html)).toEqual([
    `start: ${BASE}no-such-page leads to no page`,
    "start: ./queries#no-such-heading leads to no heading",
    ...(BASE === "/" ? ["start: /x.png leads to no page"] : ["start: /x.png is outside of the site"]),
  ]);
});

/** What a page lacks. */
function wantingIn(html: string): string[] {
  const wanting = Array.from(html.matchAll(UNDESCRIBED), ([picture]) => `no words for ${picture.slice(0, 99)}`);
  if (!/<title>[^<]{6,}<\/title>/.test(html)) wanting.push("no title");
  if (!/<meta name="description" content="[^"]{20,}">/.test(html)) wanting.push("no description");
  if (html.match(/<h1\b/g)?.length !== 1) wanting.push("not one heading of the first level");
  return wanting;
}

/** The mark beside the name of the site says nothing of its own. */
const UNDESCRIBED = /<img\b(?!\sclass="VPImage logo")(?![^>]*\salt="[^"]+")[^>]*>/g;

test("pages that say too little are found", () => {
  expect(wantingIn('<title>Macho</title><img src="a.png" alt>')).toEqual([
    'no words for <img src="a.png" alt>',
    "no title",
    "no description",
    "not one heading of the first level",
  ]);
});

test("every page says what it is: a title, a description, one heading of the first level, pictures in words", () => {
  const faults = pages().flatMap((page) => wantingIn(textOf(page)).map((what) => `${page}: ${what}`));
  expect(faults).toEqual([]);
});

test("every page is in the map for search engines", () => {
  const addresses = new Set(Array.from(textOf("sitemap.xml").matchAll(/<loc>([^<]*)<\/loc>/g), ([, at = ""]) => at));
  expect(
    pages().filter((page) => ![...addresses].some((address) => new URL(address).pathname === BASE + page)),
  ).toEqual([]);
});
