import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked } from "../../scripts/install.mjs";
import { launchChromium } from "../support/chromium.ts";
import { visit } from "./site.ts";

/**
 * What Chrome 91, Firefox 90 and Safari 15.0 do not all have, by the compatibility tables of MDN. The last column says
 * which of the three lacks it. A name with a dot is a member.
 */
const NEWER: readonly (readonly [name: string, lacking: string])[] = [
  ["structuredClone", "all"],
  ["Object.hasOwn", "all"],
  ["Object.groupBy", "all"],
  ["Map.groupBy", "all"],
  ["Promise.withResolvers", "all"],
  ["Promise.try", "all"],
  ["Array.fromAsync", "all"],
  ["Array.prototype.at", "Chrome, Safari"],
  ["String.prototype.at", "Chrome, Safari"],
  ["Array.prototype.findLast", "all"],
  ["Array.prototype.findLastIndex", "all"],
  ["Array.prototype.toSorted", "all"],
  ["Array.prototype.toReversed", "all"],
  ["Array.prototype.toSpliced", "all"],
  ["Array.prototype.with", "all"],
  ["String.prototype.isWellFormed", "all"],
  ["String.prototype.toWellFormed", "all"],
  ["Set.prototype.union", "all"],
  ["Set.prototype.difference", "all"],
  ["Set.prototype.intersection", "all"],
  ["Set.prototype.isSubsetOf", "all"],
  ["Iterator", "all"],
  ["Error.captureStackTrace", "Firefox, Safari"],
  ["AbortSignal.abort", "Chrome, Safari"],
  ["AbortSignal.timeout", "all"],
  ["AbortSignal.any", "all"],
  ["AbortSignal.prototype.reason", "all"],
  ["AbortSignal.prototype.throwIfAborted", "all"],
  ["crypto.randomUUID", "all"],
  ["navigator.locks", "Firefox, Safari"],
  ["BroadcastChannel", "Safari"],
  ["requestIdleCallback", "Safari"],
  ["cancelIdleCallback", "Safari"],
  ["scheduler", "all"],
  ["navigation", "all"],
  ["navigator.scheduling", "Firefox, Safari"],
  ["navigator.connection", "Firefox, Safari"],
  ["navigator.userAgentData", "Firefox, Safari"],
  ["navigator.storage", "Safari"],
  ["performance.memory", "Firefox, Safari"],
  ["performance.measureUserAgentSpecificMemory", "Firefox, Safari"],
  ["performance.eventCounts", "Safari"],
  ["IDBFactory.prototype.databases", "Firefox"],
  ["CompressionStream", "Firefox, Safari"],
  ["DecompressionStream", "Firefox, Safari"],
  ["ReadableStream.from", "all"],
  ["URL.canParse", "all"],
  ["URL.parse", "all"],
  ["documentPictureInPicture", "all"],
  ["Document.prototype.adoptedStyleSheets", "Firefox, Safari"],
  ["ShadowRoot.prototype.adoptedStyleSheets", "Firefox, Safari"],
  ["CSSStyleSheet.prototype.replaceSync", "Firefox, Safari"],
  ["Document.prototype.startViewTransition", "all"],
  ["HTMLDialogElement.prototype.showModal", "Firefox, Safari"],
  ["HTMLElement.prototype.showPopover", "all"],
  ["HTMLElement.prototype.togglePopover", "all"],
  ["HTMLElement.prototype.popover", "all"],
  ["HTMLElement.prototype.inert", "all"],
  ["Element.prototype.setHTMLUnsafe", "all"],
  ["HTMLFormElement.prototype.requestSubmit", "Safari"],
  ["Element.prototype.moveBefore", "all"],
  ["ResizeObserverEntry.prototype.devicePixelContentBoxSize", "Firefox, Safari"],
  ["CSS.highlights", "all"],
  ["Intl.Segmenter", "Firefox"],
  ["Intl.DurationFormat", "all"],
  ["trustedTypes", "Firefox, Safari"],
];

