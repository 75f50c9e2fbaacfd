import type { CacheEvent } from "../core/index.ts";
import type { MissCause } from "../simulate/index.ts";
import { Ages } from "./ages.ts";
import { type Departure, Departures, idOf, lengthOf, MAX_TEXT } from "./departures.ts";
import { sameKey } from "./source.ts";

/** The last misses whose keys are remembered, and keys of loads that failed. */
export const MAX_MISSED = 2_000;
const MAX_FAILED = 500;

/** A key that was looked up in vain. */
export interface MissedKey {
  /** As in a `Departure`. */
  readonly key: unknown;
  /** Of the last 2,000. */
  readonly misses: number;
  /** How it left, if it was there before. */
  readonly departure: Departure | undefined;
}

/**
 * Remembers how keys left, also before anybody looked: cause, time, age and reads.
 */
export class Stories extends Departures {
  /** How old the last values were that left, overwritten ones included. */
  readonly ages: Ages = new Ages();
  /** Keys of the last misses, in a ring. */
  #missed: unknown[] = [];
  /** Wall time in ms of each. */
  #missedAt = new Float64Array(MAX_MISSED);
  /** Characters of each: to ask the text itself takes longer. */
  #missedLengths = new Uint32Array(MAX_MISSED);
  #misses = 0;
  #missedText = 0;
  /** Keys of loads that failed. */
  #failed = new Set<unknown>();
  /** The last event, if an overwrite. */
  #replaced: { readonly key: unknown } | undefined;

  /** A key was looked up in vain. Of very long keys fewer misses are remembered. */
  miss(key: unknown): void {
    const id = idOf(key);
    const at = this.#misses++ % MAX_MISSED;
    const length = lengthOf(id);
    this.#missedText += length - this.#missedLengths[at]!;
    if (this.#missedText > MAX_TEXT) {
      this.#missed = [];
      this.#missedLengths.fill(0);
      this.#missedText = length;
    }
    this.#missed[at] = id;
    this.#missedLengths[at] = length;
    this.#missedAt[at] = this.now();
  }

  /** The last misses by key, and the share of all misses that they are. */
  missCounts(): { readonly counts: ReadonlyMap<unknown, number>; readonly share: number } {
    const counts = new Map<unknown, number>();
    let remembered = 0;
    // It has holes once it was emptied.
    this.#missed.forEach((key) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      remembered++;
    });
    return { counts, share: this.#misses === 0 ? 1 : remembered / this.#misses };
  }

  /** Wall time in ms of the last misses of a key, in no order. */
  missesOf(key: unknown): number[] {
    const id = idOf(key);
    return this.#missed.flatMap((missed, index) => (sameKey(missed, id) ? this.#missedAt[index]! : []));
  }

  /** A load of a key failed. */
  fail(key: unknown): void {
    this.#failed.add(idOf(key));
    if (this.#failed.size > MAX_FAILED) this.#failed.delete(this.#failed.values().next().value);
  }

  /**
   * The keys of the last misses that had a cause, those that missed most often first. One that never left was missed
   * for the first time where it is there by now, and is never stored otherwise.
   */
  missedBy(cause: MissCause, has: (key: unknown) => boolean): MissedKey[] {
    const found: MissedKey[] = [];
    for (const [key, misses] of this.missCounts().counts) {
      const departure = this.departureOf(key);
      if (this.#causeOf(key, departure, has) === cause) found.push({ key, misses, departure });
    }
    return found.sort((one, other) => other.misses - one.misses);
  }

  #causeOf(key: unknown, departure: Departure | undefined, has: (key: unknown) => boolean): MissCause {
    if (this.#failed.has(key)) return "failed";
    if (departure && departure.cause !== "replaced") return departure.cause;
    return has(key) ? "first" : "absent";
  }

  /** An event of a cache whose stores cannot be followed. */
  hear(event: CacheEvent<unknown, unknown>): void {
    if (event.type === "failure") return;
    const isRefused = event.type === "refusal" && this.#replaced?.key === event.key;
    this.#replaced = event.type === "removal" && event.cause === "replaced" ? event : undefined;
    // An overwrite is no departure, unless the new value is too heavy to be stored.
    if (isRefused) this.depart(event.key, "replaced");
    else if (event.type === "removal" && !this.#replaced) this.depart(event.key, event.cause);
  }
}
