/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Latencies } from "../../core/index.ts";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import { Distribution } from "./distribution.tsx";
import { groupsOf } from "./groups.ts";
import type { PageCode } from "./lazy-page.tsx";
import { useReading } from "./news.ts";
import { NotKept } from "./not-kept.tsx";
import { OperationsCard } from "./operations-card.tsx";
import { SelfTestCard } from "./self-test-card.tsx";
import { ShardChoice } from "./shard-choice.tsx";
import { DISTRIBUTION_STYLE } from "./style-distribution.ts";

interface LatencyProps {
  source: DevtoolsSource;
  sampler: Sampler;
}

/** What loads take, and what single operations take. */
function LatencyPage({ source, sampler }: LatencyProps): JSX.Element {
  const reading = useReading(sampler, () => read(source));
  const [shard, choose] = useState<number | undefined>(undefined);
  const { metrics } = sampler;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Latency">
      {source.keepsTimes ? (
        <>
          <div class="section-head">
            <h3>Loads</h3>
            <p class="note">from the start of a load to its end, whatever its outcome, for the last 1,000</p>
            <ShardChoice shardCount={metrics?.shards.length ?? 1} shard={shard} choose={choose} />
          </div>
          <Loads {...reading} shard={shard} />
          <div class="section-head">
            <h3>Gets and sets</h3>
          </div>
          <OperationsCard latencies={reading.latencies} shard={shard} />
        </>
      ) : (
        <NotKept what="latencies" />
      )}
      {metrics && <SelfTestCard source={source} options={metrics.options} />}
    </div>
  );
}

interface Reading {
  latencies: Latencies | null;
  loads: readonly number[];
  /** Empty where the cache does not tell. */
  shards: readonly (readonly number[])[];
}

function read(source: DevtoolsSource): Reading {
  return { latencies: source.latencies(), loads: source.loadDurations(), shards: source.loadDurationsByShard() };
}

function Loads({ loads, shards, shard }: Reading & { shard: number | undefined }): JSX.Element {
  const groups = groupsOf(loads, shards, shard);
  if (groups[0].values.length > 0) return <Distribution title="Loads" noun="load" verb="took" groups={groups} />;
  return (
    <p class="card card-empty">
      {loads.length > 0 ? "No load of this shard is among them." : "No load has ended yet."} A load is one run of a
      fetcher, or of the loader of getOrLoad.
    </p>
  );
}

export const latencyPage: PageCode<LatencyProps> = { Page: LatencyPage, style: DISTRIBUTION_STYLE };
