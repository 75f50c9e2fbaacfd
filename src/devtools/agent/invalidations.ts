import type { InspectableClient } from "../source.ts";

/** Queries that are known to be invalidated. The one that was invalidated longest ago is forgotten first. */
const MAX_KNOWN = 10_000;

type QueryNews = Parameters<Parameters<InspectableClient["subscribe"]>[0]>[0];

/** Tells the news of a client that a query was invalidated from all other news of it. */
export class Invalidations {
  #client: InspectableClient;
  #known = new Set<string>();

  constructor(client: InspectableClient) {
    this.#client = client;
    for (const { hash, isInvalidated } of client.getQueries()) if (isInvalidated) this.#add(hash);
  }

  /** Whether the news of a query is that it was invalidated. A load that failed leaves it so as well, and is told itself. */
  isNew({ hash, key }: QueryNews): boolean {
    const info = key === undefined ? undefined : this.#client.getQueryState?.(key);
    if (!info?.isInvalidated) {
      this.#known.delete(hash);
      return false;
    }
    if (this.#known.has(hash)) return false;
    this.#add(hash);
    return info.status === "success";
  }

  #add(hash: string): void {
    this.#known.add(hash);
    if (this.#known.size > MAX_KNOWN) this.#known.delete(this.#known.values().next().value!);
  }
}
