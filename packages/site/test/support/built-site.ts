// The site as it is built, shown in a browser that reaches nothing else.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Route } from "playwright";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const DIST = join(ROOT, "packages", "site", "dist");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

const { homepage } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { homepage: string };
/** The path that the site is built for. */
export const BASE = new URL(homepage).pathname.replace(/\/?$/, "/");
/** A name that no resolver knows: a request that is not answered from the files fails. */
const ORIGIN = "http://macho.test";

/** Paths of all pages below the base, such as `recipes/forms`; the front page is the empty path. */
export function pages(): string[] {
  return readdirSync(DIST, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html") && file !== "404.html" && !file.startsWith("explorer"))
    .map((file) => file.replaceAll("\\", "/").replace(/(^|(?<=\/))index\.html$|\.html$/, ""))
    .sort();
}

/** The file that a static host gives for a path below the base; `undefined` where it has none. */
export function fileOf(path: string): string | undefined {
  const file = join(DIST, decodeURIComponent(path));
  if (existsSync(file) && statSync(file).isFile()) return file;
  return [join(file, "index.html"), `${file}.html`].find((each) => existsSync(each));
}

export const textOf = (page: string): string => readFileSync(fileOf(page)!, "utf8");

/** A browser's context that has the site alone, and what went wrong in its pages. */
export interface Visitor {
  readonly context: BrowserContext;
  /** Requests to other hosts, answers of 404, errors of the console and of scripts. */
  readonly complaints: string[];
}

export async function visitor(browser: Browser, options?: BrowserContextOptions): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: `${ORIGIN}${BASE}`, ...options });
  const complaints: string[] = [];
  await context.route("**/*", (route) => answer(route, complaints));
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(`${message.page()?.url()}: console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`${error.page()?.url()}: ${String(error.error())}`));
  return { context, complaints };
}

function answer(route: Route, complaints: string[]): Promise<void> {
  const url = new URL(route.request().url());
  if (url.origin !== ORIGIN) {
    complaints.push(`request to another host: ${url.href}`);
    return route.abort();
  }
  const file = url.pathname.startsWith(BASE) ? fileOf(url.pathname.slice(BASE.length)) : undefined;
  if (file === undefined) complaints.push(`there is no ${url.pathname}`);
  const path = file ?? join(DIST, "404.html");
  return route.fulfill({
    status: file === undefined ? 404 : 200,
    contentType: TYPES[extname(path)] ?? "application/octet-stream",
    body: readFileSync(path),
  });
}