/** Takes what is newer away before any script of the page runs, and tells the page's console what was there. */
function takeAway(names: readonly string[]): void {
  for (const name of names) {
    const path = name.split(".");
    const last = path.pop() ?? "";
    const owner = path.reduce<Record<string, unknown> | undefined>(
      (at, part) => at?.[part] as Record<string, unknown> | undefined,
      globalThis as unknown as Record<string, unknown>,
    );
    // What is inherited is deleted where it is.
    for (let at: object | null = owner ?? null; at; at = Object.getPrototypeOf(at) as object | null) {
      if (Object.hasOwn?.(at, last) ?? Object.prototype.hasOwnProperty.call(at, last)) Reflect.deleteProperty(at, last);
    }
  }
}

/** What the driver of the browser itself calls: no file of the bundle may name it. */
const KEPT = ["checkVisibility"];

const TAKEN = NEWER.map(([name]) => name);

let browser: Browser;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "macho-oldest-"));
  cpSync(fileURLToPath(new URL("apps/oldest", import.meta.url)), home, { recursive: true });
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  installPacked(home, ["react@18.3.1", "react-dom@18.3.1"]);
  await build({
    absWorkingDir: home,
    entryPoints: ["main.tsx"],
    bundle: true,
    splitting: true,
    format: "esm",
    jsx: "automatic",
    // The oldest that the README names; nothing is put in for what they lack.
    target: ["chrome91", "firefox90", "safari15"],
    conditions: ["development"],
    define: { "process.env.NODE_ENV": '"production"' },
    outdir: home,
    logLevel: "error",
  });
  browser = await launchChromium();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** A page of an old browser. */
async function visitAsOld(use: (page: Page) => Promise<void>): Promise<string[]> {
  const context: BrowserContext = await browser.newContext();
  await context.addInitScript(takeAway, TAKEN);
  try {
    return await visit(context, home, use);
  } finally {
    await context.close();
  }
}

test("what is newer than the oldest browsers is gone from the page, or named by no file", async () => {
  const code = readdirSync(home).filter((file) => file.endsWith(".js"));
  const texts = code.map((file) => readFileSync(join(home, file), "utf8")).join("\n");
  expect(KEPT.filter((name) => texts.includes(name))).toEqual([]);
  await visitAsOld(async (page) => {
    const left = await page.evaluate(
      (names) =>
        names.filter((name) => {
          const path = name.split(".");
          const last = path.pop() ?? "";
          const owner = path.reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], globalThis);
          return Reflect.has(Object(owner) as object, last);
        }),
      TAKEN,
    );
    expect(left).toEqual([]);
  });
});

test("engine, hooks, storage, tabs, simulation and panel work in the oldest browsers that the README names", async () => {
  const complaints = await visitAsOld(async (page) => {
    await page.getByText(/^engine 20 of 20, \d+ first misses, advised$/).waitFor();
    await page.getByRole("heading", { name: "Ran" }).waitFor();
    await page.getByText("loads 1").waitFor();
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByRole("heading", { name: "Ikiru" }).waitFor();
    await page.getByRole("button", { name: "pages 1", exact: true }).click();
    await page.getByRole("button", { name: "pages 1 2", exact: true }).waitFor();
    await page.evaluate(() => (window as unknown as { persistence: { flush(): Promise<void> } }).persistence.flush());
    // What was stored is shown after a reload, without a load.
    await page.reload();
    await page.getByRole("heading", { name: "Ikiru" }).waitFor();
    await page.getByText("loads 0").waitFor();
    // Every page of the panel, styled.
    const tabs = page.getByRole("tab");
    await tabs.first().waitFor();
    for (const name of await tabs.allTextContents()) {
      await page.getByRole("tab", { name }).click();
      await page.getByRole("tabpanel").first().waitFor();
    }
    const background = await page
      .getByRole("tabpanel")
      .first()
      .evaluate((panel) => getComputedStyle(panel.closest("[class]") ?? panel).color);
    expect(background).not.toBe("rgb(0, 0, 0)");
  });
  expect(complaints).toEqual([]);
});
