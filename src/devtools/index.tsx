import { useContext, useEffect } from "react";
import { MachoContext } from "../react/context.ts";
import { type DevtoolsTarget, type InspectableCache, type InspectableClient, mountDevtools } from "./mount.ts";

export { launchDashboard, mountDevtools } from "./mount.ts";
export type { DevtoolsOptions, DevtoolsTarget, InspectableCache, InspectableClient } from "./mount.ts";

export interface MachoDevtoolsProps {
  /** The client to look at. @defaultValue the client of the surrounding `<MachoProvider>` */
  client?: InspectableClient | undefined;
  /** A bare cache to look at, instead of a client. */
  cache?: InspectableCache | undefined;
  /** Whether the panel is open until the reader decides otherwise. @defaultValue false */
  initialIsOpen?: boolean | undefined;
  /** Title of the panel, and the name under which its layout is remembered. @defaultValue "" */
  name?: string | undefined;
}

/** The devtools of a React app: docked at the bottom of the page. Renders nothing itself, on a server too. */
export function MachoDevtools({ client, cache, initialIsOpen, name }: MachoDevtoolsProps): null {
  const provided = useContext(MachoContext);
  const target: DevtoolsTarget | null = cache ?? client ?? provided;
  if (target === null) throw new Error(NO_TARGET);
  useEffect(() => mountDevtools(target, { initialIsOpen, name }), [target, initialIsOpen, name]);
  return null;
}

const NO_TARGET =
  "MachoDevtools has nothing to show, got no client and no cache. Put it inside <MachoProvider>, or pass client={client} or cache={cache}.";
