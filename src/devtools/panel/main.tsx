/** @jsxImportSource preact */
import { render } from "preact";
import { Sampler } from "../sampler.ts";
import type { Theme } from "../settings.ts";
import { createSource } from "../source.ts";
import { BASE_STYLE } from "../style.ts";
import { type EntriesView, INITIAL_VIEW } from "./entries-view.ts";
import { Panel } from "./panel.tsx";
import type { PanelSetup } from "./setup.ts";
import { ENTRIES_STYLE } from "./style-entries.ts";
import { PANEL_STYLE } from "./style-panel.ts";
import { REQUESTS_STYLE } from "./style-requests.ts";

/** A loaded panel. It looks at the cache only between `show` and `hide`. */
export interface PanelHandle {
  show(focus: boolean): void;
  hide(): void;
}

export function createPanel(setup: PanelSetup): PanelHandle {
  const source = createSource(setup.target);
  const sampler = new Sampler(source);
  const container = document.createElement("div");
  // Filter, order and selection outlive a close, and are nobody's business after a reload.
  const memory: { view: EntriesView } = { view: INITIAL_VIEW };
  let stop: (() => void) | undefined;
  const setTheme = (theme: Theme): void => void (setup.frame.dataset["theme"] = theme);

  setup.sheet.replaceSync(BASE_STYLE + PANEL_STYLE + REQUESTS_STYLE + ENTRIES_STYLE);
  return {
    show(focus) {
      if (stop) return;
      stop = sampler.start();
      setup.frame.append(container);
      render(<Panel setup={setup} source={source} sampler={sampler} memory={memory} setTheme={setTheme} />, container);
      if (focus) container.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    },
    hide() {
      stop?.();
      stop = undefined;
      render(null, container);
      container.remove();
    },
  };
}
