import { existsSync } from "node:fs";

/** Flags that keep the browser silent: no sandbox for root, nothing that talks to the network. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The executable of `CHROMIUM_PATH`, or the system's own; `undefined` when there is none. */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  return [...(asked ? [asked] : []), ...PLACES].find((path) => existsSync(path));
}
