/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import type { MissCause } from "../../simulate/index.ts";
import type { Recording } from "../recording.ts";
import type { DevtoolsSource } from "../source.ts";
import { Band } from "./band.tsx";
import { LeftCard } from "./left-card.tsx";
import { useSamples } from "./news.ts";
import { RatioCard } from "./ratio-card.tsx";
import type { PanelSetup } from "./setup.ts";
import { useAnalyst } from "./use-analyst.ts";

const REPLAYING = "What was recorded is being replayed …";
const OTHER_COPY =
  "No advice can be given: this cache is of another copy of macho-cache, which cannot be recorded. Keep one copy in the app.";
const UNRECORDED = "Nothing is recorded, so no advice can be given. Press Recording to begin.";

interface OverviewProps {
  setup: Pick<PanelSetup, "settings">;
  recording: Recording;
  addStyle: (style: string) => void;
}

/** Why the hit ratio is what it is, what left, and what to change. */
export function OverviewPage({ setup, recording, addStyle }: OverviewProps): JSX.Element {
  const { source, sampler, stories } = recording;
  useSamples(sampler);
  const analyst = useAnalyst(recording, addStyle);
  const [cause, choose] = useState<MissCause | undefined>(undefined);
  const { metrics } = sampler;
  // The first sample is taken when the recording starts, which is before the panel renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  if (wasNeverUsed(metrics)) return <NothingAsked kind={source.kind} />;
  // Its code is loaded with the first analysis.
  const { analysis, evidence: { Diagnosis, MissesByCause, MissedCard, LifeStrip, Evidence } = {} } = analyst;
  const advice = analysis?.advice;
  const isRecorded = setup.settings.recording;
  const waiting = recording.isRecordable ? REPLAYING : OTHER_COPY;
  return (
    <div class="overview" tabIndex={0} role="region" aria-label="Overview">
      {advice && Diagnosis && isRecorded ? (
        <Diagnosis advice={advice} source={source} />
      ) : (
        <Band tone="wait" verdict={isRecorded ? waiting : UNRECORDED} />
      )}
      <div class={analysis && analysis.now && analysis.advice.kind !== "wait" ? "cards" : "cards few"}>
        <RatioCard sampler={sampler}>
          {advice && MissesByCause && advice.lookups > 0 && (
            <MissesByCause misses={advice.misses} lookups={advice.lookups} chosen={cause} choose={choose} />
          )}
        </RatioCard>
        {analysis && Evidence && <Evidence {...analysis} />}
        {cause && MissedCard ? (
          <MissedCard recording={recording} cause={cause} close={() => choose(undefined)} />
        ) : (
          <LeftCard stories={stories} Strip={LifeStrip} />
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
