/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import { tightBound, usedWords } from "./bounds.ts";
import { count, duration, percent } from "./format.ts";

/** The counters as numbers. `loadsOf` says of what the loads are, where that is something else. */
export function Figures({ metrics, loadsOf }: { metrics: Metrics; loadsOf: string }): JSX.Element {
  const lookups = metrics.hits + metrics.misses;
  return (
    <section class="figures" aria-label="Counters">
      <Figure
        label="Hit ratio"
        value={percent(metrics.hitRatio)}
        note={lookups === 0 ? "no lookups yet" : `${count(lookups)} lookups`}
      >
        <RatioBar hits={metrics.hits} lookups={lookups} />
      </Figure>
      <Figure label="Hits" value={count(metrics.hits)} note="from the cache" color="hit" />
      <Figure label="Misses" value={count(metrics.misses)} note="absent or expired" color="miss" />
      <SizeFigure metrics={metrics} />
      <LoadFigure loads={metrics.loads} of={loadsOf} />
    </section>
  );
}

interface FigureProps {
  label: string;
  value: string;
  note?: string;
  color?: string;
  children?: ComponentChildren;
}

export function Figure({ label, value, note, color, children }: FigureProps): JSX.Element {
  return (
    <div class="figure">
      <span class="figure-label">
        {color !== undefined && <i class="swatch" style={{ background: `var(--${color})` }} />}
        {label}
      </span>
      <span class="figure-value">{value}</span>
      {children}
      {note !== undefined && <span class="note">{note}</span>}
    </div>
  );
}

function RatioBar({ hits, lookups }: { hits: number; lookups: number }): JSX.Element {
  return (
    <span class="bar ratio" aria-hidden="true">
      <i style={{ width: share(hits, lookups), background: "var(--hit)" }} />
      <i style={{ width: share(lookups - hits, lookups), background: "var(--miss)" }} />
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

function LoadFigure({ loads, of }: { loads: Metrics["loads"]; of: string }): JSX.Element {
  const settled = loads.succeeded + loads.failed + loads.aborted;
  // What never happened is not news.
  const parts = (["failed", "succeeded", "aborted", "joined"] as const).filter((name) => loads[name] > 0);
  const mean = settled === 0 ? "no load has ended yet" : `mean duration ${duration(loads.duration / settled)}`;
  return (
    <div class="figure wide">
      <span class="figure-label">Loads{of}</span>
      <span class="figure-value">
        {count(loads.started)} <small>started</small>
      </span>
      <span class="figure-parts">
        {parts.map((name) => (
          <span key={name} class={name}>
            {name === "failed" && <span aria-hidden="true">▲ </span>}
            {count(loads[name])} {name}
          </span>
        ))}
      </span>
      <span class="note">{mean}</span>
    </div>
  );
}

/** A width in percent, for a bar. */
export function share(part: number, whole: number): string {
  return whole === 0 ? "0%" : `${Math.round((part / whole) * 10_000) / 100}%`;
}
