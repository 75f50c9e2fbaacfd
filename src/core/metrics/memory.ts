import { addEntry, Footprint, MAX_WORK, POINTER } from "./footprint.ts";
import { sum } from "./sum.ts";

/** A number of bytes, and how far it may be off. */
export interface BytesEstimate {
  readonly estimate: number;
  /**
   * The true figure is within this many bytes of the estimate in most cases. What cannot be seen is outside of it:
   * private fields, what a function closes over, texts that share their pieces.
   */
  readonly error: number;
}

/** A shard as its memory is looked at: by slots from 1, of which some are free. */
export interface Sampled {
  readonly size: number;
  /** Pointers of its own, and bytes of its own that hold none. */
  readonly pointers: number;
  readonly plainBytes: number;
  readonly lastUsed: number;
  /** `Infinity` for a free slot. */
  writtenAt(slot: number): number;
  keyAt(slot: number): unknown;
  valueAt(slot: number): unknown;
}

/** A cache, as its memory is looked at. */
export interface Sizable {
  readonly parts: { readonly shards: readonly Sampled[] };
}

/** Entries whose key and value are looked at. */
const SAMPLES = 64;
/** Shares no divisor with them: however early the work ends, it is spread over all. */
const STRIDE = 37;
/** How far a pointer may be from what it is taken to be, and what engines keep beside all that is counted. */
const POINTER_ERROR = 1 / 3;
const UNTOLD = 0.15;

/**
 * What a cache takes in memory: its own columns and maps from their sizes, keys and values from a sample.
 *
 * @example
 * const { estimate, error } = estimateBytes(cache);
 */
export function estimateBytes(cache: Sizable): BytesEstimate {
  const shards: readonly Sampled[] = cache.parts.shards;
  const total = (name: "size" | "pointers" | "plainBytes"): number => sum(shards.map((shard) => shard[name]));
  const size = total("size");
  const sample = sampleOf(shards);
  const looked = new Footprint();
  const bytes: number[] = [];
  for (let index = 0; index < SAMPLES && looked.work < MAX_WORK; index++) {
    const entry = sample[(index * STRIDE) % SAMPLES];
    if (entry === undefined) continue;
    addEntry(looked, ...entry);
    bytes.push(looked.bytes);
  }
  const each = size / Math.max(1, bytes.length);
  const pointers = POINTER * total("pointers");
  const estimate = pointers + total("plainBytes") + each * sum(bytes);
  const doubt = POINTER_ERROR * (pointers + each * POINTER * looked.pointers) + UNTOLD * estimate;
  return Object.freeze({
    estimate: Math.round(estimate),
    error: Math.round(doubt + size * samplingError(bytes, size)),
  });
}

/** Twice the standard error of the mean of a sample; none when it is of all. */
function samplingError(sample: readonly number[], size: number): number {
  const count = sample.length;
  if (count >= size) return 0;
  const mean = sum(sample) / count;
  if (count < 2) return mean || 0;
  return 2 * Math.sqrt(sum(sample.map((bytes) => (bytes - mean) ** 2)) / (count - 1) / count);
}

/** Keys and values of slots that are evenly spaced over all shards; of the next ones, where those are free. */
function sampleOf(shards: readonly Sampled[]): (readonly [unknown, unknown])[] {
  const sample: (readonly [unknown, unknown])[] = [];
  const step = Math.ceil(sum(shards.map((shard) => shard.lastUsed)) / SAMPLES);
  let next = 0;
  for (const shard of shards) {
    const last = shard.lastUsed;
    for (; next < last; next += step) {
      const end = Math.min(last, next + step);
      let slot = next + 1;
      while (slot < end && shard.writtenAt(slot) === Infinity) slot++;
      if (shard.writtenAt(slot) < Infinity) sample.push([shard.keyAt(slot), shard.valueAt(slot)]);
    }
    next -= last;
  }
  return sample;
}
