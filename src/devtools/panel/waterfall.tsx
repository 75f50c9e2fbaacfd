/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { LoggedLoad } from "../load-log.ts";
import { keyLabel } from "../source.ts";
import { isNarrow } from "../style.ts";
import { clockTime, duration } from "./format.ts";
import { KeyLabel } from "./key-label.tsx";
import { hasFailed, outcomeWords, placeOf, shapeOf, shapesOf, spansOf, type TimeWindow } from "./load-spans.ts";
import { rowByKey, useVirtualRows } from "./virtual.ts";

interface WaterfallProps {
  /** The oldest first. */
  loads: readonly LoggedLoad[];
  window: TimeWindow;
  /** Until when loads that run are drawn. */
  now: number;
  /** Whether the right edge stands still. */
  isHeld: boolean;
  chosen: LoggedLoad | undefined;
  choose: (load: LoggedLoad) => void;
}

/** One row a load, over time. Only the visible rows exist; the chosen one follows the arrow keys. */
export function Waterfall({ loads, window, now, isHeld, chosen, choose }: WaterfallProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const height = isNarrow() ? 28 : 20;
  const virtual = useVirtualRows(list, loads.length, height);
  // The newest stay in sight, unless the reader has scrolled back.
  useLayoutEffect(() => {
    if (list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  });
  const onScroll = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = list.current!;
    isAtEnd.current = scrollTop + clientHeight >= scrollHeight - height / 2;
    virtual.onScroll();
  };
  const at = loads.findIndex(({ serial }) => serial === chosen?.serial);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / height) - 1);
    const next = rowByKey(event.key, at < 0 ? loads.length : at, loads.length, page);
    if (next === undefined) return;
    event.preventDefault();
    isAtEnd.current = next === loads.length - 1;
    choose(loads[next]!);
    virtual.reveal(next);
  };
  return (
    <div class="waterfall" style={{ "--row": `${height}px` }}>
      <p class="load-row load-axis" aria-hidden="true">
        <span />
        <span class="track">
          {[4, 3, 2, 1].map((part) => (
            <span key={part}>
              {duration((part / 4) * (window.to - window.from))}
              {part === 4 && (isHeld ? " before" : " ago")}
            </span>
          ))}
          <span>{isHeld ? clockTime(window.to) : "now"}</span>
        </span>
        <span />
      </p>
      <div
        ref={list}
        class="load-rows"
        role="listbox"
        tabIndex={0}
        aria-label="Loads, the oldest first"
        aria-activedescendant={at >= virtual.from && at < virtual.to ? `load-${chosen!.serial}` : undefined}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
      >
        <div role="none" style={{ height: `${virtual.height}px`, paddingTop: `${virtual.from * height}px` }}>
          {loads.slice(virtual.from, virtual.to).map((load, offset) => (
            <Row
              key={load.serial}
              load={load}
              place={virtual.from + offset}
              loads={loads}
              window={window}
              now={now}
              isChosen={load.serial === chosen?.serial}
              choose={(one) => {
                isAtEnd.current = false;
                choose(one);
              }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface RowProps extends Pick<WaterfallProps, "loads" | "window" | "now" | "choose"> {
  load: LoggedLoad;
  place: number;
  isChosen: boolean;
}

function Row({ load, place, loads, window, now, isChosen, choose }: RowProps): JSX.Element {
  const label = keyLabel(load.key);
  const [outcome, note] = outcomeWords(load, now);
  const beside = (index: number): string | undefined => loads[index] && keyLabel(loads[index].key);
  return (
    <div
      id={`load-${load.serial}`}
      class="load-row"
      role="option"
      aria-selected={isChosen}
      aria-posinset={place + 1}
      aria-setsize={loads.length}
      onClick={() => choose(load)}
    >
      <code title={label}>
        <KeyLabel label={label} neighbours={[beside(place - 1), beside(place + 1)]} />
      </code>
      <span class="track" aria-hidden="true">
        <Bars load={load} window={window} now={now} />
      </span>
      <span class={hasFailed(load) ? "outcome failed" : "outcome"} title={note && `${outcome} · ${note}`}>
        {hasFailed(load) && <span aria-hidden="true">▲ </span>}
        {outcome}
        {note !== "" && <span class="outcome-note"> · {note}</span>}
      </span>
    </div>
  );
}

function Bars({ load, window, now }: Pick<RowProps, "load" | "window" | "now">): JSX.Element {
  const { from: least, to: most } = window;
  const isRunning = load.outcome === undefined;
  return (
    <>
      {spansOf(load, now).map((span, index, { length }) => {
        const isLast = index === length - 1;
        const [start, end] = [placeOf(span.from, window), placeOf(span.to, window)];
        return (
          span.to >= least &&
          span.from <= most && (
            <i
              key={`${span.kind} ${span.from}`}
              class={`span ${shapeOf(span, load, isLast)}${isLast && isRunning ? " running" : ""}${index === 0 && load.isLate ? " late" : ""}`}
              style={{ insetInlineStart: `${start}%`, width: `${end - start}%` }}
            />
          )
        );
      })}
      {[...new Set(load.joins)]
        .filter((at) => at >= least && at <= most)
        .map((at) => (
          <i key={at} class="pin" style={{ insetInlineStart: `${placeOf(at, window)}%` }} />
        ))}
    </>
  );
}

const SHAPES = {
  load: "load",
  refresh: "refresh",
  failed: "failed try",
  wait: "wait",
  pause: "paused",
  aborted: "aborted",
  pin: "joined",
} as const;

/** What each shape stands for, of those that some loads are drawn with. */
export function WaterfallLegend({ loads, now }: Pick<WaterfallProps, "loads" | "now">): JSX.Element {
  const drawn = shapesOf(loads, now);
  const shapes = Object.entries(SHAPES) as [keyof typeof SHAPES, string][];
  return (
    <>
      {shapes.map(
        ([shape, words]) =>
          drawn.has(shape) && (
            <span key={shape} class="legend-item">
              <span class="track" aria-hidden="true">
                <i class={shape === "pin" ? shape : `span ${shape}`} />
              </span>
              {words}
            </span>
          ),
      )}
    </>
  );
}
