import { useCallback } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { QueryFilter, QueryKey } from "../query/index.ts";
import { useQueryClient } from "./context.ts";

/** How many queries are loading: of all, or of those that a filter lets through. */
export function useIsFetching(which?: QueryKey | QueryFilter): number {
  const client = useQueryClient();
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client]);
  const count = (): number => client.isFetching(which);
  return useSyncExternalStore(subscribe, count, count);
}
