import { createElement, type ReactElement, useState } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { QueryClient, QueryFilter } from "../query/index.ts";
import { dehydratePart, isScriptUnread, resolveFilter, toScriptText } from "../query/internal.ts";
import { useQueryClient } from "./context.ts";

/** Which queries are sent, as a filter; without one, all that have data by then. */
export interface DehydratedScriptProps extends QueryFilter {
  /** Of the client that takes it, where a page has several: as in `hydrateScripts`. @defaultValue "" */
  readonly name?: string | undefined;
}

/**
 * Sends data along with the part of the page that it stands in: on a server, a data block with the queries that a filter
 * means. It waits for those of them that load. In the page, `hydrateScripts` has it read before that part hydrates, and
 * then it is gone; where nobody calls that, the console says so, once. For React 18 and later; renders nothing beside 17.
 *
 * @example
 * <DehydratedScript queryKey={["reviews", id]} />
 */
export function DehydratedScript({ name = "", ...filter }: DehydratedScriptProps): ReactElement | null {
  const client = useQueryClient();
  // docs/decisions/0011-data-comes-with-its-part.md
  useState(() => tellUnread(client, name));
  const isSent = useSyncExternalStore(neverChanges, () => false, alwaysOfServer);
  if (!isSent) return null;
  const { host } = client;
  host.inRender(() => host.streamedParts?.readNewParts());
  return createElement("script", {
    type: "application/json",
    "data-macho": name,
    // What the server wrote stays: here it is not known, and not needed.
    suppressHydrationWarning: true,
    dangerouslySetInnerHTML: { __html: host.isServer ? textOf(client, filter) : "" },
  });
}

/** @throws a promise while something of it loads: the part that it stands in waits */
function textOf(client: QueryClient, given: QueryFilter): string {
  const state = dehydratePart(client, resolveFilter("DehydratedScript", given));
  if (state instanceof Promise) throw state;
  return toScriptText(state);
}

const told = new Set<string>();

/** Without data the page loads everything again, and shows something else than the server: the cause is hard to find. */
function tellUnread(client: QueryClient, name: string): void {
  if (told.has(name) || !isScriptUnread(client, name)) return;
  told.add(name);
  const options = name === "" ? "" : `, { name: ${JSON.stringify(name)} }`;
  // The only place where somebody who looks for the cause looks.
  // oxlint-disable-next-line no-console
  console.warn(
    `macho-cache: nobody reads the data of <DehydratedScript>. Call hydrateScripts(client${options}) before the page hydrates.`,
  );
}

function neverChanges(): () => void {
  return () => undefined;
}

/** Also what a page that hydrates begins with. */
function alwaysOfServer(): boolean {
  return true;
}
