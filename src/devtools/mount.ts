import { createHost } from "./host.ts";
import { DEFAULT_SETTINGS, loadSettings } from "./settings.ts";
import { Shell } from "./shell.ts";
import type { DevtoolsTarget } from "./source.ts";
import { type DevtoolsTargets, namedTargets } from "./targets.ts";

export type { DevtoolsTarget, InspectableCache, InspectableClient } from "./source.ts";
export type { DevtoolsTargets } from "./targets.ts";

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
}

/**
 * Shows the devtools of a cache or a query client. Looking never changes the cache.
 * The panel's code is loaded when it first opens. Without a document, as on a server, nothing happens.
 *
 * @param target a `Cache` or a `QueryClient`, or several by name, between which the panel has a picker
 * @param options see {@link DevtoolsOptions}; an element is short for `{ parent: element }`
 * @returns the undo: afterwards no element, listener or timer is left
 */
export function mountDevtools(
  target: DevtoolsTarget | DevtoolsTargets,
  options: DevtoolsOptions | Element = {},
): () => void {
  return mount(target, options, false);
}

/** Macho's name for the devtools, opened at once, whatever was remembered. Returns its undo. */
export function launchDashboard(
  target: DevtoolsTarget | DevtoolsTargets,
  options: DevtoolsOptions | Element = {},
): () => void {
  return mount(target, options, true);
}

function mount(
  target: DevtoolsTarget | DevtoolsTargets,
  given: DevtoolsOptions | Element,
  forceOpen: boolean,
): () => void {
  if (typeof document === "undefined") return () => undefined;
  const targets = namedTargets(target);
  const options: DevtoolsOptions = "nodeType" in given ? { parent: given } : given;
  const { name = "", parent, initialIsOpen = false } = options;
  const settings = { ...DEFAULT_SETTINGS, open: initialIsOpen, ...loadSettings(name) };
  const shell = new Shell({ targets, host: createHost(parent), settings, name, embedded: parent !== undefined });
  if (forceOpen || settings.open || parent) void shell.open(false);
  return () => shell.remove();
}
