/**
 * Records what is done with a cache, replays it with other settings, and says what to change.
 * @packageDocumentation
 * @since 0.2.0
 */

export type { AccessRecord, RecordedEntries, RecordedOptions } from "./access-record.ts";
export type { Advice, AdvisedChange, AdviceKind, ChangeKind } from "./advice.ts";
export { advise, adviseSteps } from "./advise.ts";
export type { Recordable, Recording, RecordOptions } from "./cache-recording.ts";
export { type CurveOptions, type CurvePoint, missRatioCurve, missRatioCurveSteps } from "./curve.ts";
export { record } from "./record.ts";
export type { PolicyName } from "./policies.ts";
export type { Assumptions, ReplaySettings } from "./replay-settings.ts";
export { replay, type ReplayBlock, type ReplayOptions, type ReplayResult, replaySteps } from "./replay.ts";
export type { MissCause } from "./simulation.ts";
export { TraceCache, type TraceCacheOptions } from "./trace-cache.ts";
export { TraceLru, type TraceLruOptions } from "./trace-lru.ts";
