// The queries of a client one by one: to make the facts of all at once stops the page where there are very many.
import type { QueryInfo, QueryKey } from "../../query/index.ts";
import type { InspectableClient } from "../source.ts";

/** What a client of this copy of the package says of its queries, or one like it. */
interface QueryHost {
  find(hash: string): { readonly state: { readonly key: QueryKey } } | undefined;
  readonly live: ReadonlyMap<string, unknown>;
}

function hostOf({ host }: InspectableClient): QueryHost | undefined {
  return host && "find" in host && "live" in host ? (host as unknown as QueryHost) : undefined;
}

/** The hashes of what is stored, and then of what is only on screen or loading; or the latter alone. */
export function* clientHashes(client: InspectableClient, which?: "not stored"): Generator<string, void> {
  const host = hostOf(client);
  const isStored = (hash: string): boolean => client.cache.remainingTtl(hash as never) !== undefined;
  if (!host) {
    for (const { hash } of client.getQueries()) if (!which || !isStored(hash)) yield hash;
    return;
  }
  // A cache of the user's own may hold other things.
  for (const hash of which ? [] : client.cache.keys()) if (typeof hash === "string" && host.find(hash)) yield hash;
  for (const hash of host.live.keys()) if (!isStored(hash)) yield hash;
}

/** A query as it is; `undefined` where nothing is known of it. */
export function queryOf(client: InspectableClient, hash: string): QueryInfo | undefined {
  const host = hostOf(client);
  if (!host || !client.getQueryState) return client.getQueries().find((query) => query.hash === hash);
  const found = host.find(hash);
  return found && client.getQueryState(found.state.key);
}
