import { useCachedQuery } from "macho-cache/react";
import { type ReactElement, type RefObject, useEffect, useRef } from "react";
import { countDrawn } from "../figures.ts";
import { loadMetric, metricKey } from "../metric.ts";
import type { Widget } from "../widgets.ts";
import { Trend } from "./trend.tsx";

/** One figure. It polls as long as it is on screen, and is drawn again only when its answer is another one. */
export function WidgetTile({ widget }: { widget: Widget }): ReactElement {
  const { id, place, measure, pollEvery } = widget;
  const { data, error } = useCachedQuery(metricKey(id), loadMetric, { refetchInterval: pollEvery });
  const count = useDrawnCount();
  const [before, now] = data ? data.history.slice(-2) : [];
  return (
    <li className="widget" data-widget={id}>
      <h3>
        {place} <span>{measure}</span>
      </h3>
      <p className="value">{data ? data.history.at(-1)?.toLocaleString("en") : error ? "No answer" : "..."}</p>
      {data && <Trend values={data.history} isFalling={(now ?? 0) < (before ?? 0)} />}
      <p className="drawn" ref={count} />
    </li>
  );
}

/** Counts how often a component was drawn. It writes past React, so that the count itself draws nothing. */
function useDrawnCount(): RefObject<HTMLParagraphElement | null> {
  const element = useRef<HTMLParagraphElement>(null);
  const count = useRef(0);
  useEffect(() => {
    countDrawn();
    count.current += 1;
    if (element.current)
      element.current.textContent = `drawn ${count.current} ${count.current === 1 ? "time" : "times"}`;
  });
  return element;
}
