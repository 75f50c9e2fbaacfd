import { checkOptions, countTo, type Kind, type OptionTable } from "../core/lru/checks.ts";
import {
  CacheRecording,
  type Recordable,
  recordableCache,
  type Recording,
  type RecordOptions,
  USUAL_SIZE,
} from "./cache-recording.ts";

const RATE: Kind = ["a number above 0, up to 1", (rate) => typeof rate === "number" && rate > 0 && rate <= 1, "0.25"];

const RECORD_TABLE: OptionTable<Required<RecordOptions>> = {
  size: [/* @__PURE__ */ countTo(2 ** 24, "2^24", "65_536"), USUAL_SIZE],
  sampleRate: [RATE, 1],
};

/**
 * Records what is done with a cache from now on: each hit, miss, write, delete and clear, and loads that failed. It
 * changes nothing of the cache, and holds no keys and no values. A cache that nobody records pays nothing. After a
 * `resize` it begins anew: what was done before says nothing about the new bounds.
 * @param cache a `Cache`, an `LruCache`, or what a client rests on: `client.cache`
 * @throws MachoOptionError for an option that cannot be used; MachoError "invalid-argument" unless it is a cache
 *
 * @example
 * const recording = record(cache);
 * // ... after a while:
 * console.log(advise(recording.read()).text);
 * recording.stop();
 */
export function record(cache: Recordable, options: RecordOptions = {}): Recording {
  const recorded = recordableCache(cache);
  checkOptions("record", RECORD_TABLE, options);
  return new CacheRecording(recorded, options);
}
