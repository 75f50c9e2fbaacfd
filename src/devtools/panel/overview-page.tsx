/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import type { MissCause } from "../../simulate/index.ts";
import type { Recording } from "../recording.ts";
import { snapshotOf, type DevtoolsSource } from "../source.ts";
import { Band } from "./band.tsx";
import type { OpenEntries } from "./entries-view.ts";
import { lazyPage } from "./lazy-page.tsx";
import { LeftCard } from "./left-card.tsx";
import { momentOf, useNews } from "./news.ts";
import type { PanelSetup } from "./setup.ts";
import { useAnalyst } from "./use-analyst.ts";

const REPLAYING = "What was recorded is being replayed …";
const OTHER_COPY =
  "No advice can be given: this cache is of another copy of macho-cache, which cannot be recorded. Keep one copy in the app.";
const UNRECORDED = "Nothing is recorded, so no advice can be given. Press Recording to begin.";

/** Charts are no part of the panel's own code, like all that the sentence rests on. */
const RatioCard = lazyPage(async () => (await import("./ratio-card.tsx")).RatioCard);

interface OverviewProps {
  setup: Pick<PanelSetup, "settings">;
  recording: Recording;
  addStyle: (style: string) => void;
  openEntries: OpenEntries;
}

/** Why the hit ratio is what it is, what left, and what to change. */
export function OverviewPage({ setup, recording, addStyle, openEntries }: OverviewProps): JSX.Element {
  const { source, sampler, stories } = recording;
  const [, again] = useState(0);
  // Only at samples, so that the counters, the chart and the list are of one moment.
  useNews(sampler, (news) => news === "sample" && again((count) => count + 1));
  const analyst = useAnalyst(recording, addStyle);
  const [cause, choose] = useState<MissCause | undefined>(undefined);
  const { metrics } = sampler;
  const { LifeStrip } = analyst.evidence ?? {};
  // Not anew when an analysis ends: what left is told with the counters of the same moment.
  const left = useMemo(
    () => <LeftCard {...{ stories, openEntries }} now={momentOf(sampler)} Strip={LifeStrip} />,
    [metrics, LifeStrip],
  );
  // The first sample is taken when the recording starts, which is before the panel renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  if (wasNeverUsed(metrics)) return <NothingAsked kind={source.kind} />;
  // Its code is loaded with the first analysis.
  const { analysis, evidence: { Diagnosis, MissesByCause, MissedCard, Evidence } = {} } = analyst;
  const advice = analysis?.advice;
  const isRecorded = setup.settings.recording;
  const then = snapshotOf(source.target);
  const waiting = then ? then.words : recording.isRecordable ? REPLAYING : OTHER_COPY;
  return (
    <div class="overview" tabIndex={0} role="region" aria-label="Overview">
      {advice && Diagnosis && isRecorded ? (
        <Diagnosis advice={advice} recording={recording} />
      ) : (
        <Band tone="wait" verdict={isRecorded || then ? waiting : UNRECORDED} />
      )}
      <div class={analysis && analysis.now && analysis.advice.kind !== "wait" ? "cards" : "cards few"}>
        <RatioCard sampler={sampler} addStyle={addStyle}>
          {advice && MissesByCause && advice.kind !== "wait" && (
            <MissesByCause misses={advice.misses} lookups={advice.lookups} chosen={cause} choose={choose} />
          )}
        </RatioCard>
        {analysis && Evidence && <Evidence {...analysis} />}
        {cause && MissedCard ? (
          <MissedCard {...{ recording, cause, openEntries }} close={() => choose(undefined)} />
        ) : (
          left
        )}
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
