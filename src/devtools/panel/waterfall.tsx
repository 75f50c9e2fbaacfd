/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { LoggedLoad } from "../load-log.ts";
import { keyLabel } from "../source.ts";
import { isNarrow } from "../style.ts";
import { duration } from "./format.ts";
import { KeyLabel } from "./key-label.tsx";
import { hasFailed, outcomeWords, placeOf, spansOf, type TimeWindow } from "./load-spans.ts";
import { rowByKey, useVirtualRows } from "./virtual.ts";

interface WaterfallProps {
  /** The oldest first. */
  loads: readonly LoggedLoad[];
  window: TimeWindow;
  /** Until when loads that run are drawn. */
  now: number;
  /** What is said at the right edge. */
  edge: string;
  /** After the time at the left edge. */
  before: string;
  chosen: LoggedLoad | undefined;
  choose: (load: LoggedLoad) => void;
}

/** One row a load, over time. Only the visible rows exist; the chosen one follows the arrow keys. */
export function Waterfall({ loads, window, now, edge, before, chosen, choose }: WaterfallProps): JSX.Element {
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
  const at = chosen ? loads.indexOf(chosen) : -1;
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
          {[4, 3, 2, 1, 0].map((part) => (
            <span key={part}>
              {part === 0 ? edge : `${duration((part / 4) * (window.to - window.from))}${part === 4 ? before : ""}`}
            </span>
          ))}
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
              isChosen={load === chosen}
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

function Bars({ load, window, now }: { load: LoggedLoad; window: TimeWindow; now: number }): JSX.Element {
  const spans = spansOf(load, now);
  return (
    <>
      {spans
        .filter(({ from, to }) => to >= window.from && from <= window.to)
        .map(({ kind, from, to, isFailed }) => {
          const isLast = from === spans[spans.length - 1]!.from;
          const state = isFailed ? " failed" : isLast ? ` ${load.outcome ?? "running"}` : "";
          return (
            <i
              key={`${kind} ${from}`}
              class={`span ${kind}${load.isRefresh ? " refresh" : ""}${state}`}
              style={{
                insetInlineStart: `${placeOf(from, window)}%`,
                width: `${placeOf(to, window) - placeOf(from, window)}%`,
              }}
            />
          );
        })}
      {[...new Set(load.joins)]
        .filter((at) => at >= window.from && at <= window.to)
        .map((at) => (
          <i key={at} class="pin" style={{ insetInlineStart: `${placeOf(at, window)}%` }} />
        ))}
    </>
  );
}

/** What each shape stands for. */
export function WaterfallLegend(): JSX.Element {
  const shapes = [
    ["try", "load"],
    ["try refresh", "refresh"],
    ["try failed", "failed try"],
    ["wait", "wait"],
    ["pause", "paused"],
    ["try aborted", "aborted"],
    ["pin", "joined"],
  ] as const;
  return (
    <p class="legend load-legend">
      {shapes.map(([shape, words]) => (
        <span key={words} class="legend-item">
          <span class="track" aria-hidden="true">
            <i class={shape === "pin" ? "pin" : `span ${shape}`} />
          </span>
          {words}
        </span>
      ))}
    </p>
  );
}
