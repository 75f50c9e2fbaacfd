import { complainOnce } from "./complaint.ts";
import { createHost, type Host } from "./host.ts";
import { checkedOptions, type DevtoolsOptions } from "./options.ts";
import { DEFAULT_SETTINGS, loadSettings } from "./settings.ts";
import { Shell, type ShellParts } from "./shell.ts";
import type { DevtoolsTarget } from "./source.ts";
import { type DevtoolsTargets, namedTargets } from "./targets.ts";

export type { DevtoolsOptions } from "./options.ts";
export type { DevtoolsTarget, InspectableCache, InspectableClient } from "./source.ts";
export type { DevtoolsTargets } from "./targets.ts";

/**
 * Shows the devtools of a cache or a query client. Looking never changes the cache.
 * The panel's code is loaded when it first opens. Without a document, as on a server, nothing happens. Where the page's
 * host lacks what the panel needs, nothing is shown, and the console says so once.
 *
 * @param target a `Cache` or a `QueryClient`, or several by name, between which the panel has a picker
 * @param options see {@link DevtoolsOptions}; an element is short for `{ parent: element }`
 * @returns the undo: afterwards no element, listener or timer is left
 * @throws MachoError for a target that cannot be shown, MachoOptionError for an option that cannot be used
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
  const targets = namedTargets(target);
  const { name = "", parent, initialIsOpen = false, initialDock = DEFAULT_SETTINGS.dock } = checkedOptions(given);
  if (typeof document === "undefined") return () => undefined;
  const settings = { ...DEFAULT_SETTINGS, open: initialIsOpen, dock: initialDock, ...loadSettings(name) };
  const shell = createShell({ targets, settings, name, embedded: parent !== undefined }, parent);
  if (forceOpen || settings.open || parent) void shell?.open(false);
  return () => shell?.remove();
}

/** `undefined` where the page's host lacks what no panel can do without, such as shadow roots. */
function createShell(parts: Omit<ShellParts, "host">, parent: Element | undefined): Shell | undefined {
  let host: Host | undefined;
  try {
    host = createHost(parent);
    return new Shell({ ...parts, host });
  } catch (error) {
    host?.element.remove();
    complainOnce("nothing is shown, as something that they need is missing here. The app goes on without them.", error);
    return undefined;
  }
}
