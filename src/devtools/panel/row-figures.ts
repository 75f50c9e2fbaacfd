import { addEntry, Footprint } from "../../core/metrics/footprint.ts";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import type { Stories } from "../stories.ts";
import type { RowFigures } from "./row-order.ts";

/** In the place of bytes that are not estimated. */
export const NOT_SIZED: number = -1;

/** Values that were looked at already. One that its owner changes keeps its first figure. */
const known = new WeakMap<object, number>();

/** About so many bytes of key and value; 0 of one that is not there. */
export function sizeOfValue(row: EntryRow, source: Pick<EntrySource, "peek">): number {
  if (row.departure || row.ttlLeft === undefined) return 0;
  const value = source.peek(row.id);
  const isObject = typeof value === "object" && value !== null;
  const before = isObject ? known.get(value) : undefined;
  if (before !== undefined) return before;
  const bytes = bytesOf(row.id, value);
  if (isObject) known.set(value, bytes);
  return bytes;
}

/** Where nobody wants an estimate. */
export function notSized(): number {
  return NOT_SIZED;
}

/** About so many bytes, and nothing of it is remembered. */
export function measuredSize(row: EntryRow, source: Pick<EntrySource, "peek">): number {
  return row.departure || row.ttlLeft === undefined ? 0 : bytesOf(row.id, source.peek(row.id));
}

function bytesOf(key: unknown, value: unknown): number {
  const sum = new Footprint();
  addEntry(sum, key, value);
  return sum.bytes;
}

/** What is known of the rows of a list. */
export function figuresOf(
  source: Pick<EntrySource, "peek">,
  stories: Stories,
  sizeOf: typeof sizeOfValue = sizeOfValue,
): RowFigures {
  const { counts, share } = stories.missCounts();
  return {
    sizeOf: (row) => sizeOf(row, source),
    hitsOf(row) {
      if (row.reads === undefined) return undefined;
      const key = typeof row.id === "object" ? row.label : row.id;
      const { reads = 0, readBefore = 0 } = stories.departureOf(key) ?? {};
      const hits = (row.departure ? 0 : row.reads) + reads + readBefore;
      return ratioOf(hits, (counts.get(key) ?? 0) / share);
    },
  };
}

/** Hits of all look-ups; `undefined` before the first. */
export function ratioOf(hits: number, misses: number): number | undefined {
  return hits + misses === 0 ? undefined : hits / (hits + misses);
}
