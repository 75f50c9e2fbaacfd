import { Cache } from "macho-cache";

// All requests of this Worker share it. It is made before the first of them, when the host allows no timer.
export const films = new Cache({ maxCacheSize: 1_000, ttl: 1_000 });

async function load(id, { signal }) {
  const response = await fetch(`http://films/api/film/${id}`, { signal });
  if (!response.ok) throw new Error(`Film ${id} could not be loaded: ${response.status}`);
  return response.json();
}

/** Loads a film once for all requests that ask for it at the same time. */
export function filmOf(id) {
  // A host may end a load with the request that began it. After the timeout, the next caller begins anew.
  return films.getOrLoad(id, load, { timeout: 10_000 });
}
