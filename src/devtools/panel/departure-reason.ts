import type { Metrics } from "../../core/index.ts";
import type { DevtoolsSource } from "../source.ts";
import type { Departure } from "../departures.ts";
import { reachedBound } from "./bounds.ts";
import { removalReason } from "./removal-words.ts";

/** Number of a shard, and the most weight of it. */
export interface ShardOfKey {
  readonly index: number;
  readonly maxWeight: number;
}

/** The stores of a cache of this copy of the engine. */
interface Stores {
  readonly stores: readonly { readonly maxWeight: number }[];
  readonly storeOf?: (key: never) => { readonly maxWeight: number };
}

/** The shard of a key; `undefined` where there is one, or none is told. */
export function shardOf(source: DevtoolsSource, key: unknown): ShardOfKey | undefined {
  // What a cache is made of tells less in its type than it has.
  const parts = source.parts() as Stores | undefined;
  const store = parts && parts.stores.length > 1 ? parts.storeOf?.(key as never) : undefined;
  return store && { index: parts!.stores.indexOf(store), maxWeight: store.maxWeight };
}

/** Why an entry has left. By the bounds as they are now: what evicts stays near the one that it has reached. */
export function departureReason(
  { cause }: Pick<Departure, "cause">,
  metrics: Metrics,
  shard: ShardOfKey | undefined,
): string {
  const { options, shards } = metrics;
  const { size, capacity, weight } = (shard && shards[shard.index]) ?? metrics;
  const maxWeight = shard?.maxWeight ?? options.maxWeight;
  const bound = reachedBound({ used: size, most: capacity }, { used: weight, most: maxWeight });
  if (cause === "replaced") return "replaced by a newer value, which was too heavy to be stored";
  return removalReason(cause, {
    ...options,
    shardCount: shards.length,
    shard: shard && { ...shard, capacity },
    bound,
  });
}
