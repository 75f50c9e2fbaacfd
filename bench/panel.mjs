// The panel in Chromium, beside TanStack's: speed, memory and weight. Run by run.mjs.
import { MAX_DEPARTED, MAX_TEXT } from "../dist/devtools/departures.js";
import { withBrowser } from "./browser.mjs";
import { panelBytes } from "./panel-bytes.mjs";
import { minutes, recordBytes } from "./panel-memory.mjs";
import { burstTimes, openingTimes, writingCosts } from "./panel-speed.mjs";
import { environment, versionOf, writeResults } from "./statistics.mjs";

await withBrowser("panel", async ({ version, visit }) => {
  const { node, cpu } = environment();
  writeResults("panel", {
    environment: { chromium: version, tanstack: versionOf("@tanstack/react-query-devtools"), node, cpu },
    opened: await openingTimes(visit),
    written: await writingCosts(visit),
    bursts: await burstTimes(visit),
    bytes: await recordBytes(visit),
    lives: await minutes(visit),
    bounds: { keys: MAX_DEPARTED, text: MAX_TEXT },
    weight: await panelBytes(),
  });
});
