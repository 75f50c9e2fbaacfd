/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import { MAX_SAMPLED_SHARDS, type Sample, type Sampler, sampleOfShard } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import { Chart } from "./chart.tsx";
import { fittingSpan, ratioData, recent, removalData, requestData } from "./chart-data.ts";
import { Figures } from "./figures.tsx";
import { axisNumber, percent } from "./format.ts";
import { useSamples } from "./news.ts";
import { RemovalsCard } from "./removals-card.tsx";
import { ShardChoice } from "./shard-choice.tsx";

const SPANS: readonly { ms: number; label: string }[] = [
  { ms: 120_000, label: "2 min" },
  { ms: 600_000, label: "10 min" },
];

/** What the cache was asked, what it answered, and what left it. */
export function RequestsPage({ source, sampler }: { source: DevtoolsSource; sampler: Sampler }): JSX.Element {
  useSamples(sampler);
  const [span, setSpan] = useState(120_000);
  const [shard, choose] = useState<number | undefined>(undefined);
  const { metrics } = sampler;
  // The first sample is taken when the panel starts to look, which is before it renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  if (wasNeverUsed(metrics)) return <NothingAsked kind={source.kind} />;
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
        <RemovalsCard log={sampler.log} metrics={shown} listed={shard === undefined ? "" : "of all shards, "} />
      </div>
    </div>
  );
}

function wasNeverUsed({ gets, sets, loads }: Metrics): boolean {
  return gets + sets + loads.started === 0;
}

/** The figures of a shard in the place of those of the cache; only loads have none of their own. */
function metricsOfShard(metrics: Metrics, shard: number): Metrics {
  const part = metrics.shards[shard];
  if (!part) return metrics;
  // Its part of a bound on weight is not told.
  const options = { ...metrics.options, maxCacheSize: part.capacity, maxWeight: Infinity };
  return { ...metrics, ...part, options };
}

function NothingAsked({ kind }: Pick<DevtoolsSource, "kind">): JSX.Element {
  const example = kind === "cache" ? 'cache.get("answer")' : 'useCachedQuery(["todos"], fetchTodos)';
  return (
    <div class="empty">
      <p>
        <b>The cache was not asked for anything yet.</b>
      </p>
      <p>Hits, misses and what leaves show up here with the first request, for example by</p>
      <code>{example}</code>
    </div>
  );
}

function SpanChoice({ span, choose }: { span: number; choose: (ms: number) => void }): JSX.Element {
  return (
    <div class="section-head">
      <h3>Over time</h3>
      <span class="note">while this panel is open</span>
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
