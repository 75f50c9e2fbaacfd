import type { CacheOptions } from "macho-cache";
import { recordedTrace, sizedTrace } from "../../support/traces.ts";
import { read } from "./keys.ts";
import { type Headline, type Key, type Load, type Operation, WINDOW } from "./load.ts";

type Settings = CacheOptions<Key, number>;

/** The first two windows of a recorded trace. One that is shorter is halved. */
export function traceLoad(trace: string, cache: Settings, expected: readonly Headline[]): Load {
  const keys = recordedTrace(trace);
  return ofTrace(trace, keys.length, cache, expected, (step) => read(keys[step]!));
}

/** The same of the trace that has the size of each value. */
export function sizedTraceLoad(cache: Settings, expected: readonly Headline[]): Load {
  const reads = sizedTrace();
  return ofTrace("sized cloudPhysicsIO", reads.length, cache, expected, (step) => ({ type: "read", ...reads[step]! }));
}

function ofTrace(
  trace: string,
  length: number,
  cache: Settings,
  expected: readonly Headline[],
  operation: (step: number) => Operation,
): Load {
  return {
    name: `${trace}, ${cache.maxCacheSize?.toLocaleString("en")} entries`,
    kind: "recorded",
    isStationary: false,
    cache,
    window: Math.min(WINDOW, Math.floor(length / 2)),
    seed: 1,
    expected,
    *operations() {
      for (let step = 0; step < length; step++) yield operation(step);
    },
  };
}
