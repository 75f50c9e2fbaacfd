/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Lifespans } from "../../core/index.ts";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import type { Group } from "./box-plot-card.tsx";
import { Distribution } from "./distribution.tsx";
import type { PageCode } from "./lazy-page.tsx";
import { useReading } from "./news.ts";
import { ShardChoice, shardName } from "./shard-choice.tsx";
import { DISTRIBUTION_STYLE } from "./style-distribution.ts";

interface LifespanProps {
  source: DevtoolsSource;
  sampler: Sampler;
}

/** How old values were when they left the cache. */
function LifespanPage({ source, sampler }: LifespanProps): JSX.Element {
  const { reading: lifespans } = useReading(sampler, () => source.lifespans(), "sample");
  const [shard, choose] = useState<number | undefined>(undefined);
  if (!lifespans) return <NothingLeft />;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Lifespans">
      <div class="section-head">
        <h3>How old values were when they left</h3>
        <ShardChoice shardCount={lifespans.shards.length} shard={shard} choose={choose} />
      </div>
      <p class="note explanation">
        The time from the last write of a value to its removal, for the last 1,000 removals of any cause but cleared.
      </p>
      <Distribution title="Lifespans" noun="removal" groups={groupsOf(lifespans, shard)} />
    </div>
  );
}

function groupsOf({ values, shards }: Lifespans, shard: number | undefined): [Group, ...Group[]] {
  if (shard !== undefined) return [{ name: shardName(shard), values: shards[shard]?.values ?? [] }];
  const parts = shards.map((part, index) => ({ name: shardName(index), values: part?.values ?? [] }));
  return [{ name: "All", values }, ...(parts.length > 1 ? parts : [])];
}

function NothingLeft(): JSX.Element {
  return (
    <div class="empty">
      <p>
        <b>Nothing left the cache yet.</b>
      </p>
      <p>The age of a value shows up here when it is evicted, expires, is replaced or deleted.</p>
    </div>
  );
}

export const lifespanPage: PageCode<LifespanProps> = { Page: LifespanPage, style: DISTRIBUTION_STYLE };
