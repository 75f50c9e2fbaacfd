import { createStylesheet, type Stylesheet } from "./stylesheet.ts";

/** An element of the page that holds a shadow root of its own. */
export interface Host {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  /** The only stylesheet. */
  readonly sheet: Stylesheet;
}

const TAG = "macho-devtools";

// What happens in the panel is not the app's: its shortcuts and "click outside" handlers must not see it.
const KEPT_INSIDE =
  "keydown keyup keypress beforeinput input change copy cut paste " +
  "pointerdown pointerup pointermove pointercancel pointerover pointerout wheel " +
  "mousedown mouseup mousemove mouseover mouseout click dblclick auxclick contextmenu " +
  "touchstart touchmove touchend touchcancel focusin focusout";

/** Appends a host to `parent`, which it fills, or docks it to the page as a child of `<html>`. */
export function createHost(parent: Element | undefined): Host {
  const element = document.createElement(TAG);
  shield(element);
  if (parent) fill(element);
  else dock(element);
  const root = element.attachShadow({ mode: "open" });
  const sheet = createStylesheet(root);
  (parent ?? document.documentElement).append(element);
  return { element, root, sheet };
}

function shield(element: HTMLElement): void {
  const stop = (event: Event): void => event.stopPropagation();
  // The listeners go with the element, so they need no undo.
  for (const type of KEPT_INSIDE.split(" ")) element.addEventListener(type, stop, { passive: true });
  // Important and inline: no rule of the page reaches the host.
  element.style.setProperty("all", "initial", "important");
}

/** Lets the host fill its parent. */
function fill(element: HTMLElement): void {
  const rules = { display: "block", position: "relative", width: "100%", height: "100%" };
  for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value, "important");
}

// A child of <html>, not of <body>, stays usable when a dialog makes the body inert.
export function dock(element: HTMLElement): void {
  element.dataset["docked"] = "";
  element.style.setProperty("position", "fixed", "important");
  lower(element);
}

const Z_INDEX = 2_147_480_000;

/** Above the page, and below open panels: a toggle covers no panel of another cache. */
export function lower(element: HTMLElement): void {
  element.style.setProperty("z-index", String(Z_INDEX), "important");
}

/** Above the page and all other hosts. */
export function raise(element: HTMLElement): void {
  const others = docked().filter((other) => other !== element);
  const top = Math.max(Z_INDEX, ...others.map((other) => Number(other.style.zIndex))) + 1;
  element.style.setProperty("z-index", String(top), "important");
}

/** The hosts that are docked to the page. */
export function docked(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`${TAG}[data-docked]`)];
}
