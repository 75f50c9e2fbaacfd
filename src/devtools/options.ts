import { MachoError } from "../core/index.ts";
import { checkOptions, describe, FLAG, type Kind, type OptionTable } from "../core/internal.ts";
import { type Corner, CORNERS, type Dock, DOCKS, isShortcut } from "./settings.ts";

/** Where and how the devtools show. */
export interface DevtoolsOptions {
  /**
   * An element for the panel to fill: it is open from the start, and has no toggle and no Close button.
   * @defaultValue docked to the page, with a toggle in the corner; the reader chooses the side
   */
  parent?: Element | undefined;
  /**
   * Title of the panel, and the name under which its layout is remembered. Give each panel of a page its own.
   * @defaultValue ""
   */
  name?: string | undefined;
  /**
   * Whether the panel is open before the reader ever opened or closed it; afterwards their choice is remembered.
   * @defaultValue false
   */
  initialIsOpen?: boolean | undefined;
  /**
   * The side that the panel is docked to before the reader ever chose one; on a narrow window left and right are the
   * bottom.
   * @defaultValue "bottom"
   */
  initialDock?: Dock | undefined;
  /**
   * The corner in which the toggle stands before the reader ever chose one. `end` is the right where the page is written
   * from left to right.
   * @defaultValue "bottom-end"
   * @since 0.2.0
   */
  corner?: Corner | undefined;
  /**
   * The key that opens and closes the panel before the reader ever chose one, except while they write in a field: a
   * letter or a digit with `Ctrl+`, `Alt+` or `Meta+`, or a function key. `Shift+` may be added.
   * @defaultValue "", for none
   * @since 0.2.0
   */
  shortcut?: string | undefined;
  /**
   * Whether the toggle shows the hit ratio of the last 10 s before the reader ever chose.
   * @defaultValue false
   * @since 0.2.0
   */
  badge?: boolean | undefined;
}

function oneOf(names: readonly unknown[], example: string): Kind {
  return [`one of ${names.join(", ")}`, (name) => names.includes(name), JSON.stringify(example)];
}

const TABLE: OptionTable<DevtoolsOptions> = {
  parent: [["an element", isElement, "document.body"]],
  name: [["a string", (name) => typeof name === "string", '"Films"']],
  initialIsOpen: [FLAG],
  initialDock: [/* @__PURE__ */ oneOf(DOCKS, "right")],
  corner: [/* @__PURE__ */ oneOf(CORNERS, "top-end")],
  shortcut: [['a key with Ctrl, Alt or Meta, or ""', isShortcut, '"Alt+Shift+M"']],
  badge: [FLAG],
};

/**
 * @throws MachoError for what is neither options nor an element
 * @throws MachoOptionError for an option that does not exist or cannot be used
 */
export function checkedOptions(given: DevtoolsOptions | Element): DevtoolsOptions {
  if (isElement(given)) return { parent: given };
  // A selector that found nothing gives null.
  if (typeof given !== "object" || given === null) {
    const message = `mountDevtools needs options or an element, got ${describe(given)}. Pass { parent: element }, or nothing to dock the panel to the page.`;
    throw new MachoError("invalid-argument", message);
  }
  checkOptions("mountDevtools", TABLE, given);
  return given;
}

/** By shape: an element may come from another frame. */
function isElement(given: unknown): given is Element {
  return typeof given === "object" && given !== null && (given as Partial<Element>).nodeType === 1;
}
