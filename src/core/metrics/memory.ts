import { addEntry, Footprint, MAX_WORK, POINTER } from "./footprint.ts";
import { sum } from "./sum.ts";

/** A number of bytes, and how far it may be off. */
export interface BytesEstimate {
  /** About how many bytes. */
  readonly estimate: number;
  /**
   * The true figure is within this many bytes of the estimate in most cases. What cannot be seen is outside of it:
   * private fields, what a function closes over, texts that share their pieces.
   */
  readonly error: number;
}

/** A store as its memory is looked at: by slots from 1, of which some are free. */
export interface Sampled {
  readonly size: number;
  readonly lastUsed: number;
  /** Slots that there is room for. */
  readonly reserved: number;
  readonly keys: readonly unknown[];
  readonly values: readonly unknown[];
  readonly times: Float64Array | undefined;
  readonly ttls: Float64Array | undefined;
  readonly weights: Float64Array | undefined;
  readonly links: Int32Array;
  /** Bytes of what orders and filters the entries. */
  readonly bytesAbove?: number;
  /** How full its filter is, from 0 to 1. */
  readonly filterFill?: number | undefined;
}

/** A cache, as its memory is looked at. */
export interface Sizable {
  readonly parts: { readonly stores: readonly Sampled[] };
}

/** Entries whose key and value are looked at. */
export const SAMPLES: number = 64;
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
  const { stores } = cache.parts;
  return estimateSample(sampleOf(stores), sum(stores.map((store) => store.size)), overheadOf(stores));
}

/** What stores take beside their keys and values: pointers, and bytes that hold none. */
export interface Overhead {
  readonly pointers: number;
  readonly plain: number;
}

export function overheadOf(stores: readonly Sampled[]): Overhead {
  return { pointers: sum(stores.map(pointersOf)), plain: sum(stores.map(plainBytesOf)) };
}

/** What so many entries take, of which at most 64 are looked at: at most 4,000 parts of them in all. */
export function estimateSample(
  sample: readonly (readonly [key: unknown, value: unknown])[],
  size: number,
  overhead: Overhead,
): BytesEstimate {
  const looked = new Footprint();
  const bytes: number[] = [];
  for (let index = 0; index < SAMPLES && looked.work < MAX_WORK; index++) {
    const entry = sample[(index * STRIDE) % SAMPLES];
    if (entry === undefined) continue;
    addEntry(looked, ...entry);
    bytes.push(looked.bytes);
  }
  const each = size / Math.max(1, bytes.length);
  const pointers = POINTER * overhead.pointers;
  const estimate = pointers + overhead.plain + each * sum(bytes);
  const doubt = POINTER_ERROR * (pointers + each * POINTER * looked.pointers) + UNTOLD * estimate;
  return Object.freeze({
    estimate: Math.round(estimate),
    error: Math.round(doubt + size * samplingError(bytes, size)),
  });
}

/** Pointers of a store's own, keys and values apart. An index has 3.5 a place. */
function pointersOf({ size, reserved }: Sampled): number {
  const places = size === 0 ? 0 : 2 ** Math.ceil(Math.log2(Math.max(4, size)));
  return 3.5 * places + 2 * reserved + 60;
}

/** Bytes of a store's own that hold no pointers. */
function plainBytesOf({ reserved, times, ttls, weights, links, bytesAbove = 0 }: Sampled): number {
  const columns = [times, ttls, weights].filter((column) => column !== undefined).length;
  return 8 * columns * reserved + links.byteLength + bytesAbove;
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
function sampleOf(stores: readonly Sampled[]): (readonly [unknown, unknown])[] {
  const sample: (readonly [unknown, unknown])[] = [];
  const step = Math.ceil(sum(stores.map((store) => store.lastUsed)) / SAMPLES);
  let next = 0;
  for (const store of stores) {
    const last = store.lastUsed;
    for (; next < last; next += step) {
      const end = Math.min(last, next + step);
      let slot = next + 1;
      while (slot < end && isFree(store, slot)) slot++;
      if (!isFree(store, slot)) sample.push([store.keys[slot], store.values[slot]]);
    }
    next -= last;
  }
  return sample;
}

/** An entry whose key and value are both `undefined` takes as much as none. */
function isFree({ keys, values }: Sampled, slot: number): boolean {
  return keys[slot] === undefined && values[slot] === undefined;
}
