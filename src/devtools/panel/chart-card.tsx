/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";

interface ChartCardProps {
  title: string;
  /** What is drawn, in few words. */
  note: string;
  /** Between note and Table button. */
  controls?: ComponentChildren;
  /** What the drawing shows, as words and numbers. */
  table: JSX.Element;
  legend?: ComponentChildren;
  /** What stands below the drawing, and its table. */
  below?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of a chart, whose reader can choose its table instead. */
export function ChartCard({ title, note, controls, table, legend, below, children }: ChartCardProps): JSX.Element {
  const [asTable, setAsTable] = useState(false);
  return (
    <section class="card chart" aria-label={title}>
      <header class="card-head">
        <h3>{title}</h3>
        <span class="note">{note}</span>
        <span class="card-controls">
          {controls}
          <button type="button" class="small-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </button>
        </span>
      </header>
      {legend}
      {asTable ? table : children}
      {below}
    </section>
  );
}
