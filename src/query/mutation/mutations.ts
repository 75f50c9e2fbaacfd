import type { QueryClient } from "../client/client.ts";
import type { QueryKey } from "../key/key.ts";
import type { MutationFilter } from "./mutation-filter.ts";
import type { MutationOptions } from "./mutation-options.ts";
import { MutationStore } from "./mutation-store.ts";

/** So that a client knows nothing of mutations, and an app without them ships none of this. */
const stores = new WeakMap<QueryClient, MutationStore>();

/** The mutations of a client. */
export function mutationsOf(client: QueryClient): MutationStore {
  let store = stores.get(client);
  if (!store) stores.set(client, (store = new MutationStore(client)));
  return store;
}

/** How many mutations of a client are pending, also those that wait for the network or for others. */
export function isMutating(client: QueryClient, filter: MutationFilter = {}): number {
  return mutationsOf(client).isMutating(filter);
}

/**
 * What every mutation does whose key begins with these elements, unless it says otherwise. Of several that fit, the
 * one that was set last wins; setting the same key again takes the place of the first.
 * @throws MachoOptionError for an option that cannot be used or does not exist
 */
export function setMutationDefaults<T, Variables = void, Context = unknown>(
  client: QueryClient,
  key: QueryKey,
  options: MutationOptions<T, Variables, Context>,
): void {
  mutationsOf(client).setDefaults(key, options);
}

/** Mutations that wait for the network go on, if it is there. Resolves when they ended, well or not. */
export function resumePausedMutations(client: QueryClient): Promise<void> {
  return mutationsOf(client).resumePaused();
}
