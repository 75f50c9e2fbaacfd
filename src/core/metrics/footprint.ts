/** About what keys and values take, added up over some entries. */
export class Footprint {
  /** Of the last entry. */
  bytes = 0;
  /** Of all entries. */
  pointers = 0;
  /** What it took to find out: parts that were looked at, and names that were listed. */
  work = 0;
  /** What is shared counts once. */
  readonly seen: Set<unknown> = new Set();
}

/** What a part of a value takes by itself, and which parts it is made of, some of them by example. */
interface Part {
  readonly pointers: number;
  readonly plain?: number;
  readonly count?: number;
  readonly some?: readonly unknown[];
}

/** A pointer takes 4 bytes in Chromium and 8 in Node; which of them it is here cannot be seen. */
export const POINTER = 6;
/** Parts that are looked at of one entry, and of one part; others are taken to be like them. */
const MAX_PARTS = 250;
const MAX_SOME = 32;
/** The work of looking at all entries. */
export const MAX_WORK = 4_000;
/** From here on a text may be kept in the pieces that it was put together of. */
const ROPE_LENGTH = 13;
/** From here on an object is kept like a map. */
const DICTIONARY_SIZE = 128;

const NOTHING: Part = { pointers: 0 };
/** What keeps its bytes elsewhere, and calls them so. A host may have no such class. */
const HOLDERS = { ArrayBuffer: "byteLength", SharedArrayBuffer: "byteLength", Blob: "size" };

/**
 * Adds what an entry keeps alive, breadth first. Runs no getter and no iterator of the user's own, only the traps of a
 * proxy, which is not told from an object. Nothing that they throw gets out.
 */
export function addEntry(sum: Footprint, key: unknown, value: unknown): void {
  const queue = [key, value].map((part) => ({ part, times: 1 }));
  let bytes = 0;
  let counted = 0;
  let skipped = 0;
  for (const { part, times } of queue) {
    const { pointers, plain = 0, count = 0, some = [] } = partOf(part, sum);
    bytes += times * (pointers * POINTER + plain);
    sum.pointers += times * pointers;
    sum.work++;
    counted += times;
    if (queue.length > MAX_PARTS) skipped += times * count;
    else for (const each of some) queue.push({ part: each, times: (times * count) / some.length });
  }
  sum.bytes = bytes * (1 + skipped / counted);
}

function partOf(value: unknown, sum: Footprint): Part {
  try {
    return Object(value) === value ? objectPart(value as object, sum) : plainPart(value);
  } catch {
    // A revoked proxy, or one whose trap throws.
    return NOTHING;
  }
}

function plainPart(value: unknown): Part {
  if (typeof value === "string") return textPart(value);
  const isBoxed = typeof value === "bigint" || (typeof value === "number" && (value | 0) !== value);
  return isBoxed ? { pointers: 1, plain: 8 } : NOTHING;
}

/** By what V8 has for each kind. */
function objectPart(value: object, sum: Footprint): Part {
  if (sum.seen.has(value)) return NOTHING;
  sum.seen.add(value);
  if (typeof value === "function") return { pointers: 10 };
  if (ArrayBuffer.isView(value)) return { pointers: 23, plain: value.byteLength };
  if (Array.isArray(value)) return arrayPart(value);
  if (value instanceof Map) return tablePart(value.size, 2, Map.prototype.entries.call(value));
  if (value instanceof Set) return tablePart(value.size, 1, Set.prototype.entries.call(value));
  if (value instanceof Date) return { pointers: 12 };
  for (const [name, bytes] of Object.entries(HOLDERS)) {
    const holder = (globalThis as Record<string, unknown>)[name];
    if (typeof holder === "function" && value instanceof holder) {
      return { pointers: 11, plain: (value as Record<string, number>)[bytes]! };
    }
  }
  return sum.work < MAX_WORK ? recordPart(value, sum) : NOTHING;
}

/** Engines store a text of Latin-1 in one byte a character. The beginning stands for the whole. */
function textPart(text: string): Part {
  const width = /[^\0-\xff]/.test(text.slice(0, 256)) ? 2 : 1;
  return { pointers: text.length < ROPE_LENGTH ? 1 : 4, plain: 8 + text.length * width };
}

/** By index, since an array may have an iterator of its own. */
function arrayPart(array: readonly unknown[]): Part {
  const count = array.length;
  const some = someOf(array, count, (index) => index);
  const isDoubles = some.every((each) => typeof each === "number") && !some.every(Number.isInteger);
  return isDoubles ? { pointers: 6, plain: 8 * count } : { pointers: 6 + count, count, some };
}

/** A table with places for a power of two, and half as many buckets. */
function tablePart(size: number, width: 1 | 2, entries: Iterable<readonly unknown[]>): Part {
  const places = 2 ** Math.ceil(Math.log2(Math.max(4, size)));
  const some: unknown[] = [];
  for (const entry of entries) {
    if (some.length >= MAX_SOME) break;
    some.push(...entry.slice(0, width));
  }
  return { pointers: 9 + (width + 1.5) * places, count: width * size, some };
}

function recordPart(value: object, sum: Footprint): Part {
  const names = Object.keys(value);
  const count = names.length;
  sum.work += count / 8;
  // An empty one has room for the first few.
  const pointers = count === 0 ? 7 : 3 + count * (count > DICTIONARY_SIZE ? 6 : 1);
  return { pointers, count, some: someOf(value, count, (index) => names[index]!) };
}

/** Some of so many parts, evenly spaced. */
function someOf(owner: object, count: number, nameAt: (index: number) => PropertyKey): unknown[] {
  return Array.from({ length: Math.min(count, MAX_SOME) }, (_, index) => {
    const name = nameAt(Math.floor(index * Math.max(1, count / MAX_SOME)));
    return Object.getOwnPropertyDescriptor(owner, name)?.value as unknown;
  });
}
