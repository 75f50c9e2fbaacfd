/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Latencies } from "../../core/index.ts";
import type { LoadLog, LoggedLoad } from "../load-log.ts";
import type { Recording } from "../recording.ts";
import { type DevtoolsSource, keyLabel } from "../source.ts";
import { Distribution, type ValueTable } from "./distribution.tsx";
import { clockTime, fineDuration } from "./format.ts";
import type { Timed } from "./lifetimes.ts";
import { useReading } from "./news.ts";
import { OperationsCard } from "./operations-card.tsx";
import { SelfTestCard } from "./self-test-card.tsx";

interface LatencyProps {
  recording: Recording;
}

/** What loads take, and what single operations take. */
export function LatencyPage({ recording }: LatencyProps): JSX.Element {
  const { source, sampler } = recording;
  const { latencies, loads, shards, logged } = useReading(sampler, () => read(source, recording.loads));
  const [shard, choose] = useState<number | undefined>(undefined);
  const { metrics } = sampler;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Latency">
      <Distribution
        title="Loads"
        heading="Loads"
        note="from start to end, whatever the outcome"
        noun="load"
        verb="took"
        values={loads}
        nothing="No load has ended yet. A load is one run of a fetcher, or of the loader of getOrLoad."
        // The log does not know shards.
        table={logged.length > 0 ? loadTable(logged) : undefined}
        {...{ shards, shard, choose }}
      />
      <OperationsCard latencies={latencies} isTimed={source.keepsTimes} shard={shard} />
      {metrics && <SelfTestCard source={source} options={metrics.options} />}
    </div>
  );
}

interface Reading {
  latencies: Latencies | null;
  loads: readonly Timed[];
  /** Empty where the cache does not tell. */
  shards: readonly (readonly Timed[])[];
  /** What was logged of them, the latest first. */
  logged: readonly EndedLoad[];
}

type EndedLoad = LoggedLoad & { readonly end: number };

/** Durations of a cache that keeps none are those of the log. */
function read(source: DevtoolsSource, log: LoadLog | undefined): Reading {
  const logged = (log?.loads ?? []).filter(isEnded).reverse();
  const loads = source.keepsTimes ? source.loadDurations() : logged.map(durationOf).reverse();
  const shards = source.loadDurationsByShard().map(timed);
  return { latencies: source.latencies(), loads: timed(loads), shards, logged };
}

function timed(durations: readonly number[]): Timed[] {
  return durations.map((age) => ({ age }));
}

function isEnded(load: LoggedLoad): load is EndedLoad {
  return load.end !== undefined && load.outcome !== "unseen";
}

function durationOf({ start, end }: EndedLoad): number {
  return end - start;
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
