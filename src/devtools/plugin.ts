import { launch } from "./launch.ts";
import type { Shell } from "./shell.ts";
import type { DevtoolsTarget } from "./source.ts";
import type { DevtoolsTargets } from "./targets.ts";

/** What a shell of several devtools tells a plugin. @since 0.2.0 */
export interface PluginState {
  /** `"dark"`; anything else is light. */
  readonly theme?: string;
  /** Whether the shell is open. Without it the panel is shown from the first call on. */
  readonly devtoolsOpen?: boolean;
}

/** A plugin of TanStack Devtools, by its shape: none of their code is needed for it. @since 0.2.0 */
export interface DevtoolsPlugin {
  /** The name by which the shell tells plugins apart. */
  readonly id: string;
  /** The title of its tab. */
  readonly name: string;
  /** Mounts the panel in `element`. A further call with the same element follows theme and state of the shell. */
  readonly render: (element: HTMLElement, state?: PluginState) => void;
  /** Takes the panel away. A further `render` brings it back. */
  readonly destroy: () => void;
}

/**
 * The panel as a plugin of TanStack Devtools. While their shell is closed it looks at nothing; recording goes on.
 *
 * @param target a `Cache` or a `QueryClient`, or several by name
 * @param options `name` is the title of its tab, and the name under which its layout is remembered
 * @throws MachoError for a target that cannot be shown, when it is rendered
 *
 * @since 0.2.0
 *
 * @example
 * <TanStackDevtools plugins={[machoDevtoolsPlugin(client)]} />
 */
export function machoDevtoolsPlugin(
  target: DevtoolsTarget | DevtoolsTargets,
  { name = "Macho" }: { name?: string | undefined } = {},
): DevtoolsPlugin {
  let shown: { readonly element: HTMLElement; readonly shell: Shell | undefined } | undefined;
  const destroy = (): void => {
    shown?.shell?.remove();
    shown = undefined;
  };
  const render = (element: HTMLElement, { theme, devtoolsOpen = true }: PluginState = {}): void => {
    if (shown?.element !== element) {
      destroy();
      shown = { element, shell: launch(target, { parent: element, name }, false) };
    }
    const { shell } = shown;
    shell?.change({ theme: theme === "dark" ? "dark" : "light" });
    if (devtoolsOpen) void shell?.open(false);
    else shell?.close();
  };
  return { id: `macho-${name}`, name, render, destroy };
}
