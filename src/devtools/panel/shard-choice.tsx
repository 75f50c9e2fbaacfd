/** @jsxImportSource preact */
import type { JSX, TargetedEvent } from "preact";

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
  const onChange = (event: TargetedEvent<HTMLSelectElement>): void => {
    const { value } = event.currentTarget;
    choose(value === "" ? undefined : Number(value));
  };
  return (
    <select class="select" aria-label="Shards" value={shard ?? ""} onChange={onChange}>
      <option value="">{shardCount > most ? `All shards (${most} to choose)` : "All shards"}</option>
      {Array.from({ length: Math.min(shardCount, most) }, (_, index) => (
        <option key={index} value={index}>
          {shardName(index)}
        </option>
      ))}
    </select>
  );
}

/** By the index in `metrics.shards`. */
export function shardName(index: number): string {
  return `Shard ${index}`;
}
