import type { QueryClient } from "macho-cache/react";
import { useEffect, useState } from "react";

/** What the top line shows. */
export interface Figures {
  /** Requests since the page was opened. */
  readonly requests: number;
  /** Widgets drawn, each time counted. */
  readonly drawn: number;
  readonly stored: number;
  readonly maxCacheSize: number;
  /** Hits of the last look-ups, from 0 to 1; `null` before there are any. A widget looks up once, when it appears. */
  readonly hitRatio: number | null;
}

const SAMPLE_EVERY = 250;
/** The ratio is of so many look-ups at least, and of one sample more at most: five turns of 40. */
const LOOKUPS = 200;

let requests = 0;
let drawn = 0;

export function countRequest(): void {
  requests += 1;
}

export function countDrawn(): void {
  drawn += 1;
}

interface Sample {
  readonly hits: number;
  readonly lookups: number;
}

/** Looks four times a second. Reading metrics changes nothing in the cache. */
export function useFigures({ cache }: QueryClient): Figures {
  const [figures, setFigures] = useState(() => figuresOf(cache, []));
  useEffect(() => {
    const samples: Sample[] = [{ hits: 0, lookups: 0 }];
    const timer = setInterval(() => setFigures(figuresOf(cache, samples)), SAMPLE_EVERY);
    return () => clearInterval(timer);
  }, [cache]);
  return figures;
}

function figuresOf(cache: QueryClient["cache"], samples: Sample[]): Figures {
  const { hits, misses, size, capacity } = cache.metrics;
  const lookups = hits + misses;
  if (lookups > (samples.at(-1)?.lookups ?? lookups)) samples.push({ hits, lookups });
  while (samples.length > 1 && lookups - samples[1]!.lookups >= LOOKUPS) samples.shift();
  const first = samples[0] ?? { hits, lookups };
  const hitRatio = lookups === first.lookups ? null : (hits - first.hits) / (lookups - first.lookups);
  return { requests, drawn, stored: size, maxCacheSize: capacity, hitRatio };
}
