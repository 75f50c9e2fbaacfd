/**
 * A hook that tells when a storage has said what it holds.
 * @packageDocumentation
 * @since 0.2.0
 */
import { useEffect, useState } from "react";
import type { Persistence } from "./persist.ts";

/**
 * Whether the storage of a client has said what it holds: false at first, true once `ready` has resolved. For what must not
 * be shown before, such as a form that begins with a stored draft. Hooks need not wait for it: they ask the storage themselves.
 */
export function usePersistReady({ ready }: Pick<Persistence, "ready">): boolean {
  const [known, setKnown] = useState<Promise<void>>();
  useEffect(() => {
    let isHere = true;
    void ready.then(() => isHere && setKnown(ready));
    return () => {
      isHere = false;
    };
  }, [ready]);
  return known === ready;
}
