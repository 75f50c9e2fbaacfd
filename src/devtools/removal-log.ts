import type { CacheEvent, RemovalCause } from "../core/index.ts";
import { Ring } from "./ring.ts";
import { keyLabel, sameKey } from "./source.ts";

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

/** How the followed entry left. */
export interface Departure extends RemovalRecord {
  /** A newer value of it was too heavy to be stored. */
  readonly isRefused: boolean;
}

/** The latest removals by cause, and how one chosen entry left; all of it bounded. */
export class RemovalLog {
  #rings: Record<RemovalCause, Ring<RemovalRecord>> = {
    evicted: new Ring(MAX_REMOVALS),
    expired: new Ring(MAX_REMOVALS),
    replaced: new Ring(MAX_REMOVALS),
    deleted: new Ring(MAX_REMOVALS),
    cleared: new Ring(MAX_REMOVALS),
  };
  #count = 0;
  #followed: { readonly id: unknown } | undefined;
  #departure: Departure | undefined;

  record(event: CacheEvent<unknown, unknown>, at: number): void {
    const isFollowed = this.#followed !== undefined && sameKey(this.#followed.id, event.key);
    if (event.type !== "removal") return void (isFollowed && this.#hear(event.type));
    const { key, cause } = event;
    const record = { id: ++this.#count, key: keyLabel(key).slice(0, 300), cause, at };
    // A newer copy of the engine may know a cause that this one does not.
    this.#rings[cause]?.push(record);
    if (isFollowed) this.#departure = { ...record, isRefused: false };
  }

  /** Remembers from now on how one entry leaves, whatever else leaves after it. `undefined` is for none. */
  follow(entry: { readonly id: unknown } | undefined): void {
    this.#followed = entry;
    this.#departure = undefined;
  }

  /** How the followed entry left; `undefined` while it is there, or when that happened unseen. */
  get departure(): Departure | undefined {
    return this.#departure;
  }

  #hear(type: "set" | "refusal" | "failure"): void {
    if (type === "set") this.#departure = undefined;
    if (type === "refusal" && this.#departure) this.#departure = { ...this.#departure, isRefused: true };
  }

  /** Newest first; of one cause, or of all of them. */
  latest(cause?: RemovalCause): RemovalRecord[] {
    const rings = cause ? [this.#rings[cause]] : CAUSES.map((each) => this.#rings[each]);
    return rings.flatMap((ring) => ring.toArray()).sort((a, b) => b.id - a.id);
  }
}
