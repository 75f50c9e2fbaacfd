import type { Stamp, TierRecord } from "macho-cache/persist";

/** A record as the library makes it. */
export function tierRecord(n: Stamp, d: unknown = `data of ${n.join()}`, more: Partial<TierRecord> = {}): TierRecord {
  return { v: 1, k: "key", d, t: n[0], x: n[0] + 1_000_000, n, z: 100, b: "", ...more };
}
