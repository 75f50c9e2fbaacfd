import { writtenAt } from "../core/dump.ts";
import type { Recording } from "./recording.ts";
import { type InspectableCache, isPersisted } from "./source.ts";

/** What a cache and its record know of an entry, besides its value. What is not known, or not used, is `undefined`. */
export interface EntryFacts {
  /** Wall time in ms of its write. */
  readonly writtenAt?: number | undefined;
  /** Reads since it came. */
  readonly reads?: number | undefined;
  readonly weight?: number | undefined;
  /** From 0, where there are several. */
  readonly shard?: number | undefined;
  /** Pins that keep it from eviction. */
  readonly pins?: number | undefined;
  /** Ms that it lives from its write. */
  readonly ttl?: number | undefined;
  /** Whether the store behind the cache holds it as well. */
  readonly isPersisted?: boolean | undefined;
}

/** A store of this copy of the engine, or of one like it: by slots from 1. */
interface SlotStore {
  readonly keys: readonly unknown[];
  readonly index: { get(key: unknown): number | undefined };
  readonly times: Float64Array | undefined;
  readonly weights: Float64Array | undefined;
  readonly pins: ReadonlyMap<number, { readonly count: number }>;
  readonly ticker: { now(): number };
  ttlOf(slot: number): number;
  find(key: unknown): number;
  /** In the order of the policy, the next victim first; without those that are pinned. */
  slots(): Iterable<number>;
}

interface SlotParts {
  readonly stores: readonly SlotStore[];
  readonly storeOf: (key: unknown) => SlotStore;
}

/** Gives the facts of each key of a cache that it is asked for. Leaves order and counters as they are. */
export function factsOf(cache: InspectableCache, recording: Recording | undefined): (key: unknown) => EntryFacts {
  const parts = slotPartsOf(cache);
  if (!parts) return () => ({});
  const { stores, storeOf } = parts;
  return (key) => {
    const store = storeOf(key);
    const slot = store.index.get(key);
    if (!slot) return {};
    const life = recording?.lifeOf(key);
    return {
      writtenAt: life?.writtenAt ?? wallTimeOf(store, slot),
      reads: life?.reads,
      weight: store.weights?.[slot],
      shard: stores.length > 1 ? stores.indexOf(store) : undefined,
      pins: store.pins.get(slot)?.count,
      ttl: store.ttlOf(slot),
      isPersisted: isPersisted(cache, key),
    };
  };
}

function wallTimeOf(store: SlotStore, slot: number): number | undefined {
  const at = writtenAt(store, slot);
  return at === undefined ? undefined : Date.now() - Math.max(0, store.ticker.now() - at);
}

/** The most entries whose order of eviction is read: a policy tells it in one piece. */
const MAX_ORDERED = 20_000;

/** Whether `keysNextToGo` can tell an order. */
export function hasOrder(cache: InspectableCache): boolean {
  if (!slotPartsOf(cache) || cache.size > MAX_ORDERED) return false;
  return (cache.options as { strategy?: string } | undefined)?.strategy !== "random";
}

/** The keys in the order in which the policy would evict them; of several shards by turns, and pinned ones last. */
export function keysNextToGo(cache: InspectableCache): unknown[] {
  const stores = slotPartsOf(cache)?.stores ?? [];
  const ranked = stores.flatMap((store) => {
    const slots = [...store.slots()].filter((slot) => store.find(store.keys[slot]) === slot);
    return slots.map((slot, index) => ({ key: store.keys[slot], left: slots.length - index }));
  });
  // As near as each is to the end of its shard's order: what is last in each is last of all.
  ranked.sort((one, other) => other.left - one.left);
  const pinned = stores.flatMap((store) => [...store.pins.keys()].map((slot) => store.keys[slot]));
  return [...ranked.map(({ key }) => key), ...pinned];
}

function slotPartsOf(cache: InspectableCache | undefined): SlotParts | undefined {
  // A client may have no cache that can be read.
  if (!cache?.parts || !("stores" in cache.parts)) return undefined;
  const found = cache.parts as SlotParts;
  return found.stores.every((store) => "pins" in store && "ttlOf" in store) ? found : undefined;
}
