/** @jsxImportSource preact */
import { render } from "preact";
import { recordingOf } from "../recording.ts";
import { BASE_STYLE } from "../style.ts";
import type { Stylesheet } from "../stylesheet.ts";
import type { NamedTarget } from "../targets.ts";
import { INITIAL_VIEW } from "./entries-view.ts";
import { followHostFrames } from "./frames.ts";
import { GuardedPanel, type KeptProps } from "./panel.tsx";
import type { PanelSetup } from "./setup.ts";
import { PANEL_STYLE } from "./style-panel.ts";
import { CARDS_STYLE } from "./style-cards.ts";
import { OVERVIEW_STYLE } from "./style-overview.ts";

/** A loaded panel. It looks at the chosen cache only between `show` and `hide`. */
export interface PanelHandle {
  show(focus: boolean): void;
  hide(): void;
}

export function createPanel(setup: PanelSetup): PanelHandle {
  followHostFrames();
  const container = document.createElement("div");
  const addStyle = styler(setup.sheet);
  // Samples, filter and selection of a cache are kept while the panel is closed. A reload forgets them.
  const pages = new Map<string, KeptProps>();
  let stop: (() => void) | undefined;

  const watch = (chosen: string): void => {
    const { name, target } = setup.targets.find((each) => each.name === chosen) ?? setup.targets[0];
    const props = pages.get(name) ?? pageProps(target, setup, addStyle);
    pages.set(name, props);
    stop?.();
    stop = props.sampler.start();
    render(<GuardedPanel {...props} target={name} chooseTarget={choose} />, container);
  };
  const choose = (name: string): void => {
    setup.settings.target = name;
    setup.save();
    watch(name);
  };
  return {
    show(focus) {
      if (stop) return;
      setup.frame.append(container);
      watch(setup.settings.target);
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

function pageProps(target: NamedTarget["target"], setup: PanelSetup, addStyle: KeptProps["addStyle"]): KeptProps {
  const recording = recordingOf(target);
  const { source, sampler, stories } = recording;
  return { setup, recording, source, sampler, stories, memory: { view: INITIAL_VIEW }, addStyle };
}

/** Fills a sheet, and returns what adds the style of a page that is loaded later. */
function styler(sheet: Stylesheet): (style: string) => void {
  const styles = new Set([BASE_STYLE, PANEL_STYLE, CARDS_STYLE, OVERVIEW_STYLE]);
  sheet.replace([...styles].join(""));
  return (style) => {
    if (styles.has(style)) return;
    styles.add(style);
    sheet.replace([...styles].join(""));
  };
}
