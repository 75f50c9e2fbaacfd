import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { ExplorerFrame } from "./explorer-frame.ts";
import { TraceReplay } from "./replay/trace-replay.ts";
import "./replay/replay.css";
import "./style.css";

const theme: Theme = {
  extends: DefaultTheme,
  /** What a page shows by `<!-- site: NAME -->`. */
  enhanceApp: ({ app }) => void app.component("ExplorerFrame", ExplorerFrame).component("TraceReplay", TraceReplay),
};

// VitePress takes the theme as the default export.
export default theme;
