/** @jsxImportSource preact */
import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { Metrics, RemovalCause } from "../../core/index.ts";
import { CAUSES, type RemovalLog } from "../removal-log.ts";
import { CauseBar } from "./cause-bar.tsx";
import { causeName } from "./chart-data.ts";
import { count } from "./format.ts";
import { RemovalList } from "./removal-list.tsx";

interface RemovalsProps {
  log: RemovalLog;
  metrics: Metrics;
  /** Before what is said of the list, where it is not of the same shards as the counts. */
  listed: string;
}

/** How many entries left by each cause, which ones, and why. */
export function RemovalsCard({ log, metrics, listed }: RemovalsProps): JSX.Element {
  const [cause, choose] = useState<RemovalCause | undefined>(undefined);
  const total = CAUSES.reduce((sum, each) => sum + metrics.removals[each], 0);
  const onChange = (event: TargetedEvent<HTMLSelectElement>): void =>
    choose(CAUSES.find((each) => each === event.currentTarget.value));
  return (
    <section class="card removals-card" aria-label="Removals">
      <header class="card-head">
        <h3>Removals</h3>
        <span class="note">{count(total)} in all</span>
        <select class="select" aria-label="Cause" value={cause ?? ""} onChange={onChange}>
          <option value="">Every cause</option>
          {CAUSES.map((each) => (
            <option key={each} value={each}>
              {causeName(each)}
            </option>
          ))}
        </select>
      </header>
      {total > 0 && <CauseBar removals={metrics.removals} total={total} />}
      <h4>
        Latest <span class="note">{listed}while this panel is open</span>
      </h4>
      <RemovalList log={log} metrics={metrics} cause={cause} />
    </section>
  );
}
