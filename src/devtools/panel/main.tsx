/** @jsxImportSource preact */
import { render } from "preact";
import { recordingOf } from "../recording.ts";
import type { NamedTarget } from "../targets.ts";
import { followHostFrames } from "./frames.ts";
import type { Held } from "./held.ts";
import { GuardedPanel, type KeptProps, shownOf } from "./panel.tsx";
import { loadPage } from "./pages.tsx";
import type { PanelSetup } from "./setup.ts";
import { FIRST_STYLE } from "./styles.ts";

/** A loaded panel. It looks at the chosen cache only between `show` and `hide`. */
export interface PanelHandle {
  show(focus: boolean): void;
  /** @param isMoved it is shown again at once, as it was */
  hide(isMoved?: boolean): void;
  /** Shows changed settings. */
  update(): void;
}

export function createPanel(setup: PanelSetup): PanelHandle {
  followHostFrames();
  loadPage(setup.settings.page);
  let container: HTMLElement;
  const addStyle = (style: string): void => setup.host.sheet.add(style);
  addStyle(FIRST_STYLE);
  // Samples, filter and selection of a cache are kept while the panel is closed. A reload forgets them.
  const pages = new Map<string, KeptProps>();
  let held: Held | undefined;
  let shown: string | undefined;
  let stop: (() => void) | undefined;

  const update = (): void => {
    const { name, target } = setup.targets.find((each) => each.name === setup.settings.target) ?? setup.targets[0];
    const props = pages.get(name) ?? pageProps(target, setup, addStyle);
    pages.set(name, props);
    if (name !== shown) {
      stop?.();
      stop = props.sampler.start();
      shown = name;
    }
    render(<GuardedPanel {...props} target={name} {...{ held, hold }} />, container);
  };
  const hold = (next: Held | undefined): void => {
    held = next;
    update();
  };
  return {
    show(focus) {
      if (stop) return;
      // Of the document in which it shows.
      container = setup.frame.ownerDocument.createElement("div");
      // Its words are English, whatever the page's are.
      container.dir = "ltr";
      setup.frame.append(container);
      update();
      if (focus) container.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
    },
    hide(isMoved) {
      if (!stop) return;
      stop();
      stop = shown = undefined;
      if (!isMoved) held = undefined;
      render(null, container);
      container.remove();
    },
    update() {
      if (stop) update();
    },
  };
}

function pageProps(target: NamedTarget["target"], setup: PanelSetup, addStyle: KeptProps["addStyle"]): KeptProps {
  return { setup, ...shownOf(recordingOf(target)), memory: { view: {} }, addStyle };
}
