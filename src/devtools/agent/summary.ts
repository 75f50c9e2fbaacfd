import { estimateBytes } from "../../core/index.ts";
import { recordingOf } from "../recording.ts";
import { createSource, type DevtoolsTarget } from "../source.ts";
import type { Summary } from "./protocol.ts";

/** One line of the list of caches. */
export function summary(target: DevtoolsTarget): Summary {
  const source = createSource(target);
  const { options, size, weight, hitRatio, gets, sets } = source.metrics();
  const parts = source.parts();
  const bytes = parts && estimateBytes({ parts });
  return {
    kind: source.kind,
    strategy: options.strategy,
    shardCount: options.shardCount,
    size,
    maxCacheSize: options.maxCacheSize,
    weight,
    maxWeight: options.maxWeight === Infinity ? null : (options.maxWeight ?? null),
    hitRatio,
    totalRequests: gets + sets,
    bytes: bytes?.estimate ?? null,
    bytesError: bytes?.error ?? null,
    isRecording: recordingOf(target).since !== undefined,
  };
}
