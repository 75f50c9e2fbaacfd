/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ChartCard } from "./chart-card.tsx";
import { niceTop } from "./chart-path.ts";
import { copyCode } from "./clipboard.ts";
import { DataTable } from "./data-table.tsx";
import type { EntrySummary } from "./entry-walk.ts";
import { type Bar, barsOf, barWords, type Expiries, filterOfBar, type Peak, spreadCode } from "./expiry-bins.ts";
import { share } from "./figures.tsx";
import { Axis } from "./plot.tsx";
import { nameOf } from "./prefix-card.tsx";
import { axisNumber, clockTime, count, duration, plural } from "./format.ts";

/** The narrowest bar that can be hit, in CSS pixels, and how many there are, each a divisor of all. */
const NARROWEST = 29;
const BAR_COUNTS = [60, 30, 20, 12, 10];

interface ExpiryProps {
  summary: EntrySummary | undefined;
  kind: "cache" | "client";
  openEntries: (filter: string) => void;
}

/** What expires when, and whether many entries do at once. */
export function ExpiryCard({ summary, kind, openEntries }: ExpiryProps): JSX.Element {
  const [said, say] = useState("");
  const expiries = summary?.expiries;
  if (!expiries || expiries.soon === 0) return <NothingSoon expiries={expiries} />;
  const { span, soon, later, never, peak } = expiries;
  const code = peak && spreadCode(peak, kind);
  return (
    <div class="wide">
      <ChartCard
        title={`Expiring in the next ${duration(span)}`}
        note={`${count(soon)} of ${plural(soon + later + never, "entry", "entries")}`}
        controls={
          code !== undefined && (
            <button type="button" class="small-button" onClick={() => void copyCode(code, say)}>
              Copy: spread the ttl by ±10%
            </button>
          )
        }
        table={<ExpiryTable bars={barsOf(expiries, BAR_COUNTS[2]!)} />}
        below={
          <>
            {peak && <PeakWords peak={peak} width={expiries.width} />}
            <p class="said" role="status">
              {said}
            </p>
          </>
        }
      >
        <Strip expiries={expiries} openEntries={openEntries} />
      </ChartCard>
    </div>
  );
}

function NothingSoon({ expiries }: { expiries: Expiries | undefined }): JSX.Element {
  return (
    <section class="card wide" aria-label="Expiring">
      <header class="card-head">
        <h3>Expiring</h3>
      </header>
      <p class="card-empty">{expiries ? nothingWords(expiries) : "Being looked at …"}</p>
    </section>
  );
}

function nothingWords({ later, never, span }: Expiries): string {
  if (later > 0)
    return `Nothing expires in the next ${duration(span)}; ${plural(later, "entry does", "entries do")} so later.`;
  return never > 0 ? "Nothing expires: entries stay until they are evicted." : "Nothing is stored.";
}

/** `1,730 within 30 s, all session:, written at 14:02:11`. */
function PeakWords({ peak, width }: { peak: Peak; width: number }): JSX.Element {
  const { entries, ofGroup, group, from, to, start, end } = peak;
  const written =
    from === Infinity
      ? ""
      : `, written ${to - from < 1_000 ? `at ${clockTime(to)}` : `from ${clockTime(from)} to ${clockTime(to)}`}`;
  return (
    <p class="hint">
      <b class="heavy">
        {count(entries)} within {duration((end - start) * width)}
      </b>
      , {ofGroup === entries ? "all" : `${count(ofGroup)} of them`} <code>{nameOf(group)}</code>
      {written}
    </p>
  );
}

/** On a scale of square roots, so that a peak does not flatten the rest. One bar is in the tab order; arrows go on. */
function Strip({ expiries, openEntries }: { expiries: Expiries; openEntries: (filter: string) => void }): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const [many, setMany] = useState(BAR_COUNTS[1]!);
  const [at, setAt] = useState(0);
  // The panel renders again whenever it is resized.
  useLayoutEffect(() => {
    const width = frame.current?.clientWidth ?? 0;
    setMany(BAR_COUNTS.find((bars) => width >= bars * NARROWEST) ?? BAR_COUNTS[BAR_COUNTS.length - 1]!);
  });
  const bars = barsOf(expiries, many);
  const top = niceTop(Math.max(...bars.map(({ entries }) => entries)));
  const current = Math.min(at, many - 1);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const isRtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const next = {
      [isRtl ? "ArrowLeft" : "ArrowRight"]: current + 1,
      [isRtl ? "ArrowRight" : "ArrowLeft"]: current - 1,
      Home: 0,
      End: many - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(many - 1, next));
    setAt(to);
    (event.currentTarget.children[to] as HTMLElement).focus();
  };
  return (
    <div class="plot-frame">
      <Axis class="axis-y" words={[axisNumber(top), top % 4 === 0 && axisNumber(top / 4), "0"]} />
      <div class="plot expiry-bars" ref={frame} role="toolbar" aria-label="Entries by time left" onKeyDown={onKeyDown}>
        {bars.map((bar, index) => (
          <button
            key={bar.from}
            type="button"
            tabIndex={index === current ? 0 : -1}
            aria-label={`${barWords(bar)}: show them`}
            title={barWords(bar)}
            onFocus={() => setAt(index)}
            onClick={() => openEntries(filterOfBar(bar))}
          >
            <i
              class={bar.isHigh ? "hatch high" : "hatch unseen"}
              style={{ height: share(Math.sqrt(bar.entries), Math.sqrt(top)) }}
            />
          </button>
        ))}
      </div>
      <Axis class="axis-x" words={["now", ...[1, 2, 3, 4].map((quarter) => duration((expiries.span * quarter) / 4))]} />
    </div>
  );
}

function ExpiryTable({ bars }: { bars: readonly Bar[] }): JSX.Element {
  const rows = bars.map((bar) => [`${duration(bar.from)} to ${duration(bar.to)}`, count(bar.entries)]);
  return <DataTable label="Entries by time left" columns={["Time left", "Entries"]} rows={rows} />;
}
