/**
 * Every policy, for the option `strategy` of a `Cache`, and the parts to build one of your own.
 * @packageDocumentation
 * @since 0.1.0
 */
export { allPolicies } from "./all.ts";
export { arc } from "./arc.ts";
export { clock, type ClockOptions } from "./clock.ts";
export { fifo } from "./fifo.ts";
export { type FrequencyCounter, FrequencySketch } from "./frequency-sketch.ts";
export { Ghosts } from "./ghosts.ts";
export { lfu, type LfuOptions } from "./lfu.ts";
export { lru } from "./lru.ts";
export { Marks } from "./marks.ts";
export { mfu } from "./mfu.ts";
export type { HitEffect, Policy, PolicyContext, Strategy } from "./policy.ts";
export { random } from "./random.ts";
export { s3fifo } from "./s3fifo.ts";
export { Segments } from "./segments.ts";
export { sieve } from "./sieve.ts";
export { SlotList } from "./slot-list.ts";
export { slru, type SlruOptions } from "./slru.ts";
export { tinylfu, type TinyLfuOptions } from "./tinylfu.ts";
export { twoQueue } from "./two-queue.ts";
