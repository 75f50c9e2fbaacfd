/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import { CAUSES } from "../removal-log.ts";
import { causeName } from "./chart-data.ts";
import { share } from "./figures.tsx";
import { count } from "./format.ts";

/** How many entries left, by cause. */
export function CauseBars({ metrics }: { metrics: Metrics }): JSX.Element {
  const { removals } = metrics;
  const most = Math.max(...CAUSES.map((cause) => removals[cause]));
  const total = CAUSES.reduce((sum, cause) => sum + removals[cause], 0);
  return (
    <section class="card" aria-label="Removals by cause">
      <header class="card-head">
        <h3>Removals by cause</h3>
        <span class="note">{count(total)} in all</span>
      </header>
      <dl class="causes">
        {CAUSES.map((cause) => (
          <div key={cause} class="cause">
            <dt>{causeName(cause)}</dt>
            <dd class="cause-bar" aria-hidden="true">
              <i style={{ width: share(removals[cause], most), background: `var(--${cause})` }} />
            </dd>
            <dd class="cause-count">{count(removals[cause])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
