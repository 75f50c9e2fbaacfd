/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import { Distribution } from "./distribution.tsx";
import type { PageCode } from "./lazy-page.tsx";
import { useReading } from "./news.ts";
import { OperationsCard } from "./operations-card.tsx";
import { ShardChoice } from "./shard-choice.tsx";
import { DISTRIBUTION_STYLE } from "./style-distribution.ts";

interface LatencyProps {
  source: DevtoolsSource;
  sampler: Sampler;
}

/** What loads take, and what single operations take. */
function LatencyPage({ source, sampler }: LatencyProps): JSX.Element {
  const read = (): ReturnType<typeof readLatencies> => readLatencies(source);
  const { latencies, loads } = useReading(sampler, read, "sample").reading;
  const [shard, choose] = useState<number | undefined>(undefined);
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Latency">
      <div class="section-head">
        <h3>Loads</h3>
      </div>
      <p class="note explanation">
        The time from the start of a load to its end, whatever its outcome, for the last 1,000 loads of the whole cache.
      </p>
      {loads.length === 0 ? (
        <p class="card card-empty">
          No load has ended yet. A load is one run of a fetcher, or of the loader of getOrLoad.
        </p>
      ) : (
        <Distribution title="Loads" noun="load" groups={[{ name: "All", values: loads }]} />
      )}
      <div class="section-head">
        <h3>Gets and sets</h3>
        <ShardChoice shardCount={latencies?.shards.length ?? 1} shard={shard} choose={choose} />
      </div>
      <OperationsCard latencies={latencies} shard={shard} />
    </div>
  );
}

function readLatencies(source: DevtoolsSource): {
  latencies: ReturnType<DevtoolsSource["latencies"]>;
  loads: readonly number[];
} {
  return { latencies: source.latencies(), loads: source.loadDurations() };
}

export const latencyPage: PageCode<LatencyProps> = { Page: LatencyPage, style: DISTRIBUTION_STYLE };
