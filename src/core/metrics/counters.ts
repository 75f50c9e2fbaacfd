import type { RemovalCause } from "../lru/events.ts";

/** Removals by cause. */
export type RemovalCounts = Record<RemovalCause, number>;

/** What one shard counts: plain numbers, added to on the hot path. */
export class Counters {
  hits = 0;
  misses = 0;
  /** Misses that the filter told, without a look at the map. */
  filterRejections = 0;
  /** Misses that the filter did not tell. */
  falsePositives = 0;
  sets = 0;
  /** Values heavier than the bound, which were not stored. */
  refused = 0;
  evicted = 0;
  expired = 0;
  replaced = 0;
  deleted = 0;
  cleared = 0;

  reset(): void {
    Object.assign(this, new Counters());
  }
}
