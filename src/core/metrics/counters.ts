import type { RemovalCause } from "../events.ts";
import { LifespanLog } from "./lifespans.ts";

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

/** What a cache counts of its loads. */
export class LoadCounters {
  started = 0;
  succeeded = 0;
  failed = 0;
  aborted = 0;
  joined = 0;
  duration = 0;
  /** Ms of each of the last loads that ended. */
  readonly durations: LifespanLog = new LifespanLog();

  /** A load of a key in a shard ended after `ms`. */
  end(outcome: "succeeded" | "failed" | "aborted", ms: number, shard: number): void {
    this[outcome]++;
    this.duration += ms;
    this.durations.record(ms, shard);
  }

  /** Begins anew, with the loads that are under way. */
  reset(): void {
    const started = this.started - this.succeeded - this.failed - this.aborted;
    Object.assign(this, new LoadCounters(), { started });
  }
}
