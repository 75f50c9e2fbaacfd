/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Sampler } from "../sampler.ts";
import { Chart } from "./chart.tsx";
import { fittingSpan, ratioData } from "./chart-data.ts";
import { count, percent } from "./format.ts";

/** Ms that the chart shows at most: all samples. */
const SPAN = 600_000;

interface RatioProps {
  sampler: Sampler;
  /** What stands below. */
  children?: ComponentChildren;
}

/** The hit ratio of all reads, and how it went since the recording began. */
export function RatioCard({ sampler, children }: RatioProps): JSX.Element {
  const { metrics, samples } = sampler;
  const { hits = 0, misses = 0, hitRatio = null } = metrics ?? {};
  const data = ratioData(samples);
  const last = data.series[0]!.values[samples.length - 1] ?? null;
  return (
    <Chart
      title="Hit ratio"
      note={last === null ? "" : `last 10 s: ${Math.round(100 * last)}%`}
      nothing="No reads in this time"
      data={data}
      span={fittingSpan(samples, SPAN)}
      kind="ratio"
      figure={
        <p class="ratio-now">
          <span>{percent(hitRatio)}</span>{" "}
          <span class="note">
            {count(hits)} of {count(hits + misses)} reads
          </span>
        </p>
      }
    >
      {children}
    </Chart>
  );
}
