import { persist, type Persistence, type PersistOptions } from "macho-cache/persist";
import type { QueryKey, QueryOptions } from "macho-cache/query";
import type { ClientTier } from "../../src/persist/client-tier.ts";
import type { Persister } from "../../src/persist/persister.ts";
import { MemoryTier } from "./memory-tier.ts";
import { QueryWorld } from "./query-world.ts";
import { Watched } from "./watched.ts";

/** A page with a client that is persisted. Another page with the same records is a reload, or another tab. */
export class PersistedPage extends QueryWorld {
  readonly tier: MemoryTier;
  readonly persistence: Persistence;

  constructor(records?: MemoryTier["records"], options: Partial<PersistOptions> = {}) {
    super({ queries: { retry: false } });
    this.tier = new MemoryTier(records);
    this.persistence = persist(this.client, { storage: this.tier, scope: "ada", clock: this.clock, ...options });
  }

  /** What persists the client. */
  get persister(): Persister {
    // It is what `persist` puts there.
    return (this.client.host.tier as ClientTier).persister;
  }

  watch(key: QueryKey, options?: QueryOptions): Watched {
    return new Watched(this.client, key, this.backend.fetcher, options);
  }
}
