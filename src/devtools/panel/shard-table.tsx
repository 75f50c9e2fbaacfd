/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import { shardWeight } from "./balance.ts";
import { DataTable } from "./data-table.tsx";
import { share } from "./figures.tsx";
import { count, percent } from "./format.ts";
import { MAX_SHARDS } from "./shard-choice.tsx";

const COLUMNS: readonly string[] = ["Shard", "Size", "Capacity", "Full", "Hits", "Misses", "Hit ratio", "Evicted"];
const WEIGHT_COLUMNS: readonly string[] = ["Weight", "Most weight"];
const FILTER_COLUMNS: readonly string[] = ["Rejected", "False positives"];

/** What each shard holds and was asked. */
export function ShardTable({ metrics }: { metrics: Metrics }): JSX.Element {
  const { length } = metrics.shards;
  return (
    <section class="card shards" aria-label="Shards">
      <header class="card-head">
        <h3>Shards</h3>
        <span class="note">
          {length > MAX_SHARDS ? `the first ${count(MAX_SHARDS)} of ${count(length)}` : "numbered as in metrics.shards"}
        </span>
      </header>
      <ShardData metrics={metrics} />
    </section>
  );
}

export function ShardData({ metrics }: { metrics: Metrics }): JSX.Element {
  const { options, shards } = metrics;
  const columns = [
    ...COLUMNS,
    ...(options.maxWeight < Infinity ? WEIGHT_COLUMNS : []),
    ...(options.filter === null ? [] : FILTER_COLUMNS),
  ];
  const rows = shards.slice(0, MAX_SHARDS).map((_, index) => cells(metrics, index));
  return <DataTable label="Shards" columns={columns} rows={rows} tall />;
}

function cells({ options, shards }: Metrics, index: number): ComponentChildren[] {
  const shard = shards[index]!;
  const { size, capacity, weight } = shard;
  const most = shardWeight(options, index);
  return [
    index,
    count(size),
    count(capacity),
    // By the bound that is nearer to be reached.
    <Fullness key="full" part={Math.max(size / capacity, weight / most)} />,
    count(shard.hits),
    count(shard.misses),
    percent(shard.hitRatio),
    count(shard.removals.evicted),
    ...(most < Infinity ? [count(weight), count(most)] : []),
    ...(options.filter === null ? [] : [count(shard.filterRejections), count(shard.falsePositives)]),
  ];
}

function Fullness({ part }: { part: number }): JSX.Element {
  return (
    <span class="full">
      <span class="bar" aria-hidden="true">
        <i style={{ width: share(Math.min(1, part), 1), background: "var(--accent)" }} />
      </span>
      <span>{percent(part)}</span>
    </span>
  );
}
