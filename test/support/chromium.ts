import { type Browser, chromium } from "playwright";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/chromium.mjs";

export { CHROMIUM_FLAGS };

/** The browser of `CHROMIUM_PATH`, or the system's own. Throws when there is none: browser tests are never skipped. */
export function chromiumPath(): string {
  const found = findChromium();
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
