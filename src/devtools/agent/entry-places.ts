// All keys of a cache from any place on, so that a tool can read a million of them in many short answers.
import type { DevtoolsTarget, InspectableCache } from "../source.ts";
import { cacheOf, isClient } from "../source.ts";
import { clientHashes } from "./client-queries.ts";

/**
 * Where a walk goes on: a shard and a slot of it from 1, or behind the shards, a position among what is not stored. An
 * entry keeps its slot for as long as it is there, so that each one that stays is met once, whatever comes and goes.
 */
export type Cursor = readonly [part: number, position: number];

/** A key, and where the walk goes on behind it. */
export interface KeyPlace {
  readonly id: unknown;
  readonly next: Cursor;
}

/** The columns of a store of this copy of the engine, or of one like it. */
interface Columns {
  readonly keys: readonly unknown[];
  readonly lastUsed: number;
  find(key: unknown): number;
}

/** Slots between two chances of a pause. */
const STEP = 32;

/** The keys from a place on; `undefined` is a chance of a pause. */
export function* keysFrom(target: DevtoolsTarget, from: Cursor): Generator<KeyPlace | undefined, void> {
  const stores = columnsOf(cacheOf(target));
  if (!stores) return yield* skipped(isClient(target) ? clientHashes(target) : target.keys(), from[1], 0);
  for (let part = from[0]; part < stores.length; part++) {
    yield* storedFrom(stores[part]!, part, part === from[0] ? from[1] : 1);
  }
  if (!isClient(target)) return;
  // Stored ones are behind it already.
  const others = clientHashes(target, "not stored");
  yield* skipped(others, from[0] >= stores.length ? from[1] : 0, stores.length);
}

function* storedFrom(store: Columns, part: number, first: number): Generator<KeyPlace | undefined, void> {
  for (let slot = Math.max(1, first); slot <= store.lastUsed; slot++) {
    if (slot % STEP === 0) yield undefined;
    const id = store.keys[slot];
    // A free slot, or what has expired.
    if (store.find(id) === slot) yield { id, next: [part, slot + 1] };
  }
}

/** Without slots, places are counted: a key that leaves meanwhile moves those behind it. */
function* skipped(keys: Iterable<unknown>, from: number, part: number): Generator<KeyPlace | undefined, void> {
  let position = 0;
  for (const id of keys) {
    if (++position % STEP === 0) yield undefined;
    if (position > from) yield { id, next: [part, position] };
  }
}

function columnsOf(cache: InspectableCache): readonly Columns[] | undefined {
  const { stores } = (cache.parts ?? {}) as { stores?: readonly Columns[] };
  return stores?.every((store) => "lastUsed" in store && "find" in store) ? stores : undefined;
}
