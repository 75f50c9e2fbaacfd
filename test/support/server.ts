import { persist, type Persistence, type PersistOptions } from "macho-cache/persist";
import { type FetchOptions, QueryClient } from "macho-cache/query";
import { Backend } from "./backend.ts";
import { drained } from "./drained.ts";
import { ManualClock } from "./manual-clock.ts";
import { SharedTier } from "./shared-tier.ts";

/** A process, or what one of its requests has: a client of its own over a tier that others have as well. */
export class Server {
  readonly tier: SharedTier;
  readonly clock: ManualClock;
  readonly backend = new Backend();
  readonly client: QueryClient;
  readonly persistence: Persistence;
  readonly reported: unknown[] = [];

  constructor(tier = new SharedTier(), clock = new ManualClock(), options: Partial<PersistOptions> = {}) {
    this.tier = tier;
    this.clock = clock;
    this.client = new QueryClient({
      cache: { clock },
      defaultOptions: { queries: { shared: true, staleTime: 1_000 } },
    });
    const onError = (error: unknown): void => void this.reported.push(error);
    this.persistence = persist(this.client, { storage: tier, scope: "shop", clock, onError, ...options });
  }

  /** Another machine, with the same entries. Its clock has the same time. */
  other(): Server {
    return new Server(new SharedTier(this.tier.records), this.clock);
  }

  ask(key: readonly unknown[], options?: FetchOptions): Promise<unknown> {
    return this.client.fetchQuery(key, this.backend.fetcher, options);
  }

  /** Asks, and lets the origin answer. */
  async load(key: readonly unknown[], data: unknown, options?: FetchOptions): Promise<unknown> {
    const answer = this.ask(key, options);
    await drained();
    await this.backend.answer(this.backend.count - 1, data);
    return answer;
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await drained();
  }
}
