import type { CacheEvent, RemovalCause } from "../core/index.ts";
import { Ring } from "./ring.ts";
import { keyLabel } from "./source.ts";

/** Removals kept per cause: a busy cause never pushes a rare one out of the list. */
export const MAX_REMOVALS = 100;

export const CAUSES: readonly RemovalCause[] = ["evicted", "expired", "replaced", "deleted", "cleared"];

/** One entry that left the cache. The value is not kept. */
export interface RemovalRecord {
  /** Order of the removals, from 1. */
  readonly id: number;
  readonly key: string;
  readonly cause: RemovalCause;
  /** Wall time in ms. */
  readonly at: number;
}

/** The latest removals by cause; all of it bounded. */
export class RemovalLog {
  #rings: Record<RemovalCause, Ring<RemovalRecord>> = {
    evicted: new Ring(MAX_REMOVALS),
    expired: new Ring(MAX_REMOVALS),
    replaced: new Ring(MAX_REMOVALS),
    deleted: new Ring(MAX_REMOVALS),
    cleared: new Ring(MAX_REMOVALS),
  };
  #count = 0;

  record(event: CacheEvent<unknown, unknown>, at: number): void {
    if (event.type !== "removal") return;
    const { key, cause } = event;
    this.#rings[cause].push({ id: ++this.#count, key: keyLabel(key).slice(0, 300), cause, at });
  }

  /** Newest first; of one cause, or of all of them. */
  latest(cause?: RemovalCause): RemovalRecord[] {
    const rings = cause ? [this.#rings[cause]] : CAUSES.map((each) => this.#rings[each]);
    return rings.flatMap((ring) => ring.toArray()).sort((a, b) => b.id - a.id);
  }
}
