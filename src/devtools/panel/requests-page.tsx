/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Sample, Sampler } from "../sampler.ts";
import { AdviceLine } from "./advice-line.tsx";
import { sizeAdvice } from "./advice.ts";
import { CauseBars } from "./cause-bars.tsx";
import { Chart } from "./chart.tsx";
import { fittingSpan, ratioData, recent, removalData, requestData } from "./chart-data.ts";
import { Figures } from "./figures.tsx";
import { axisNumber, percent } from "./format.ts";
import { useSamples } from "./news.ts";
import { RemovalList } from "./removal-list.tsx";

const SPANS: readonly { ms: number; label: string }[] = [
  { ms: 120_000, label: "2 min" },
  { ms: 600_000, label: "10 min" },
];

/** What the cache was asked, what it answered, and what left it. */
export function RequestsPage({ sampler }: { sampler: Sampler }): JSX.Element {
  useSamples(sampler);
  const [span, setSpan] = useState(120_000);
  const { metrics } = sampler;
  // The first sample is taken when the panel starts to look, which is before it renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Counters and charts">
      <AdviceLine {...sizeAdvice(metrics, sampler.log.regret)} />
      <Figures metrics={metrics} />
      <div class="columns">
        <div class="column">
          <SpanChoice span={span} choose={setSpan} />
          <Charts samples={recent(sampler.samples, span)} chosen={span} />
        </div>
        <div class="column">
          <CauseBars metrics={metrics} />
          <RemovalList log={sampler.log} metrics={metrics} />
        </div>
      </div>
    </div>
  );
}

function SpanChoice({ span, choose }: { span: number; choose: (ms: number) => void }): JSX.Element {
  return (
    <div class="section-head">
      <h3>Over time</h3>
      <div class="segments" role="group" aria-label="Time shown">
        {SPANS.map(({ ms, label }) => (
          <button key={ms} type="button" class="segment" aria-pressed={ms === span} onClick={() => choose(ms)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

function Charts({ samples, chosen }: { samples: readonly Sample[]; chosen: number }): JSX.Element {
  const span = fittingSpan(samples, chosen);
  const rate = (value: number | null): string => (value === null ? "–" : axisNumber(value));
  return (
    <div class="charts">
      <Chart
        title="Hit ratio"
        note="of the last 10 seconds"
        data={ratioData(samples)}
        span={span}
        kind="line"
        top={1}
        format={percent}
      />
      <Chart title="Requests" note="a second" data={requestData(samples)} span={span} kind="stack" format={rate} />
      <Chart
        title="Removals"
        note="a second, by cause"
        data={removalData(samples)}
        span={span}
        kind="stack"
        format={rate}
      />
    </div>
  );
}
