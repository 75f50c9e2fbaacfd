/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import { MAX_SAMPLED_SHARDS, type Sample, type Sampler, sampleOfShard } from "../sampler.ts";
import { CAUSES } from "../stories.ts";
import { CauseBar } from "./cause-bar.tsx";
import { Chart } from "./chart.tsx";
import { fittingSpan, ratioData, recent, removalData, requestData } from "./chart-data.ts";
import { Figures } from "./figures.tsx";
import { axisNumber, count, percent } from "./format.ts";
import type { PageCode } from "./lazy-page.tsx";
import { useSamples } from "./news.ts";
import { ShardChoice } from "./shard-choice.tsx";
import { STATISTICS_STYLE } from "./style-statistics.ts";

const SPANS: readonly { ms: number; label: string }[] = [
  { ms: 120_000, label: "2 min" },
  { ms: 600_000, label: "10 min" },
];

interface RequestsProps {
  sampler: Sampler;
}

/** What the cache was asked, what it answered, and what left it. */
function RequestsPage({ sampler }: RequestsProps): JSX.Element {
  useSamples(sampler);
  const [span, setSpan] = useState(120_000);
  const [shard, choose] = useState<number | undefined>(undefined);
  const { metrics } = sampler;
  // The first sample is taken when the panel starts to look, which is before it renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  const shown = shard === undefined ? metrics : metricsOfShard(metrics, shard);
  const samples = recent(sampler.samples, span);
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Counters and charts">
      <div class="columns">
        <div class="column">
          <ShardChoice shardCount={metrics.shards.length} most={MAX_SAMPLED_SHARDS} shard={shard} choose={choose} />
          <Figures metrics={shown} loadsOf={shard === undefined ? "" : ", all shards"} />
          <div class="over-time">
            <SpanChoice span={span} choose={setSpan} />
            <Charts
              samples={shard === undefined ? samples : samples.map((each) => sampleOfShard(each, shard))}
              chosen={span}
            />
          </div>
        </div>
        <CauseCard metrics={shown} />
      </div>
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

/** What left, by cause. The Overview says which keys. */
function CauseCard({ metrics }: { metrics: Metrics }): JSX.Element {
  const total = CAUSES.reduce((sum, cause) => sum + metrics.removals[cause], 0);
  return (
    <section class="card" aria-label="Removals">
      <header class="card-head">
        <h3>Removals</h3>
        <span class="note">{count(total)} in all</span>
      </header>
      {total > 0 ? <CauseBar removals={metrics.removals} total={total} /> : <p class="card-empty">Nothing has left.</p>}
    </section>
  );
}

function SpanChoice({ span, choose }: { span: number; choose: (ms: number) => void }): JSX.Element {
  return (
    <div class="section-head">
      <h3>Over time</h3>
      <span class="note">since the recording began</span>
      <div class="segments" role="group" aria-label="Time shown">
        {SPANS.map(({ ms, label }) => (
          <button key={ms} type="button" class="segment" aria-pressed={ms === span} onClick={() => choose(ms)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function Charts({ samples, chosen }: { samples: readonly Sample[]; chosen: number }): JSX.Element {
  const span = fittingSpan(samples, chosen);
  const rate = (value: number | null): string => (value === null ? "–" : axisNumber(value));
  return (
    <div class="charts">
      <Chart
        title="Hit ratio"
        note="of the last 10 seconds"
        nothing="No lookups in this time"
        data={ratioData(samples)}
        span={span}
        kind="line"
        top={1}
        format={percent}
      />
      <Chart
        title="Requests"
        note="a second"
        nothing="No lookups in this time"
        data={requestData(samples)}
        span={span}
        kind="stack"
        format={rate}
      />
      <Chart
        title="Removals over time"
        note="a second, by cause"
        nothing="Nothing left in this time"
        data={removalData(samples)}
        span={span}
        kind="stack"
        format={rate}
      />
    </div>
  );
}

export const requestsPage: PageCode<RequestsProps> = { Page: RequestsPage, style: STATISTICS_STYLE };
