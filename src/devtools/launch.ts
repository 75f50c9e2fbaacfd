import { complainOnce } from "./complaint.ts";
import { createHost, type Host } from "./host.ts";
import { checkedOptions, type DevtoolsOptions } from "./options.ts";
import { DEFAULT_SETTINGS, loadSettings, type Settings } from "./settings.ts";
import { Shell, type ShellParts } from "./shell.ts";
import type { DevtoolsTarget } from "./source.ts";
import { type DevtoolsTargets, namedTargets } from "./targets.ts";

/**
 * Shows the devtools of targets. Gives `undefined` without a document, and where the page's host lacks what they need.
 * @param forceOpen whatever was remembered
 * @throws MachoError for a target that cannot be shown, MachoOptionError for an option that cannot be used
 */
export function launch(
  target: DevtoolsTarget | DevtoolsTargets,
  given: DevtoolsOptions | Element,
  forceOpen: boolean,
): Shell | undefined {
  const targets = namedTargets(target);
  const { name = "", parent, initialIsOpen, initialDock, corner, shortcut, badge } = checkedOptions(given);
  if (typeof document === "undefined") return undefined;
  // As JSON, so that nothing is left of what is undefined.
  const asked = JSON.stringify({ open: initialIsOpen, dock: initialDock, corner, shortcut, badge });
  const settings = { ...DEFAULT_SETTINGS, ...(JSON.parse(asked) as Partial<Settings>), ...loadSettings(name) };
  const shell = createShell({ targets, settings, name, embedded: parent !== undefined }, parent);
  if (forceOpen || settings.open || parent) void shell?.open(false);
  return shell;
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
