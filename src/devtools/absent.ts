// What a production build gets: the same names and types as index.tsx, and nothing at run time.
import type * as real from "./index.tsx";

export type {
  DevtoolsOptions,
  DevtoolsPlugin,
  DevtoolsTarget,
  DevtoolsTargets,
  InspectableCache,
  InspectableClient,
  MachoDevtoolsPanelProps,
  MachoDevtoolsProps,
  PluginState,
} from "./index.tsx";

export const MachoDevtools: typeof real.MachoDevtools = () => null;

export const MachoDevtoolsPanel: typeof real.MachoDevtoolsPanel = () => null;

export const mountDevtools: typeof real.mountDevtools = () => () => undefined;

export const launchDashboard: typeof real.launchDashboard = () => () => undefined;

export const machoDevtoolsPlugin: typeof real.machoDevtoolsPlugin = (_target, options) => {
  const name = options?.name ?? "Macho";
  return { id: `macho-${name}`, name, render: () => undefined, destroy: () => undefined };
};
