/** @jsxImportSource preact */
import type { JSX } from "preact";
import { Select } from "./select.tsx";

/** The most rows and choices for shards. */
export const MAX_SHARDS = 256;

interface ShardChoiceProps {
  shardCount: number;
  /** The most shards to choose from. */
  most?: number;
  /** `undefined` is all of them. */
  shard: number | undefined;
  choose: (shard: number | undefined) => void;
}

/** All shards, or one. Nothing to choose where there is only one. */
export function ShardChoice({ shardCount, most = MAX_SHARDS, shard, choose }: ShardChoiceProps): JSX.Element | null {
  if (shardCount < 2) return null;
  const all = shardCount > most ? `All shards (${most} to choose)` : "All shards";
  const shards = Array.from({ length: Math.min(shardCount, most) }, (_, index) => [index, shardName(index)] as const);
  return (
    <Select<number | undefined> label="Shards" chosen={shard} options={[[undefined, all], ...shards]} choose={choose} />
  );
}

/** By the index in `metrics.shards`. */
export function shardName(index: number): string {
  return `Shard ${index}`;
}
