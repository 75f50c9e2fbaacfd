// The data that every subject holds, and the proof that nothing loaded it.

export const keyOf = (index) => ["item", index];
export const itemOf = (index, version = 0) => ({ id: index, title: `Item ${index}, version ${version}` });

let loads = 0;

/** Every hook gets this fetcher. Warm data is fresh, so it must never run. */
export async function fetcher() {
  loads++;
  throw new Error("A fetcher ran although its data is fresh.");
}

export function assertNoLoads() {
  if (loads > 0) throw new Error(`${loads} fetchers ran, expected none.`);
}
