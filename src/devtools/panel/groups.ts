import type { Group } from "./box-plot-card.tsx";
import { shardName } from "./shard-choice.tsx";

/** All values and those of each shard, as groups to compare; or those of the chosen shard alone. */
export function groupsOf(
  all: readonly number[],
  shards: readonly (readonly number[])[],
  shard: number | undefined,
): [Group, ...Group[]] {
  if (shard !== undefined) return [{ name: shardName(shard), values: shards[shard] ?? [] }];
  const parts = shards.map((values, index) => ({ name: shardName(index), values }));
  return [{ name: "All", values: all }, ...(parts.length > 1 ? parts : [])];
}
