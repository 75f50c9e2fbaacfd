/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Latencies } from "../../core/index.ts";
import type { LoadLog, LoggedLoad } from "../load-log.ts";
import type { Recording } from "../recording.ts";
import { type DevtoolsSource, keyLabel } from "../source.ts";
import { Distribution, type ValueTable } from "./distribution.tsx";
import { clockTime, fineDuration } from "./format.ts";
import { groupsOf } from "./groups.ts";
import type { PageCode } from "./lazy-page.tsx";
import { useReading } from "./news.ts";
import { OperationsCard } from "./operations-card.tsx";
import { SelfTestCard } from "./self-test-card.tsx";
import { ShardChoice } from "./shard-choice.tsx";
import { DISTRIBUTION_STYLE } from "./style-distribution.ts";

interface LatencyProps {
  recording: Recording;
}

/** What loads take, and what single operations take. */
function LatencyPage({ recording }: LatencyProps): JSX.Element {
  const { source, sampler } = recording;
  const reading = useReading(sampler, () => read(source, recording.loads));
  const [shard, choose] = useState<number | undefined>(undefined);
  const { metrics } = sampler;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Latency">
      <div class="section-head">
        <h3>Loads</h3>
        <p class="note">from start to end, whatever the outcome</p>
        {source.keepsTimes && <ShardChoice shardCount={metrics?.shards.length ?? 1} shard={shard} choose={choose} />}
      </div>
      <Loads {...reading} shard={shard} />
      <OperationsCard latencies={reading.latencies} isTimed={source.keepsTimes} shard={shard} />
      {metrics && <SelfTestCard source={source} options={metrics.options} />}
    </div>
  );
}

interface Reading {
  latencies: Latencies | null;
  loads: readonly number[];
  /** Empty where the cache does not tell. */
  shards: readonly (readonly number[])[];
  /** What was logged of them, the latest first. */
  logged: readonly EndedLoad[];
}

type EndedLoad = LoggedLoad & { readonly end: number };

/** Durations of a cache that keeps none are those of the log. */
function read(source: DevtoolsSource, log: LoadLog | undefined): Reading {
  const logged = (log?.loads ?? []).filter(isEnded).reverse();
  const loads = source.keepsTimes ? source.loadDurations() : logged.map(durationOf).reverse();
  return { latencies: source.latencies(), loads, shards: source.loadDurationsByShard(), logged };
}

function isEnded(load: LoggedLoad): load is EndedLoad {
  return load.end !== undefined && load.outcome !== "unseen";
}

function durationOf({ start, end }: EndedLoad): number {
  return end - start;
}

function Loads({ loads, shards, logged, shard }: Reading & { shard: number | undefined }): JSX.Element {
  const groups = groupsOf(loads, shards, shard);
  // The log does not know shards.
  const table = shard === undefined && logged.length > 0 ? loadTable(logged) : undefined;
  if (groups[0].values.length > 0)
    return <Distribution title="Loads" noun="load" verb="took" groups={groups} table={table} />;
  return (
    <p class="note">
      {loads.length > 0 ? "No load of this shard is among them." : "No load has ended yet."} A load is one run of a
      fetcher, or of the loader of getOrLoad.
    </p>
  );
}

function loadTable(logged: readonly EndedLoad[]): ValueTable {
  const rows = (): ReturnType<ValueTable["rows"]> =>
    logged.map((load) => [
      <code key="key">{keyLabel(load.key)}</code>,
      load.outcome,
      fineDuration(durationOf(load)),
      clockTime(load.end),
    ]);
  return { columns: ["Key", "Outcome", "Duration", "Ended"], count: logged.length, rows };
}

export const latencyPage: PageCode<LatencyProps> = { Page: LatencyPage, style: DISTRIBUTION_STYLE };
