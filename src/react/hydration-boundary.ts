import { createElement, Fragment, type ReactElement, type ReactNode, useEffect, useMemo } from "react";
import { type DehydratedState, hydrate } from "../query/index.ts";
import { useQueryClient } from "./context.ts";

/** The data of a server, and the elements that show it. */
export interface HydrationBoundaryProps {
  /** What `dehydrate` gave; `undefined` for nothing. @defaultValue none */
  state?: DehydratedState | null | undefined;
  /** What is rendered inside. @defaultValue none */
  children?: ReactNode;
}

/**
 * Gives the client what a server sent, before its children render. Queries that are on screen get their newer data when
 * the page is committed, so that a transition that is given up leaves what is on screen as it was.
 */
export function HydrationBoundary({ state, children }: HydrationBoundaryProps): ReactElement {
  const client = useQueryClient();
  // Nobody shows these, so to take them in a render changes nothing on screen.
  const taken = useMemo(() => {
    client.host.inRender(() => hydrate(client, state, { which: "unwatched" }));
    return state;
  }, [client, state]);
  useEffect(() => hydrate(client, taken, { which: "watched" }), [client, taken]);
  return createElement(Fragment, undefined, children);
}
