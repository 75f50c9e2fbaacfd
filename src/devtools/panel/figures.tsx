/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import { tightBound, usedWords } from "./bounds.ts";
import { CAUSES } from "../departures.ts";
import { count, duration, percent, plural } from "./format.ts";

interface FiguresProps {
  metrics: Metrics;
  /** Of what the loads are, where that is something else. */
  loadsOf: string;
  showFailed: () => void;
}

/** The counters as numbers. */
export function Figures({ metrics, loadsOf, showFailed }: FiguresProps): JSX.Element {
  const { hits, misses, hitRatio, removals, loads } = metrics;
  const causes = CAUSES.filter((cause) => removals[cause] > 0);
  const left = causes.reduce((sum, cause) => sum + removals[cause], 0);
  return (
    <section class="figures" aria-label="Counters">
      <Figure
        label="Hit ratio"
        value={percent(hitRatio)}
        note={hits + misses === 0 ? "no reads yet" : `${plural(hits, "hit")}, ${plural(misses, "miss", "misses")}`}
      >
        <Parts of={{ hit: hits, miss: misses }} total={hits + misses} />
      </Figure>
      <SizeFigure metrics={metrics} />
      <Figure
        label="Values that left"
        value={count(left)}
        note={causes.map((cause) => `${count(removals[cause])} ${cause}`).join(", ") || "nothing yet"}
      >
        <Parts of={removals} total={left} />
      </Figure>
      <LoadFigure loads={loads} of={loadsOf} showFailed={showFailed} />
    </section>
  );
}

interface FigureProps {
  label: string;
  value: ComponentChildren;
  note?: string;
  children?: ComponentChildren;
}

export function Figure({ label, value, note, children }: FigureProps): JSX.Element {
  return (
    <div class="figure">
      <span class="figure-label">{label}</span>
      <span class="figure-value">{value}</span>
      {children}
      {note !== undefined && <span class="note">{note}</span>}
    </div>
  );
}

/** Parts of a whole as a bar, each in the colour of its name. The words below say the same. */
function Parts({ of, total }: { of: Readonly<Record<string, number>>; total: number }): JSX.Element {
  return (
    <span class="bar" aria-hidden="true">
      {Object.entries(of)
        .filter(([, part]) => part > 0)
        .map(([name, part]) => (
          <i key={name} style={{ width: share(part, total), background: `var(--${name})` }} />
        ))}
    </span>
  );
}

export function SizeFigure({ metrics }: { metrics: Metrics }): JSX.Element {
  const { maxCacheSize, maxWeight, strategy, ttl } = metrics.options;
  const { size, overflow, weight, weightOverflow } = metrics;
  const { used, most } = tightBound(metrics);
  const full = Math.min(1, used / most);
  const excess = overflow || weightOverflow;
  const over = excess > 0 ? `, ${count(excess)} over the bound: pinned` : "";
  const weighed = maxWeight < Infinity ? `, weight ${usedWords(weight, maxWeight)}` : "";
  return (
    <div class="figure">
      <span class="figure-label">Size</span>
      <span class="figure-value">
        {count(size)} {maxCacheSize < Infinity && <small>of {count(maxCacheSize)}</small>}
      </span>
      <span
        class="bar"
        role="meter"
        aria-label="Fullness"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(full * 100)}
        aria-valuetext={`${usedWords(size, maxCacheSize)}${weighed}${over}`}
      >
        <i style={{ width: share(full, 1), background: excess > 0 ? "var(--bad)" : "var(--accent)" }} />
      </span>
      <span class="note">
        {percent(full)} full{weighed}
        {over}. {strategy}, {ttl === Infinity ? "no ttl" : `ttl ${duration(ttl)}`}
      </span>
    </div>
  );
}

interface LoadProps {
  loads: Metrics["loads"];
  of: string;
  showFailed: () => void;
}

function LoadFigure({ loads, of, showFailed }: LoadProps): JSX.Element {
  const { started, succeeded, failed, aborted, joined, duration: total } = loads;
  const settled = succeeded + failed + aborted;
  // What never happened is not news.
  const parts = Object.entries({ succeeded, aborted, joined }).flatMap(([name, many]) =>
    many > 0 ? `${count(many)} ${name}` : [],
  );
  const mean = settled === 0 ? "no load has ended yet" : `mean ${duration(total / settled)}`;
  return (
    <Figure
      label={`Loads${of}`}
      value={
        <>
          {count(started)} <small>started</small>
          {failed > 0 && (
            <button type="button" class="small-button failed" title="Show the loads" onClick={showFailed}>
              <span aria-hidden="true">▲ </span>
              {count(failed)} failed ({percent(failed / settled)})
            </button>
          )}
        </>
      }
      note={[...parts, mean].join(", ")}
    />
  );
}

/** A width in percent, for a bar. */
export function share(part: number, whole: number): string {
  return whole === 0 ? "0%" : `${Math.round((part / whole) * 10_000) / 100}%`;
}
