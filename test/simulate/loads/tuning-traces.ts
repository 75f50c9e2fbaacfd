import { RECORDED_PRESENT } from "../../support/traces.ts";
import type { Load } from "./load.ts";
import { traceLoad } from "./trace-load.ts";

/** Recorded traces, where they are present. */
export const TUNING_TRACES: readonly Load[] = RECORDED_PRESENT
  ? [
      traceLoad("cache2k_web07", { maxCacheSize: 500 }, ["size", "policy"]),
      traceLoad("cache2k_web07", { maxCacheSize: 4_000, strategy: "fifo" }, ["policy", "size"]),
      traceLoad("lirs_2_pools", { maxCacheSize: 450 }, ["size"]),
      traceLoad("lirs_sprite", { maxCacheSize: 300 }, ["size"]),
      traceLoad("corda_vaultservice", { maxCacheSize: 1_000 }, ["nothing", "smaller"]),
    ]
  : [];
