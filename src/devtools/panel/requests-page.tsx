/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import { MAX_SAMPLED_SHARDS, type Sample, type Sampler, sampleOfShard } from "../sampler.ts";
import { Chart } from "./chart.tsx";
import { fittingSpan, ratioData, recent, removalData, requestData } from "./chart-data.ts";
import { Figures } from "./figures.tsx";
import { useSamples } from "./news.ts";
import { Segments } from "./segments.tsx";
import { ShardChoice } from "./shard-choice.tsx";

/** Ms that the charts can span. */
const SPANS: readonly [number, string][] = [
  [120_000, "2 min"],
  [600_000, "10 min"],
];

interface RequestsProps {
  sampler: Sampler;
  /** Leads to the loads, and to the keys that fail most. */
  showFailed: () => void;
}

/** What the cache was asked, what it answered, and what left it. */
export function RequestsPage({ sampler, showFailed }: RequestsProps): JSX.Element {
  useSamples(sampler);
  const [span, setSpan] = useState(120_000);
  const [shard, choose] = useState<number | undefined>(undefined);
  const { metrics } = sampler;
  // The first sample is taken when the panel starts to look, which is before it renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  const samples = recent(sampler.samples, span);
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Counters and charts">
      <Figures
        metrics={shard === undefined ? metrics : metricsOfShard(metrics, shard)}
        loadsOf={shard === undefined ? "" : ", all shards"}
        showFailed={showFailed}
      />
      <div class="section-head">
        <h3>Over time</h3>
        <span class="note">since the recording began</span>
        <span class="section-controls">
          <ShardChoice shardCount={metrics.shards.length} most={MAX_SAMPLED_SHARDS} shard={shard} choose={choose} />
          <Segments label="Time shown" choices={SPANS} chosen={span} choose={setSpan} />
        </span>
      </div>
      <Charts samples={shard === undefined ? samples : samples.map((each) => sampleOfShard(each, shard))} most={span} />
    </div>
  );
}

/** The figures of a shard in the place of those of the cache; only loads have none of their own. */
function metricsOfShard(metrics: Metrics, shard: number): Metrics {
  const part = metrics.shards[shard];
  if (!part) return metrics;
  // Its part of a bound on weight is not told.
  const options = { ...metrics.options, maxCacheSize: part.capacity, maxWeight: Infinity };
  return { ...metrics, ...part, options };
}

function Charts({ samples, most }: { samples: readonly Sample[]; most: number }): JSX.Element {
  const span = fittingSpan(samples, most);
  return (
    <div class="charts">
      <Chart
        title="Hit ratio"
        note="of the last 10 seconds"
        nothing="No reads in this time"
        data={ratioData(samples)}
        span={span}
        kind="ratio"
      />
      <Chart
        title="Reads"
        note="a second"
        nothing="No reads in this time"
        data={requestData(samples)}
        span={span}
        kind="counts"
      />
      <Chart
        title="Values that left"
        note="a second, by cause"
        nothing="Nothing left in this time"
        data={removalData(samples)}
        span={span}
        kind="counts"
      />
    </div>
  );
}
