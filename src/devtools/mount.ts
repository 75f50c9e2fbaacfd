/**
 * The panel for any page, without React. It is there in a production build as well.
 * @packageDocumentation
 * @since 0.1.0
 */
import { launch } from "./launch.ts";
import type { DevtoolsOptions } from "./options.ts";
import type { DevtoolsTarget } from "./source.ts";
import type { DevtoolsTargets } from "./targets.ts";

export type { DevtoolsOptions } from "./options.ts";
export type { DevtoolsTarget, InspectableCache, InspectableClient } from "./source.ts";
export type { DevtoolsTargets } from "./targets.ts";

/**
 * Shows the devtools of a cache or a query client. Looking never changes the cache.
 * The panel's code is loaded when it first opens, or when the pointer or the focus comes to its button. Without a
 * document, as on a server, nothing happens. Where the page's host lacks what the panel needs, nothing is shown, and the
 * console says so once.
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
  const shell = launch(target, options, false);
  return () => shell?.remove();
}

/** Macho's name for the devtools, opened at once, whatever was remembered. Returns its undo. */
export function launchDashboard(
  target: DevtoolsTarget | DevtoolsTargets,
  options: DevtoolsOptions | Element = {},
): () => void {
  const shell = launch(target, options, true);
  return () => shell?.remove();
}
