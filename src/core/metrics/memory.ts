import { sum } from "./sum.ts";

/** A number of bytes, and how far it may be off. */
export interface BytesEstimate {
  readonly estimate: number;
  /** The true figure is within this many bytes of the estimate in most cases; shared values are counted each time. */
  readonly error: number;
}

/** Entries whose key and value are looked at. */
const SAMPLES = 64;
/** Values within one value that are looked at; a larger one is taken to go on like its beginning. */
const MAX_PARTS = 500;
/** A pointer takes 4 bytes in Chromium and 8 in Node; which of them it is here cannot be seen. */
const POINTER = 6;
const POINTER_ERROR = 1 / 3;

/**
 * Bytes of a cache: its own columns and maps from their sizes, keys and values from a sample.
 * @param pointers of its own
 * @param plain bytes of its own that hold none
 */
export function estimateBytes(
  pointers: number,
  plain: number,
  size: number,
  entries: Iterable<readonly [unknown, unknown]>,
): BytesEstimate {
  const own = pointers * POINTER + plain;
  const samples: number[] = [];
  const stride = Math.max(1, Math.floor(size / SAMPLES));
  let index = 0;
  for (const [key, value] of entries) {
    if (samples.length === SAMPLES) break;
    if (index++ % stride === 0) samples.push(bytesOf(key) + bytesOf(value));
  }
  const count = Math.max(1, samples.length);
  const mean = sum(samples) / count;
  const variance = sum(samples.map((bytes) => (bytes - mean) ** 2)) / count;
  // Twice the standard error of the mean.
  const sampling = 2 * size * Math.sqrt(variance / count);
  const estimate = own + mean * size;
  return Object.freeze({
    estimate: Math.round(estimate),
    error: Math.round(pointers * POINTER * POINTER_ERROR + mean * size * POINTER_ERROR + sampling),
  });
}

/** About the bytes that a value keeps alive. Runs no getter. */
function bytesOf(value: unknown): number {
  const seen = new Set<object>();
  const queue: unknown[] = [value];
  let bytes = 0;
  let parts = 0;
  for (; parts < queue.length && parts < MAX_PARTS; parts++) bytes += ownBytes(queue[parts], seen, queue);
  // What was not looked at goes on like what was.
  return parts === 0 ? 0 : (bytes * queue.length) / parts;
}

function ownBytes(value: unknown, seen: Set<object>, queue: unknown[]): number {
  if (typeof value === "string") return 12 + value.length * (isOneByte(value) ? 1 : 2);
  if (typeof value === "number") return Number.isInteger(value) ? 0 : 12;
  if (typeof value === "bigint") return 16;
  if (typeof value !== "object" || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength + 64;
  const before = queue.length;
  if (value instanceof Map) for (const pair of value) queue.push(...pair);
  else if (Array.isArray(value) || value instanceof Set) for (const each of value) queue.push(each);
  else for (const name of Object.keys(value)) queue.push(Object.getOwnPropertyDescriptor(value, name)?.value);
  return (4 + (queue.length - before) * (value instanceof Map || value instanceof Set ? 3 : 1)) * POINTER;
}

/** Engines store a text of Latin-1 in one byte a character. The beginning stands for the whole. */
function isOneByte(text: string): boolean {
  return /^[\0-\xff]*$/.test(text.slice(0, 64));
}
