import { useCallback } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { MutationStore } from "../query/index.ts";

/** Something read of a store, again at each of its events. @param server what a server renders */
export function useMutations<R>(store: MutationStore, read: () => R, server: R): R {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  return useSyncExternalStore(subscribe, read, () => server);
}
