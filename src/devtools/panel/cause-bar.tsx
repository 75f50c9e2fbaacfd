/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import { CAUSES } from "../stories.ts";
import { causeName } from "./chart-data.ts";
import { share } from "./figures.tsx";
import { count } from "./format.ts";

/** Each cause's part of all removals. Causes that never happened are left out. */
export function CauseBar({ removals, total }: Pick<Metrics, "removals"> & { total: number }): JSX.Element {
  const causes = CAUSES.filter((cause) => removals[cause] > 0);
  return (
    <>
      <span class="bar" aria-hidden="true">
        {causes.map((cause) => (
          <i key={cause} style={{ width: share(removals[cause], total), background: `var(--${cause})` }} />
        ))}
      </span>
      <dl class="legend" aria-label="Removals by cause">
        {causes.map((cause) => (
          <div key={cause} class="legend-item">
            <dt>
              <i class="swatch" style={{ background: `var(--${cause})` }} /> {causeName(cause)}
            </dt>
            <dd>
              <b>{count(removals[cause])}</b>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
