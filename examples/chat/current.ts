import { useSyncExternalStore } from "react";

/** The conversation that the address names: `#2`. */
export function useCurrent(): number {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return Number(/^#(\d{1,9})$/.exec(hash)?.[1] ?? 1);
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
