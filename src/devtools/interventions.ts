// What the panel does to a cache or client for as long as it is there.
import { feign } from "../query/internal.ts";
import type { QueryInfo } from "../query/index.ts";
import { cacheOf, type DevtoolsTarget, type InspectableCache, type InspectableClient } from "./source.ts";

interface Pin {
  readonly undo: () => void;
  /** The engine's own pin, which ends when the entry leaves; `undefined` where it does not tell. */
  readonly own: unknown;
}

/** The pins of a store of this copy of the engine, or of one like it. */
interface PinnedParts {
  readonly storeOf?: (key: never) => {
    readonly pins?: ReadonlyMap<number, unknown>;
    find?(key: never): number;
  };
}

/** Pins, and states that hooks feign. All of it ends with the devtools. */
export class Interventions {
  #cache: InspectableCache;
  #pins = new Map<unknown, Pin>();
  #feigned = new Map<unknown, () => void>();

  constructor(target: DevtoolsTarget) {
    this.#cache = cacheOf(target);
  }

  /** Whether an entry is there that the panel has pinned. */
  isPinned(key: unknown): boolean {
    const pin = this.#pins.get(key);
    // Another entry of the same key has no pin.
    if (pin && pin.own !== this.#ownPin(key)) this.unpin(key);
    return this.#pins.has(key);
  }

  /** Keeps an entry from eviction. Returns whether it is there. */
  pin(key: unknown): boolean {
    const undo = this.#cache.pin?.(key as never);
    if (undo) this.#pins.set(key, { undo, own: this.#ownPin(key) });
    return undo !== undefined;
  }

  unpin(key: unknown): void {
    this.#pins.get(key)?.undo();
    this.#pins.delete(key);
  }

  /** Has hooks show a query as loading, or as failed. */
  feign({ host }: InspectableClient, { key, hash }: QueryInfo, failure?: { readonly error: unknown }): void {
    this.#feigned.get(hash)?.();
    this.#feigned.set(hash, feign(host as never, key, hash, failure));
  }

  isFeigned(hash: unknown): boolean {
    return this.#feigned.has(hash);
  }

  restore(hash: unknown): void {
    this.#feigned.get(hash)?.();
    this.#feigned.delete(hash);
  }

  /** How much of it there is. */
  get counts(): { readonly pins: number; readonly feigned: number } {
    const pins = [...this.#pins.keys()].filter((key) => this.isPinned(key)).length;
    return { pins, feigned: this.#feigned.size };
  }

  readonly undoAll = (): void => {
    for (const hash of this.#feigned.keys()) this.restore(hash);
    for (const key of this.#pins.keys()) this.unpin(key);
  };

  #ownPin(key: unknown): unknown {
    const { parts }: { parts?: PinnedParts } = this.#cache;
    const store = parts?.storeOf?.(key as never);
    // Without them, an entry is taken to be the one that was pinned as long as there is one.
    if (!store?.pins || !store.find) return this.#cache.remainingTtl(key as never) !== undefined || undefined;
    return store.pins.get(store.find(key as never));
  }
}

const interventions = new WeakMap<DevtoolsTarget, Interventions>();

/** Those of a target; the same for all panels. */
export function interventionsOf(target: DevtoolsTarget): Interventions {
  let found = interventions.get(target);
  if (!found) interventions.set(target, (found = new Interventions(target)));
  return found;
}
