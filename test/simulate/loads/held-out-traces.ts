import { RECORDED_PRESENT } from "../../support/traces.ts";
import type { Load } from "./load.ts";
import { sizedTraceLoad, traceLoad } from "./trace-load.ts";

/** Recorded traces, where they are present. */
export const HELD_OUT_TRACES: readonly Load[] = RECORDED_PRESENT
  ? [
      traceLoad("adaptsize_request", { maxCacheSize: 1_000 }, ["policy"]),
      traceLoad("lcs_cloudPhysicsIO", { maxCacheSize: 2_000 }, ["size", "policy"]),
      traceLoad("lirs_multi3", { maxCacheSize: 400, strategy: "random" }, ["policy", "size"]),
      traceLoad("cloudphysics_w106_1m", { maxCacheSize: 1_500 }, ["size", "policy"]),
      sizedTraceLoad({ maxCacheSize: 100_000, maxWeight: 40_000_000 }, ["nothing", "smaller"]),
    ]
  : [];
