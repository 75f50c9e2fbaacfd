/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Sampler } from "../sampler.ts";
import { Chart } from "./chart.tsx";
import { fittingSpan, ratioData } from "./chart-data.ts";
import { count, percent } from "./format.ts";

/** Ms that the chart shows at most: all samples. */
const SPAN = 600_000;

/** The hit ratio of all look-ups, and how it went since the recording began. Its children stand below. */
export function RatioCard({ sampler, children }: { sampler: Sampler; children: ComponentChildren }): JSX.Element {
  const { metrics, samples } = sampler;
  const { hits = 0, misses = 0, hitRatio = null } = metrics ?? {};
  return (
    <Chart
      title="Hit ratio"
      note={`${count(hits)} of ${count(hits + misses)} reads`}
      nothing="No reads in this time"
      data={ratioData(samples)}
      span={fittingSpan(samples, SPAN)}
      kind="line"
      top={1}
      format={percent}
      figure={percent(hitRatio)}
    >
      {children}
    </Chart>
  );
}
