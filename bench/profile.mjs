// Chromium with a profile on the disk, as readers have it: what a page stored is there after the browser was closed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { CHROMIUM_FLAGS, findChromium } from "../scripts/chromium.mjs";

/** Ms that a browser has for its own start before a page is opened. */
const SETTLING = 700;

/** A profile, with its browser closed. */
export class Profile {
  #path = mkdtempSync(join(tmpdir(), "macho-bench-"));

  /** Starts a browser, runs `act` in a page of it, and closes it. */
  async visit(url, act) {
    const context = await chromium.launchPersistentContext(this.#path, {
      executablePath: findChromium(),
      args: [...CHROMIUM_FLAGS, "--js-flags=--expose-gc"],
    });
    const complaints = [];
    try {
      const [page] = context.pages();
      page.on("pageerror", (error) => complaints.push(error));
      await page.waitForTimeout(SETTLING);
      await page.goto(url, { waitUntil: "commit" });
      await page.waitForFunction("globalThis.bench");
      const result = await act(page, context);
      if (complaints.length > 0) throw complaints[0];
      return result;
    } finally {
      await context.close();
    }
  }

  remove() {
    rmSync(this.#path, { recursive: true, force: true });
  }
}

/** Runs `act` in a page of a new profile. */
export async function visitOnce(url, act) {
  const profile = new Profile();
  try {
    return await profile.visit(url, act);
  } finally {
    profile.remove();
  }
}

export async function chromiumVersion() {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  const version = browser.version();
  await browser.close();
  return version;
}
