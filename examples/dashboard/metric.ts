import type { Fetcher } from "macho-cache/react";
import type { Metric } from "./server/metrics.ts";
import { countRequest } from "./figures.ts";

export type MetricKey = readonly ["metric", string];

export const metricKey = (id: string): MetricKey => ["metric", id];

/** The moment whose values are asked for; none for the newest. */
let heldAt: number | undefined;

export function holdValues(isHeld: boolean): void {
  heldAt = isHeld ? Date.now() : undefined;
}

export const loadMetric: Fetcher<Metric, MetricKey> = async ([, id], { signal }) => {
  countRequest();
  const response = await fetch(`/api/metrics/${id}${heldAt === undefined ? "" : `?at=${heldAt}`}`, { signal });
  if (!response.ok) throw new Error(`${id} could not be loaded: ${response.status}`);
  // The server is this example's own, in ./server, and shares its types.
  return response.json();
};
