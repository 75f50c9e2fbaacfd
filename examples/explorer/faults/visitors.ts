import { useEffect, useState } from "react";
import type { RunningApp } from "./fault.ts";

/** Ms between two crowds of visitors, and how many come at a time: a thousand look-ups a second. */
const PACE = 20;
const CROWD = 20;

/** Lets visitors come as long as the page is shown. */
export function useVisitors(app: RunningApp): void {
  useEffect(() => {
    const timer = setInterval(() => {
      // A report that cannot be loaded is the backend's matter: the visitor goes without it.
      for (let visitor = 0; visitor < CROWD; visitor++) app.visit().catch(() => undefined);
    }, PACE);
    return () => clearInterval(timer);
  }, [app]);
}

export interface Look {
  readonly lookups: number;
  /** Hits of the look-ups of the last two seconds, from 0 to 1; `null` before there are any. */
  readonly hitRatio: number | null;
}

const SAMPLE_EVERY = 250;
const SAMPLES = 8;

/** What the cache did lately. Reading its metrics changes nothing. */
export function useLook({ cache }: RunningApp): Look {
  const [look, setLook] = useState<Look>({ lookups: 0, hitRatio: null });
  useEffect(() => {
    const samples = [{ lookups: 0, hits: 0 }];
    const timer = setInterval(() => {
      const { hits, misses } = cache.metrics;
      const lookups = hits + misses;
      const [oldest] = samples;
      samples.push({ lookups, hits });
      if (samples.length > SAMPLES) samples.shift();
      const recent = lookups - oldest!.lookups;
      setLook({ lookups, hitRatio: recent === 0 ? null : (hits - oldest!.hits) / recent });
    }, SAMPLE_EVERY);
    return () => clearInterval(timer);
  }, [cache]);
  return look;
}
