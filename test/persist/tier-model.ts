import type { Stamp, Tier, TierChange, TierRecord } from "macho-cache/persist";

/** What a tier promises, in its slowest and most obvious form. */
export class TierModel {
  readonly records: Map<string, TierRecord> = new Map();
  /** When each id was removed last, and each scope cleared. */
  #removals = new Map<string, Stamp>();
  #clears = new Map<string, Stamp>();
  #compares: boolean;

  /** @param compares whether what is older than what is there comes too late */
  constructor(compares: boolean) {
    this.#compares = compares;
  }

  write(changes: readonly TierChange[], fence: string): void {
    for (const { id, n, record, isMark } of changes) {
      const before = [this.records.get(id)?.n, this.#removals.get(id), this.#clears.get(fence)];
      if (this.#compares && before.some((stamp) => stamp && isAfter(stamp, n))) continue;
      const old = this.records.get(id);
      if (record) this.records.set(id, record);
      else if (!isMark) {
        this.records.delete(id);
        this.#removals.set(id, n);
      } else if (old) this.records.set(id, { ...old, n, i: 1 });
    }
  }

  clear(prefix: string, n: Stamp): void {
    for (const id of this.records.keys()) if (id.startsWith(prefix)) this.records.delete(id);
    const before = this.#clears.get(prefix);
    if (!before || isAfter(n, before)) this.#clears.set(prefix, n);
  }
}

function isAfter(one: Stamp, other: Stamp): boolean {
  return one[0] > other[0] || (one[0] === other[0] && one[1] > other[1]);
}

/** Writes as the library does, also to a tier that knows only single changes. */
export async function writeTo(tier: Tier, changes: readonly TierChange[], fence: string): Promise<unknown> {
  if (tier.write) return tier.write(changes, fence);
  for (const { id, n, record, isMark } of changes) {
    if (record) await tier.set(id, record);
    else if (!isMark) await tier.delete(id);
    else {
      const found = (await tier.get(id)) as TierRecord | undefined;
      if (found) await tier.set(id, { ...found, n, i: 1 });
    }
  }
  return [];
}

/** Clears as the library does, also a tier that knows only names. */
export async function clear(tier: Tier, prefix: string, n: Stamp): Promise<void> {
  if (tier.clear) return void (await tier.clear(prefix, n));
  for (const [id] of await tier.list!(prefix)) await tier.delete(id);
}
