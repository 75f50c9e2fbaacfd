import { createElement, type ReactElement, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { QueryClient, type QueryClientOptions } from "../query/index.ts";
import { describe, MachoError, MachoOptionError } from "../query/internal.ts";
import { MachoContext } from "./context.ts";

/** Give a `client`, or the `cache` for a new one, or neither. */
export interface MachoProviderProps {
  /** A client that other code uses as well. @defaultValue a client of the provider's own */
  client?: QueryClient | undefined;
  /** The cache of a client of the provider's own, or its options. Read once. @defaultValue 1,000 entries, no TTL */
  cache?: QueryClientOptions["cache"];
  /** What is rendered inside. @defaultValue none */
  children?: ReactNode;
}

/**
 * Gives the hooks below it their client, and lets the client's timers run while it is mounted.
 * @throws MachoError "invalid-argument" for both a client and a cache, or for something else as a client
 */
export function MachoProvider(props: MachoProviderProps): ReactElement {
  checkProps(props);
  const { client: given, cache, children } = props;
  const [own] = useState(() => (given ? undefined : new QueryClient({ cache })));
  const client = given ?? own ?? lateClient();
  useEffect(() => {
    client.mount();
    return () => client.unmount();
  }, [client]);
  const outer = useContext(MachoContext);
  const [ownPlace] = useState(() => ({ resets: undefined, isBounded: false }));
  const place = outer?.place.isBounded ? outer.place : ownPlace;
  const value = useMemo(() => ({ client, place }), [client, place]);
  return createElement(MachoContext.Provider, { value }, children);
}

function checkProps({ client, cache, children: _children, ...others }: MachoProviderProps): void {
  const remedy = "Pass client={client}, or cache={options}.";
  for (const [name, got] of Object.entries(others)) {
    throw new MachoOptionError(name, "is no prop of MachoProvider", got, remedy);
  }
  if (client === undefined) return;
  // By shape: an app may hold two copies of this package.
  const isClient = typeof client === "object" && client !== null && "fetchQuery" in client;
  if (isClient && cache === undefined) return;
  const wrong = isClient ? "a client or a cache, got both" : `a QueryClient as its client, got ${describe(client)}`;
  throw new MachoError("invalid-argument", `MachoProvider needs ${wrong}. ${remedy}`);
}

function lateClient(): never {
  const remedy = "Pass the same client on every render, or give the provider another key.";
  throw new MachoError("invalid-argument", `MachoProvider was mounted with a client, got none now. ${remedy}`);
}
