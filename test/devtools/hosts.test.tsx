// @vitest-environment jsdom
import { Cache } from "macho-cache";
import { launchDashboard, MachoDevtools, MachoDevtoolsPanel, mountDevtools } from "macho-cache/devtools";
import { QueryClient } from "macho-cache/query";
import { MachoProvider } from "macho-cache/react";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** What hides something of the host; returns what brings it back. */
type Hide = () => () => void;

const hidden =
  (owner: object, name: PropertyKey, replacement?: PropertyDescriptor): Hide =>
  () => {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    if (replacement) Object.defineProperty(owner, name, { configurable: true, ...replacement });
    else Reflect.deleteProperty(owner, name);
    return () => {
      if (before) Object.defineProperty(owner, name, before);
      else Reflect.deleteProperty(owner, name);
    };
  };

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

let warn: ReturnType<typeof vi.spyOn>;
let failures: unknown[];
const fail = (event: Event): void => void failures.push((event as ErrorEvent).error ?? event);

beforeEach(() => {
  failures = [];
  addEventListener("error", fail);
  warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation((...words) => void failures.push(words));
});

afterEach(() => {
  removeEventListener("error", fail);
  vi.restoreAllMocks();
  document.body.replaceChildren();
  const left = document.querySelectorAll("macho-devtools");
  left.forEach((each) => each.remove());
  expect([left.length, failures]).toEqual([0, []]);
});

const root = (): ShadowRoot => document.querySelector("macho-devtools")!.shadowRoot!;

async function found(selector: string): Promise<HTMLElement> {
  return vi.waitFor(
    () => {
      const element = root().querySelector<HTMLElement>(selector);
      if (!element) throw new Error(`${selector} is not there`);
      return element;
    },
    { timeout: 5_000 },
  );
}

const press = async (selector: string): Promise<void> => (await found(selector)).click();

/** Every page, an entry and its value, every dock, the handle, and the way out and in again. */
async function use(): Promise<void> {
  await found(".panel");
  for (const [tab, shows] of [
    ["lifespan", ".boxes"],
    ["latency", ".operations"],
    ["general", ".settings"],
    ["requests", ".charts"],
    ["entries", "[role=grid]"],
  ] as const) {
    await press(`#tab-${tab}`);
    await found(shows);
    expect(root().querySelector("[role=alert]")).toBeNull();
  }
  await press(".rows .row");
  await found("[role=treeitem]");
  for (const dock of ["left", "top", "right", "bottom"]) {
    const choice = (await found("select.dock")) as HTMLSelectElement;
    choice.value = dock;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    await found(`.panel.${dock}`);
  }
  const handle = await found("[role=separator]");
  for (const type of ["pointerdown", "pointermove", "pointerup"]) handle.dispatchEvent(new Event(type));
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp" }));
  await press(".button.danger");
  await vi.waitFor(() => expect(root().querySelector(".said")?.textContent).toMatch(/^Removed /));
  await press('[aria-label="Close"]');
  await vi.waitFor(() => expect(root().querySelector(".panel")).toBeNull());
  await press(".toggle");
  await found(".panel");
  await press('[aria-label="Close"]');
}

function filled(): Cache<string, unknown> {
  const cache = new Cache<string, unknown>({ maxCacheSize: 20, shardCount: 2 });
  for (let index = 0; index < 30; index++) cache.set(`key:${index}`, { index });
  return cache;
}

describe.each(Object.entries(HOSTS))("%s", (_name, hide) => {
  let restore: () => void;
  beforeEach(() => {
    restore = hide();
  });
  afterEach(() => restore());

  test("shows the devtools, and lets them be used", async () => {
    const undo = launchDashboard(filled());
    await use();
    undo();
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
