/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Metrics, ShardMetrics } from "../../core/index.ts";
import { DataTable } from "./data-table.tsx";
import { share } from "./figures.tsx";
import { count, percent } from "./format.ts";
import { MAX_SHARDS } from "./shard-choice.tsx";

const COLUMNS: readonly string[] = ["Shard", "Size", "Capacity", "Full", "Hits", "Misses", "Hit ratio", "Evicted"];
const FILTER_COLUMNS: readonly string[] = ["Rejected", "False positives"];

/** What each shard holds and was asked. */
export function ShardTable({ metrics }: { metrics: Metrics }): JSX.Element {
  const { shards, options } = metrics;
  const isFiltered = options.filter !== null;
  const shown = shards.slice(0, MAX_SHARDS);
  const columns = [...COLUMNS, ...(isFiltered ? FILTER_COLUMNS : [])];
  return (
    <section class="card shards" aria-label="Shards">
      <header class="card-head">
        <h3>Shards</h3>
        <span class="note">
          {shards.length > shown.length
            ? `the first ${count(shown.length)} of ${count(shards.length)}`
            : "numbered as in metrics.shards"}
        </span>
      </header>
      <DataTable
        label="Shards"
        columns={columns}
        rows={shown.map((shard, index) => cells(shard, index, isFiltered))}
        tall
      />
    </section>
  );
}

function cells(shard: ShardMetrics, index: number, isFiltered: boolean): ComponentChildren[] {
  return [
    index,
    count(shard.size),
    count(shard.capacity),
    <Fullness key="full" shard={shard} />,
    count(shard.hits),
    count(shard.misses),
    percent(shard.hitRatio),
    count(shard.removals.evicted),
    ...(isFiltered ? [count(shard.filterRejections), count(shard.falsePositives)] : []),
  ];
}

function Fullness({ shard: { size, capacity } }: { shard: ShardMetrics }): JSX.Element {
  return (
    <span class="full">
      <span class="bar" aria-hidden="true">
        <i style={{ width: share(Math.min(size, capacity), capacity), background: "var(--accent)" }} />
      </span>
      <span>{percent(size / capacity)}</span>
    </span>
  );
}
