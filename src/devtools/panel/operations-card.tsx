/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Latencies, Latency, OperationLatencies } from "../../core/index.ts";
import { DataTable } from "./data-table.tsx";
import { count, fineDuration, plural } from "./format.ts";
import { MAX_SHARDS, shardName } from "./shard-choice.tsx";

const COLUMNS: readonly string[] = ["Operation", "Mean and its error", "Shortest", "Longest", "Samples"];

interface OperationsProps {
  latencies: Latencies | null;
  /** Whether the cache times operations: an `LruCache` does not. */
  isTimed: boolean;
  shard: number | undefined;
}

/** What single gets and sets take, as far as a browser can tell; one line until something is known. */
export function OperationsCard({ latencies, isTimed, shard }: OperationsProps): JSX.Element {
  if (!latencies) {
    return (
      <p class="note explanation">
        {isTimed
          ? "Single gets and sets: a mean is shown after some 25,000 of either. One in a few hundred is timed."
          : "Single gets and sets are timed by a Cache, and not by an LruCache, which a client has by default."}
      </p>
    );
  }
  return (
    <section class="card operations" aria-label="Single operations">
      <header class="card-head">
        <h3>Single operations</h3>
        <span class="note">
          {clockWords(latencies.resolution)}, so that most samples read 0; the mean of many is right all the same
        </span>
      </header>
      <DataTable label="Single operations" columns={COLUMNS} rows={rowsOf(latencies, shard)} tall />
      <Unsampled latencies={latencies} shard={shard} />
    </section>
  );
}

/** What is said once instead of in a row for each shard. */
function Unsampled({ latencies, shard }: { latencies: Latencies; shard: number | undefined }): JSX.Element | null {
  const without = latencies.shards.filter((each) => !isSampled(each)).length;
  if (shard !== undefined || latencies.shards.length < 2 || without === 0) return null;
  return <p class="note explanation">{plural(without, "shard")} without a row: fewer than 100 samples yet.</p>;
}

function isSampled({ get, set }: OperationLatencies): boolean {
  return get !== null || set !== null;
}

function clockWords(resolution: number): string {
  return resolution === 0 ? "the clock was not seen to move" : `the clock steps by ${fineDuration(resolution)}`;
}

function rowsOf(latencies: Latencies, shard: number | undefined): ComponentChildren[][] {
  if (shard !== undefined) return operationRows(latencies.shards[shard], `, ${shardName(shard).toLowerCase()}`);
  const shards = latencies.shards.length > 1 ? latencies.shards.slice(0, MAX_SHARDS) : [];
  return [
    ...operationRows(latencies, ""),
    ...shards.flatMap((each, index) =>
      isSampled(each) ? operationRows(each, `, ${shardName(index).toLowerCase()}`) : [],
    ),
  ];
}

function operationRows(latencies: OperationLatencies | undefined, suffix: string): ComponentChildren[][] {
  return [latencyRow(`get${suffix}`, latencies?.get), latencyRow(`set${suffix}`, latencies?.set)];
}

function latencyRow(name: string, latency: Latency | null | undefined): ComponentChildren[] {
  if (!latency) return [name, "–", "–", "–", "fewer than 100"];
  const { mean, error, min, max } = latency;
  return [
    name,
    `${fineDuration(mean)} ± ${fineDuration(error)}`,
    fineDuration(min),
    fineDuration(max),
    count(latency.count),
  ];
}
