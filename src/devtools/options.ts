import { MachoError } from "../core/index.ts";
import { check, checkNames, describe } from "../core/internal.ts";
import { type Dock, DOCKS } from "./settings.ts";

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
   * The side that the panel is docked to before the reader ever chose one; on a narrow window it is the bottom.
   * @defaultValue "bottom"
   */
  initialDock?: Dock | undefined;
}

const KNOWN: Readonly<Record<keyof DevtoolsOptions, true>> = {
  parent: true,
  name: true,
  initialIsOpen: true,
  initialDock: true,
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
  checkNames("mountDevtools", given, KNOWN);
  const { parent, name, initialIsOpen, initialDock } = given;
  checkGiven(isElement(parent), "parent", "must be an element", parent, "parent: document.body");
  checkGiven(typeof name === "string", "name", "must be a string", name, 'name: "Films"');
  const isSwitch = typeof initialIsOpen === "boolean";
  checkGiven(isSwitch, "initialIsOpen", "must be true or false", initialIsOpen, "initialIsOpen: true");
  const isDock = DOCKS.some((side) => side === initialDock);
  checkGiven(isDock, "initialDock", `must be one of ${DOCKS.join(", ")}`, initialDock, 'initialDock: "right"');
  return given;
}

function checkGiven(isGood: boolean, ...[option, must, got, example]: [string, string, unknown, string]): void {
  check(got === undefined || isGood, option, must, got, example);
}

/** By shape: an element may come from another frame. */
function isElement(given: unknown): given is Element {
  return typeof given === "object" && given !== null && (given as Partial<Element>).nodeType === 1;
}
