/** @jsxImportSource preact */
import type { ComponentChildren, JSX, TargetedPointerEvent } from "preact";
import { HEIGHT, WIDTH } from "./chart-path.ts";

interface PlotProps {
  /** What is drawn, as a sentence. */
  label: string;
  /** Along the axes: from the top down, and from left to right. */
  y: readonly ComponentChildren[];
  x: readonly ComponentChildren[];
  /** Hears where the pointer is, from 0 at the left to 1; `undefined` when it leaves. */
  point?: (fraction: number | undefined) => void;
  /** Words that stand in the drawing. */
  over?: ComponentChildren;
  children?: ComponentChildren;
}

/** A drawing between two axes. Time and sizes grow from left to right in every language. */
export function Plot({ label, y, x, point, over, children }: PlotProps): JSX.Element {
  const onPointerMove = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    point?.((event.clientX - box.left) / box.width);
  };
  return (
    <div class="plot-frame" dir="ltr">
      <Axis class="axis-y" words={y} />
      <div class="plot" onPointerMove={onPointerMove} onPointerLeave={() => point?.(undefined)}>
        <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
          <path class="grid-line" d={`M0 .5H${WIDTH}M0 50H${WIDTH}M0 99.5H${WIDTH}`} />
          {children}
        </svg>
        {over}
      </div>
      <Axis class="axis-x" words={x} />
    </div>
  );
}

const PLACES = ["start", "middle", "end"];

/** Words along one side of a drawing, which says them itself. */
export function Axis({ class: name, words }: { class: string; words: readonly ComponentChildren[] }): JSX.Element {
  return (
    <div class={name} aria-hidden="true">
      {words.map((each, index) => (
        <span key={PLACES[index]}>{each}</span>
      ))}
    </div>
  );
}
