/** @jsxImportSource preact */
import type { JSX, TargetedPointerEvent } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Lowest height of the docked panel, in CSS pixels. */
const MIN_HEIGHT = 200;
/** What stays visible of the page above the panel. */
const PAGE_STRIP = 48;
const STEP = 16;
const BIG_STEP = 96;

/** The height of the panel: what the reader chose, and what fits the window. */
export interface PanelHeight {
  readonly shown: number;
  readonly max: number;
  set(height: number): void;
}

/** Follows the window, so that a panel never grows out of it. `keep` gets what the reader chose. */
export function useHeight(initial: number, keep: (height: number) => void): PanelHeight {
  const [chosen, choose] = useState(initial);
  const [max, setMax] = useState(highest);
  useEffect(() => {
    const follow = (): void => setMax(highest());
    addEventListener("resize", follow);
    return () => removeEventListener("resize", follow);
  }, []);
  const within = (height: number): number => Math.round(Math.min(max, Math.max(MIN_HEIGHT, height)));
  const set = (height: number): void => {
    choose(within(height));
    keep(within(height));
  };
  return { shown: within(chosen), max, set };
}

function highest(): number {
  return Math.max(MIN_HEIGHT, innerHeight - PAGE_STRIP);
}

/** A separator that is dragged, or moved by keys. */
export function ResizeHandle({ height }: { height: PanelHeight }): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = keyHeight(event.key, height);
    if (next === undefined) return;
    event.preventDefault();
    height.set(next);
  };
  // A captured pointer keeps sending its moves here, wherever it goes: no listener on the window.
  const onPointerDown = (event: TargetedPointerEvent<HTMLDivElement>): void =>
    event.currentTarget.setPointerCapture(event.pointerId);
  const onPointerMove = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) height.set(innerHeight - event.clientY);
  };
  return (
    <div
      class="handle"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label="Height of the panel"
      aria-valuenow={height.shown}
      aria-valuemin={MIN_HEIGHT}
      aria-valuemax={height.max}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    />
  );
}

function keyHeight(key: string, { shown, max }: PanelHeight): number | undefined {
  const heights: Record<string, number> = {
    ArrowUp: shown + STEP,
    ArrowDown: shown - STEP,
    PageUp: shown + BIG_STEP,
    PageDown: shown - BIG_STEP,
    Home: MIN_HEIGHT,
    End: max,
  };
  return heights[key];
}
