import type { RemovalCause } from "../events.ts";

/** Removals by cause. */
export type RemovalCounts = Record<RemovalCause, number>;

/** What one shard counts: plain numbers, added to on the hot path. */
export class Counters {
  hits = 0;
  misses = 0;
  sets = 0;
  evicted = 0;
  expired = 0;
  replaced = 0;
  deleted = 0;
  cleared = 0;

  get removals(): RemovalCounts {
    const { evicted, expired, replaced, deleted, cleared } = this;
    return { evicted, expired, replaced, deleted, cleared };
  }

  reset(): void {
    this.hits = this.misses = this.sets = 0;
    this.evicted = this.expired = this.replaced = this.deleted = this.cleared = 0;
  }
}

/** What a cache counts of its loads. */
export class LoadCounters {
  started = 0;
  succeeded = 0;
  failed = 0;
  aborted = 0;
  joined = 0;
  duration = 0;

  reset(): void {
    this.started = this.succeeded = this.failed = this.aborted = this.joined = this.duration = 0;
  }
}
