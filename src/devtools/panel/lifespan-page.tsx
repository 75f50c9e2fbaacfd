/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import type { Stories } from "../stories.ts";
import { Distribution } from "./distribution.tsx";
import { lifetimesOf, MAX_LIFETIMES } from "./lifetimes.ts";
import { useReading } from "./news.ts";

interface LifespanProps {
  source: DevtoolsSource;
  sampler: Sampler;
  stories: Stories;
}

/** How old values were when they left the cache, and why they did. */
export function LifespanPage({ source, sampler, stories }: LifespanProps): JSX.Element {
  const { all, shards } = useReading(sampler, () => lifetimesOf(source.lifespans(), stories.ages.read(MAX_LIFETIMES)));
  const [shard, choose] = useState<number | undefined>(undefined);
  if (all.length === 0) return <NothingLeft keepsTimes={source.keepsTimes} />;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Lifespans">
      <Distribution
        title="Lifespans"
        heading="How old values were when they left"
        note="from the last write of a value to its removal, for the last 1,000 that were not cleared"
        noun="removal"
        verb="lived"
        values={all}
        nothing=""
        {...{ shards, shard, choose }}
      />
    </div>
  );
}

/** An `LruCache` keeps no ages: those that the panel saw are all that there are. */
function NothingLeft({ keepsTimes }: { keepsTimes: boolean }): JSX.Element {
  return (
    <div class="empty">
      <p>
        <b>Nothing left the cache {keepsTimes ? "yet" : "since the recording began"}.</b>
      </p>
      <p>The age of a value shows up here when it is evicted, expires, is replaced or deleted.</p>
    </div>
  );
}
