import { useCallback } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { QueryTarget } from "../query/index.ts";
import { useQueryClient } from "./context.ts";

/** How many queries are loading: of all, or of those that a filter lets through. 0 on a server, and while its page hydrates. */
export function useIsFetching(which?: QueryTarget): number {
  const client = useQueryClient();
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client]);
  const count = (): number => client.isFetching(which);
  // No server says how much it was loading when it rendered.
  return useSyncExternalStore(subscribe, count, () => 0);
}
