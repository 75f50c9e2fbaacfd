import type { TierStatus } from "macho-cache/persist";

/** The status of a tier that works and was not asked yet, with what a test cares about. */
export function tierStatus(part: Partial<TierStatus> = {}): TierStatus {
  return {
    tier: "memory",
    scope: "anna",
    state: "ready",
    breaker: "closed",
    entries: undefined,
    bytes: undefined,
    oldest: undefined,
    pending: 0,
    hits: 0,
    misses: 0,
    absent: 0,
    late: 0,
    unusable: 0,
    unanswered: 0,
    writes: 0,
    deletes: 0,
    unpersistable: 0,
    evicted: 0,
    expired: 0,
    dropped: 0,
    failures: 0,
    lastError: undefined,
    lastWrite: undefined,
    ...part,
  };
}
