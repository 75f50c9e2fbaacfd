import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Flags that keep the browser silent: no sandbox for root, nothing that talks to the network. */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser of `CHROMIUM_PATH`, or the system's own. Throws when there is none: browser tests are never skipped. */
export function chromiumPath(): string {
  const asked = process.env["CHROMIUM_PATH"];
  const found = [...(asked ? [asked] : []), ...PLACES].find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(
      "No Chromium was found. Install it (Debian: apt-get install -y chromium) or set CHROMIUM_PATH to its executable.",
    );
  }
  return found;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
}
