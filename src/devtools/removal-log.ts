import type { CacheEvent, RemovalCause } from "../core/index.ts";
import { Ring } from "./ring.ts";
import { keyLabel } from "./source.ts";

/** Removals kept per cause: a busy cause never pushes a rare one out of the list. */
export const MAX_REMOVALS = 100;
/** Evicted keys remembered, to see whether they come back. */
export const MAX_GHOSTS = 2_000;

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

/** What became of the entries that were evicted while the panel looked. */
export interface Regret {
  /** Evictions seen. */
  readonly evicted: number;
  /** Evicted keys that were stored again afterwards: had there been room, those loads would have been hits. */
  readonly returned: number;
  /** Keys that came back once and are out again: with the stored ones, they are what the app works with. */
  readonly missing: number;
}

/** The latest removals by cause, and the evicted keys that came back; all of it bounded. */
export class RemovalLog {
  #rings: Record<RemovalCause, Ring<RemovalRecord>> = {
    evicted: new Ring(MAX_REMOVALS),
    expired: new Ring(MAX_REMOVALS),
    replaced: new Ring(MAX_REMOVALS),
    deleted: new Ring(MAX_REMOVALS),
    cleared: new Ring(MAX_REMOVALS),
  };
  #count = 0;
  #evicted = 0;
  #returned = 0;
  // A ghost is an evicted key without its value. Insertion order is age.
  #ghosts = new Set<unknown>();
  #comeback = new Set<unknown>();

  record(event: CacheEvent<unknown, unknown>, at: number): void {
    if (event.type === "set") return this.#welcome(event.key);
    if (event.type !== "removal") return;
    const { key, cause } = event;
    this.#rings[cause].push({ id: ++this.#count, key: keyLabel(key).slice(0, 300), cause, at });
    if (cause === "evicted") this.#bury(key);
  }

  /** Newest first; of one cause, or of all of them. */
  latest(cause?: RemovalCause): RemovalRecord[] {
    const rings = cause ? [this.#rings[cause]] : CAUSES.map((each) => this.#rings[each]);
    return rings.flatMap((ring) => ring.toArray()).sort((a, b) => b.id - a.id);
  }

  get regret(): Regret {
    let missing = 0;
    for (const key of this.#comeback) if (this.#ghosts.has(key)) missing++;
    return { evicted: this.#evicted, returned: this.#returned, missing };
  }

  /** Starts the count of evictions and returned keys anew, as what happens unseen makes it wrong. */
  forgetGhosts(): void {
    this.#ghosts.clear();
    this.#comeback.clear();
    this.#evicted = 0;
    this.#returned = 0;
  }

  #bury(key: unknown): void {
    this.#evicted++;
    this.#ghosts.delete(key);
    this.#ghosts.add(key);
    if (this.#ghosts.size > MAX_GHOSTS) dropOldest(this.#ghosts);
  }

  #welcome(key: unknown): void {
    if (!this.#ghosts.delete(key)) return;
    this.#returned++;
    this.#comeback.delete(key);
    this.#comeback.add(key);
    if (this.#comeback.size > MAX_GHOSTS) dropOldest(this.#comeback);
  }
}

function dropOldest(keys: Set<unknown>): void {
  for (const oldest of keys) {
    keys.delete(oldest);
    return;
  }
}
