import { useCallback } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { MutationStore } from "../query/index.ts";

/** A value that is read again at each event of mutations. @param server the value on a server */
export function useMutations<R>(store: MutationStore, read: () => R, server: R): R {
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  return useSyncExternalStore(subscribe, read, () => server);
}
