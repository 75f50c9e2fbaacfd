/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import { balanceOf, fullShards, fullWords, type Measure, shardVerdict } from "./balance.ts";
import { ChartCard } from "./chart-card.tsx";
import { share } from "./figures.tsx";
import { axisNumber, count } from "./format.ts";
import { Segments } from "./segments.tsx";
import { MAX_SHARDS } from "./shard-choice.tsx";
import { ShardData } from "./shard-table.tsx";

/** Bars that still have room for a number above them, and for one below. */
const MAX_NUMBERED = 16;
const MAX_NAMED = 32;

const MEASURES: readonly [Measure, string][] = [
  ["reads", "Reads"],
  ["entries", "Entries"],
];

/** How evenly the shards are used, and whether that matters. */
export function BalanceCard({ metrics }: { metrics: Metrics }): JSX.Element {
  const [measure, choose] = useState<Measure>("reads");
  const balance = balanceOf(metrics, measure);
  const { verdict, reason, isWarning } = shardVerdict(metrics);
  const full = fullShards(metrics);
  const isFull = new Set(full.map(({ index }) => index));
  const shown = balance.values.slice(0, MAX_SHARDS).map((value, shard) => ({ value, shard }));
  const top = Math.max(1, ...balance.values);
  const spread = `${Math.round(100 * balance.spread)}%`;
  const words = `${count(shown.length)} shards with ${count(balance.mean)} ${measure} each on average, spread over ${spread} of that. Shard ${balance.hottest} has most: ${count(top)}.`;
  return (
    <ChartCard
      title="Shards"
      note={`spread ${spread} of the mean`}
      controls={<Segments label="Compare by" choices={MEASURES} chosen={measure} choose={choose} />}
      table={<ShardData metrics={metrics} />}
      below={
        <p class="hint">
          <b class={isWarning ? "heavy" : ""}>{verdict}</b> {reason}
          {full.length > 0 && full.length < shown.length && ` ${fullWords(full)}.`}
          {full.length > 0 &&
            full.length === shown.length &&
            full.some(({ bound }) => bound === "weight") &&
            " All are full, some by weight."}
        </p>
      }
    >
      <div class="shard-bars" role="img" aria-label={`Shards: ${words}`}>
        {shown.map(({ value, shard }) => (
          <span key={shard} class={shard === balance.hottest && balance.spread > 0 ? "shard-bar hot" : "shard-bar"}>
            {shown.length <= MAX_NUMBERED && <b>{axisNumber(value)}</b>}
            <i style={{ height: share(value, top) }} />
            {shown.length <= MAX_NAMED && (
              <span>
                {shard}
                {isFull.has(shard) && full.length < shown.length ? " full" : ""}
              </span>
            )}
          </span>
        ))}
      </div>
    </ChartCard>
  );
}
