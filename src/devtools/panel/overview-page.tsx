/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import type { Recording } from "../recording.ts";
import type { DevtoolsSource } from "../source.ts";
import { LeftCard } from "./left-card.tsx";
import { useSamples } from "./news.ts";
import { RatioCard } from "./ratio-card.tsx";

/** Why the hit ratio is what it is, what left, and what to change. */
export function OverviewPage({ recording }: { recording: Recording }): JSX.Element {
  const { source, sampler, stories } = recording;
  useSamples(sampler);
  const { metrics } = sampler;
  // The first sample is taken when the recording starts, which is before the panel renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  if (wasNeverUsed(metrics)) return <NothingAsked kind={source.kind} />;
  return (
    <div class="overview" tabIndex={0} role="region" aria-label="Overview">
      <div class="cards">
        <RatioCard sampler={sampler}>{undefined}</RatioCard>
        <LeftCard stories={stories} />
      </div>
    </div>
  );
}

function wasNeverUsed({ gets, sets, loads }: Metrics): boolean {
  return gets + sets + loads.started === 0;
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
