// What only some pages have: a key that opens the panel, a badge on its toggle, and several toggles.
import { docked } from "./host.ts";
import { recordingOf } from "./recording.ts";
import type { Sampler } from "./sampler.ts";
import type { Settings } from "./settings.ts";
import type { NamedTarget } from "./targets.ts";

/** Pixels from the window's edge, between two toggles, and from row to row. */
const MARGIN = 12;
const GAP = 8;
const ROW = 42;
/** Ms that the badge looks back, and ms between two looks. */
const WINDOW = 10_000;
const INTERVAL = 1_000;

export interface ExtrasParts {
  readonly targets: readonly [NamedTarget, ...NamedTarget[]];
  readonly settings: Readonly<Settings>;
  readonly toggle: HTMLElement;
  /** Opens the panel, or closes it. */
  readonly press: () => void;
}

/** Hears the shortcut and keeps the badge, as long as each of them is set. */
export class Extras {
  #parts: ExtrasParts;
  #badge: { readonly target: string; readonly stop: () => void } | undefined;
  #isListening = false;

  constructor(parts: ExtrasParts) {
    this.#parts = parts;
    addEventListener("resize", lineUpToggles);
  }

  /** Follows the settings. */
  apply(): void {
    const { shortcut, badge, target } = this.#parts.settings;
    if ((shortcut !== "") !== this.#isListening) this.#listen(shortcut !== "");
    if (!badge || this.#badge?.target !== target) {
      this.#badge?.stop();
      this.#badge = badge ? { target, stop: this.#show() } : undefined;
    }
    lineUpToggles();
  }

  stop(): void {
    removeEventListener("resize", lineUpToggles);
    this.#listen(false);
    this.#badge?.stop();
    this.#badge = undefined;
  }

  #listen(isOn: boolean): void {
    this.#isListening = isOn;
    if (isOn) addEventListener("keydown", this.#hear, true);
    else removeEventListener("keydown", this.#hear, true);
  }

  // The first of all: what happens in the panel stops at its host.
  readonly #hear = (event: KeyboardEvent): void => {
    if (event.repeat || event.defaultPrevented || isWriting(event)) return;
    if (sorted(shortcutOf(event)) !== sorted(this.#parts.settings.shortcut)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#parts.press();
  };

  #show(): () => void {
    const { targets, toggle, settings } = this.#parts;
    const { target } = targets.find(({ name }) => name === settings.target) ?? targets[0];
    const { sampler } = recordingOf(target);
    const badge = document.createElement("b");
    badge.title = "Hit ratio of the last 10 s";
    toggle.append(badge);
    const draw = (): void => {
      if (!toggle.hidden) badge.textContent = ratioOf(sampler);
    };
    // Not by its news: who hears of them lets it look for changes four times a second.
    const timer = setInterval(draw, INTERVAL);
    const stop = sampler.start();
    draw();
    return () => {
      clearInterval(timer);
      stop();
      badge.remove();
    };
  }
}

/** Puts the toggles of each corner side by side. A row that is full is followed by another. */
function lineUpToggles(): void {
  const ends = new Map<string, { x: number; y: number }>();
  for (const host of docked()) {
    const toggle = host.shadowRoot?.querySelector<HTMLElement>(".toggle");
    if (!toggle || toggle.hidden) continue;
    const corner = toggle.dataset["corner"] ?? "";
    const end = ends.get(corner) ?? { x: MARGIN, y: MARGIN };
    ends.set(corner, end);
    const width = toggle.offsetWidth;
    if (end.x > MARGIN && end.x + width + MARGIN > innerWidth) {
      end.x = MARGIN;
      end.y += ROW;
    }
    toggle.style.setProperty("--x", `${end.x}px`);
    toggle.style.setProperty("--y", `${end.y}px`);
    end.x += width + GAP;
  }
}

/** `64%`; a dash while nothing is looked up. */
function ratioOf({ samples }: Sampler): string {
  const since = Date.now() - WINDOW;
  let [hits, lookups] = [0, 0];
  for (let index = samples.length - 1; index >= 0 && samples[index]!.at > since; index--) {
    hits += samples[index]!.hits;
    lookups += samples[index]!.hits + samples[index]!.misses;
  }
  return lookups === 0 ? "–" : `${Math.round((100 * hits) / lookups)}%`;
}

function isWriting(event: Event): boolean {
  const [element] = event.composedPath() as Partial<HTMLElement>[];
  return element?.isContentEditable === true || element?.matches?.("input, select, textarea") === true;
}

/** Modifiers may be named in any order. */
function sorted(shortcut: string): string {
  return shortcut.split("+").sort().join("+");
}

/** What was pressed, as `Alt+Shift+M`. With Alt a key may give another letter than the one that is written on it. */
export function shortcutOf({ key, code, ctrlKey, altKey, shiftKey, metaKey }: KeyboardEvent): string {
  const letter = /^[a-z0-9]$/i.test(key) ? key : /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  return [ctrlKey && "Ctrl", altKey && "Alt", shiftKey && "Shift", metaKey && "Meta", letter?.toUpperCase() ?? key]
    .filter(Boolean)
    .join("+");
}
