import type { Fetcher } from "macho-cache/query";
import { useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";

export type Load = Fetcher<string, readonly [string, number]>;

/** What each line showed, in order; the test reads it. */
export const shown: Record<string, string[]> = {};

export interface LineProps {
  place: "shell" | "details";
  kind: string;
  id: number;
  load: Load;
  /** Whether the page waits for it. @defaultValue false */
  suspense?: boolean;
}

/** One query, and all that is known of it. */
export function Line({ place, kind, id, load, suspense = false }: LineProps): ReactElement {
  const { data = "", status, isFetching } = useCachedQuery([kind, id], load, { staleTime: 60_000, suspense });
  const state = `${status} ${isFetching ? "fetching" : "idle"}`;
  const states = (shown[`${place}: ${kind} ${id}`] ??= []);
  if (states.at(-1) !== state) states.push(state);
  return <p>{`${kind} ${id}: ${state} ${data}`}</p>;
}
