/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import { Distribution } from "./distribution.tsx";
import { groupsOf } from "./groups.ts";
import type { PageCode } from "./lazy-page.tsx";
import { useReading } from "./news.ts";
import { NotKept } from "./not-kept.tsx";
import { ShardChoice } from "./shard-choice.tsx";
import { DISTRIBUTION_STYLE } from "./style-distribution.ts";

interface LifespanProps {
  source: DevtoolsSource;
  sampler: Sampler;
}

/** How old values were when they left the cache. */
function LifespanPage({ source, sampler }: LifespanProps): JSX.Element {
  const lifespans = useReading(sampler, () => source.lifespans());
  const [shard, choose] = useState<number | undefined>(undefined);
  if (!source.keepsTimes) return <NotKept what="lifespans" />;
  if (!lifespans) return <NothingLeft />;
  const parts = lifespans.shards.map((each) => each?.values ?? []);
  const groups = groupsOf(lifespans.values, parts, shard);
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Lifespans">
      <div class="section-head">
        <h3>How old values were when they left</h3>
        <p class="note">from the last write of a value to its removal, for the last 1,000 that were not cleared</p>
        <ShardChoice shardCount={lifespans.shards.length} shard={shard} choose={choose} />
      </div>
      <Distribution title="Lifespans" noun="removal" groups={groups} />
    </div>
  );
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
