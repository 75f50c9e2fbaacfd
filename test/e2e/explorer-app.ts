import { fileURLToPath } from "node:url";
import type { Browser, ConsoleMessage, Locator, Page } from "playwright";
import { createServer } from "vite";
import { afterAll, beforeAll } from "vitest";
import type { Controls, Traffic } from "../../examples/explorer/server/traffic.ts";
import { launchChromium } from "../support/chromium.ts";

const config = fileURLToPath(new URL("../../examples/explorer/vite.config.ts", import.meta.url));
const cacheDir = fileURLToPath(new URL("../../node_modules/.vite/explorer-e2e", import.meta.url));

/** The example app, served as `npm start` serves it, and the server's own word on what reached it. */
interface ExplorerApp {
  readonly url: string;
  stats(): Promise<Traffic>;
  control(controls: Partial<Controls>): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the example. */
export async function startExplorer(): Promise<ExplorerApp> {
  // Nothing is watched: a file that is saved during the run must not reload the page.
  const server = await createServer({
    configFile: process.env["EXPLORER_CONFIG"] ?? config,
    cacheDir,
    logLevel: "warn",
    server: { port: 0, watch: null },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("The example's server has no local address.");
  const post = async (path: string, body: unknown): Promise<void> => {
    await fetch(`${url}api/${path}`, { method: "POST", body: JSON.stringify(body) });
  };
  return {
    url,
    stats: async () => (await fetch(`${url}api/stats`)).json() as Promise<Traffic>,
    control: (controls) => post("controls", controls),
    reset: () => post("reset", {}),
    close: () => server.close(),
  };
}

/** What the page complains about, apart from the browser's own line for what a test has the server do. */
export function watchComplaints(
  page: Page,
  deliberate: RegExp = /^Failed to load resource: .* 503 /,
): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`page error: ${String(error)}`));
  page.on("console", (message) => {
    if (isComplaint(message, deliberate)) complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  return complaints;
}

function isComplaint(message: ConsoleMessage, deliberate: RegExp): boolean {
  return (message.type() === "error" || message.type() === "warning") && !deliberate.test(message.text());
}

/** The example and a browser, for the tests of a file. */
export interface Visited {
  readonly app: ExplorerApp;
  readonly browser: Browser;
}

/**
 * Starts both before the tests of a file, and ends them after. The first visit makes Vite prepare the dependencies, which
 * may reload the page; the tests start after it.
 * @param isReady what the first page shows when it is there
 */
export function useExplorer(hash: string, isReady: (page: Page) => Locator): Visited {
  const visited: { app?: ExplorerApp; browser?: Browser } = {};
  beforeAll(async () => {
    const [app, browser] = await Promise.all([startExplorer(), launchChromium()]);
    Object.assign(visited, { app, browser });
    const first = await browser.newPage();
    await first.goto(`${app.url}${hash}`);
    await isReady(first).waitFor({ timeout: 90_000 });
    await first.close();
  }, 120_000);
  afterAll(async () => {
    await visited.browser?.close();
    await visited.app?.close();
  });
  // Both are there when a test runs.
  return visited as Visited;
}
