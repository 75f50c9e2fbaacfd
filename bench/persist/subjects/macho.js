import { persist } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";

/** @param delay ms that a change waits to be written; the default without it */
export async function createSubject(fill, delay) {
  // The default bound of 1,000 entries is too small for what the others hold.
  const client = new QueryClient({ cache: { maxCacheSize: 20_000 } });
  const set = (key, item) => client.setQueryData(key, item);
  const persistence = persist(client, { scope: "bench", ...(delay && { delay }) });
  await persistence.ready;
  await fill(set);
  return {
    set,
    flushAll: () => persistence.flush(),
    flush: () => persistence.flush(),
    /** Records so far. */
    written: () => persistence.status.writes,
    countStored: () => persistence.status.entries,
  };
}
