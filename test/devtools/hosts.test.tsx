// @vitest-environment jsdom
import { launchDashboard, MachoDevtools, MachoDevtoolsPanel, mountDevtools } from "macho-cache/devtools";
import { QueryClient } from "macho-cache/query";
import { MachoProvider } from "macho-cache/react";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  filled,
  filledAndPersisted,
  found,
  hidden,
  type Hide,
  press,
  root,
  useSimulatedPage,
  warn,
} from "./fixture/simulated-page.ts";
import { DOCKS } from "../../src/devtools/settings.ts";
import { PATIENCE } from "../support/patience.ts";

const refused: PropertyDescriptor = {
  get() {
    throw new DOMException("forbidden here", "SecurityError");
  },
};
const nothing: PropertyDescriptor = { value: () => undefined };
const refusing: PropertyDescriptor = {
  value: function Refusing(): never {
    throw new TypeError("Illegal constructor");
  },
};

/** Beside what jsdom lacks by itself: `matchMedia`, `ResizeObserver`, `adoptedStyleSheets`, `setPointerCapture` ... */
const HOSTS: Record<string, Hide> = {
  "jsdom as it is": () => () => undefined,
  "no CSSStyleSheet": hidden(globalThis, "CSSStyleSheet"),
  "a CSSStyleSheet that is none": hidden(globalThis, "CSSStyleSheet", refusing),
  "no CSS": hidden(globalThis, "CSS"),
  "no MutationObserver": hidden(globalThis, "MutationObserver"),
  "a ResizeObserver that is none": hidden(globalThis, "ResizeObserver", refusing),
  "a matchMedia that gives nothing": hidden(globalThis, "matchMedia", nothing),
  "no localStorage": hidden(globalThis, "localStorage"),
  "a localStorage that is forbidden": hidden(globalThis, "localStorage", refused),
  "no requestAnimationFrame": hidden(globalThis, "requestAnimationFrame"),
  "no structuredClone": hidden(globalThis, "structuredClone"),
  "no reportError": hidden(globalThis, "reportError"),
  "no AbortSignal.prototype.reason": hidden(AbortSignal.prototype, "reason"),
};

useSimulatedPage();

/** Every page, an entry and its value, every dock, the handle, and the way out and in again. */
async function use(): Promise<void> {
  await found(".panel");
  for (const [control, shows] of [
    ["#tab-overview", ".left-card"],
    ["#tab-memory", ".group-bar"],
    ["#tab-storage", ".memory-cards.four"],
    ["#tab-statistics", ".settings"],
    ["[aria-label=Statistics] > :nth-child(3)", ".boxes"],
    ["[aria-label=Statistics] > :nth-child(4)", "[aria-label=Self-test]"],
    ["[aria-label=Statistics] > :nth-child(2)", ".charts"],
    ["#tab-entries", "[role=grid]"],
  ] as const) {
    await press(control);
    await found(shows);
    expect(root().querySelector("[role=alert]")).toBeNull();
  }
  await press(".rows .row");
  await found("[role=treeitem]");
  await press("#tab-settings");
  for (const dock of ["left", "top", "right", "bottom"] as const) {
    await press(`[aria-label=Dock] :nth-child(${DOCKS.indexOf(dock) + 1})`);
    await found(`.panel.${dock}`);
  }
  const handle = await found("[role=separator]");
  for (const type of ["pointerdown", "pointermove", "pointerup"]) handle.dispatchEvent(new Event(type));
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp" }));
  await press("#tab-entries");
  await press(".detail .danger");
  await vi.waitFor(() => expect(root().querySelector(".said")?.textContent).toMatch(/^Removed /), PATIENCE);
  await press('[aria-label="Close"]');
  await vi.waitFor(() => expect(root().querySelector(".panel")).toBeNull(), PATIENCE);
  await press(".toggle");
  await found(".panel");
  await press('[aria-label="Close"]');
}

describe.each(Object.entries(HOSTS))("%s", (_name, hide) => {
  let restore: () => void;
  beforeEach(() => {
    restore = hide();
  });
  afterEach(() => restore());

  test("shows the devtools, and lets them be used", async () => {
    const { cache, stop } = filledAndPersisted();
    const undo = launchDashboard(cache);
    await use();
    undo();
    await stop();
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("where no shadow root can be made", () => {
  let restore: () => void;
  beforeEach(() => {
    restore = hidden(Element.prototype, "attachShadow")();
  });
  afterEach(() => restore());

  test("nothing is shown, nothing is thrown, and the console says so once", async () => {
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    const client = new QueryClient();
    const place = document.body.appendChild(document.createElement("div"));
    const app = createRoot(place);
    await act(async () =>
      app.render(
        <MachoProvider client={client}>
          <MachoDevtools initialIsOpen />
          <MachoDevtoolsPanel />
          <p>the app</p>
        </MachoProvider>,
      ),
    );
    const undo = [launchDashboard(filled()), mountDevtools(client), mountDevtools(client, place)];
    expect(place.textContent).toBe("the app");
    expect(document.querySelector("macho-devtools")).toBeNull();
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]).toEqual([
      "Macho devtools: nothing is shown, as something that they need is missing here. The app goes on without them.",
      expect.objectContaining({ message: expect.stringContaining("attachShadow") }),
    ]);
    undo.forEach((each) => each());
    await act(async () => app.unmount());
    vi.unstubAllGlobals();
  });
});
