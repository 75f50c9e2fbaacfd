/**
 * The panel as React components. A production build gets empty ones instead.
 * @packageDocumentation
 * @since 0.1.0
 */
import { createElement, type ReactElement, useContext, useEffect, useState } from "react";
import { MachoContext } from "../react/context.ts";
import { MachoError } from "../core/index.ts";
import {
  type DevtoolsOptions,
  type DevtoolsTarget,
  type DevtoolsTargets,
  type InspectableCache,
  type InspectableClient,
  mountDevtools,
} from "./mount.ts";

export { launchDashboard, mountDevtools } from "./mount.ts";
export { type DevtoolsPlugin, machoDevtoolsPlugin, type PluginState } from "./plugin.ts";
export type { DevtoolsOptions, DevtoolsTarget, DevtoolsTargets, InspectableCache, InspectableClient } from "./mount.ts";

/** Props of `<MachoDevtoolsPanel />`. */
export interface MachoDevtoolsPanelProps {
  /** The client to look at. @defaultValue the client of the surrounding `<MachoProvider>` */
  client?: InspectableClient | undefined;
  /** A bare cache to look at, instead of a client. @defaultValue none */
  cache?: InspectableCache | undefined;
  /** Several caches and clients by name, instead of one: the panel has a picker. @defaultValue none */
  caches?: DevtoolsTargets | undefined;
  /** Title of the panel, and the name under which its layout is remembered. @defaultValue "" */
  name?: string | undefined;
}

/** Props of `<MachoDevtools />`. */
export interface MachoDevtoolsProps extends MachoDevtoolsPanelProps {
  /** Whether the panel is open until the reader decides otherwise. @defaultValue false */
  initialIsOpen?: boolean | undefined;
  /** The side that the panel is docked to until the reader decides otherwise. @defaultValue "bottom" */
  initialDock?: DevtoolsOptions["initialDock"];
  /** The corner in which the toggle stands until the reader decides otherwise. @defaultValue "bottom-end" */
  corner?: DevtoolsOptions["corner"];
  /** The key that opens and closes the panel until the reader decides otherwise. @defaultValue "", for none */
  shortcut?: string | undefined;
  /** Whether the toggle shows the hit ratio until the reader decides otherwise. @defaultValue false */
  badge?: boolean | undefined;
}

/** The devtools of a React app: docked to the page. Renders nothing itself, on a server too. */
export function MachoDevtools(props: MachoDevtoolsProps): null {
  const { initialIsOpen, initialDock, corner, shortcut, badge, name } = props;
  const target = useTarget("MachoDevtools", props);
  useEffect(
    () => mountDevtools(target, { initialIsOpen, initialDock, corner, shortcut, badge, name }),
    [target, initialIsOpen, initialDock, corner, shortcut, badge, name],
  );
  return null;
}

/** The panel alone, which fills its parent: without toggle, always open. Nothing on a server, and while it hydrates. */
export function MachoDevtoolsPanel({ name, ...props }: MachoDevtoolsPanelProps): ReactElement | null {
  const target = useTarget("MachoDevtoolsPanel", props);
  const [parent, setParent] = useState<HTMLDivElement | null>(null);
  // A server may have been given the production build, whose panel is nothing: Node knows no condition "development".
  const [isMounted, setMounted] = useState(false);
  // oxlint-disable-next-line react/set-state-in-effect -- the second render is the point
  useEffect(() => setMounted(true), []);
  useEffect(() => (parent ? mountDevtools(target, { parent, name }) : undefined), [target, name, parent]);
  // No JSX: its runtime would be one more module that an import map has to name.
  return isMounted ? createElement("div", { ref: setParent, style: FILL }) : null;
}

const FILL = { width: "100%", height: "100%" };

function useTarget(
  component: string,
  { client, cache, caches }: MachoDevtoolsPanelProps,
): DevtoolsTarget | DevtoolsTargets {
  const provided = useContext(MachoContext)?.client;
  const [kept, keep] = useState(caches);
  // Written in place, a record is a new one at each render; the panel is mounted anew only for another content.
  const isSame = sameTargets(kept, caches);
  if (!isSame) keep(caches);
  const target = (isSame ? kept : caches) ?? cache ?? client ?? provided;
  if (!target) throw new MachoError("no-provider", noTarget(component));
  return target;
}

function sameTargets(one: DevtoolsTargets = {}, other: DevtoolsTargets = {}): boolean {
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return names.length === others.length && names.every((name, at) => others[at] === name && one[name] === other[name]);
}

function noTarget(component: string): string {
  return `${component} has nothing to show, got no client and no cache. Put it inside <MachoProvider>, or pass client={client}, cache={cache} or caches={{ name: cache }}. If it is inside one, the page holds two copies of macho-cache, or a bundler was told to leave one of its entries alone: take macho-cache out of Vite's optimizeDeps.exclude, or pass client={client}.`;
}
