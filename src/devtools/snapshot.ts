// A cache as a file, and a file as a cache to look at. Loaded with the page Settings.
import type { Metrics, RemovalCause } from "../core/index.ts";
import { toText } from "../query/hydration/text-writer.ts";
import { createEntrySource, type EntryRow } from "./entry-source.ts";
import type { Recording } from "./recording.ts";
import type { Sample } from "./sampler.ts";
import { CAUSES, type Departure } from "./departures.ts";

/** The most entries and departed keys of a file, and characters of one value and of all. */
const MAX_ENTRIES = 10_000;
const MAX_LEFT = 1_000;
const MAX_VALUE = 200_000;
const MAX_VALUES = 8_000_000;

export const VERSION = 1;

/** An entry as it was. Key and value are texts of their own, so that one that cannot be kept loses no other. */
export interface KeptEntry {
  readonly row: EntryRow;
  readonly key: string | undefined;
  /** `undefined` where values were not asked for, or where it was lost. */
  readonly value: string | undefined;
  /** Why the value is not there. */
  readonly lost: string | undefined;
}

export interface Snapshot {
  readonly machoSnapshot: number;
  readonly name: string;
  /** Wall time in ms. */
  readonly at: number;
  readonly kind: "cache" | "client";
  readonly metrics: Metrics;
  readonly lifespans: unknown;
  readonly latencies: unknown;
  readonly loadDurations: readonly number[];
  readonly samples: readonly Omit<Sample, "shards">[];
  /** Those that left last, and how many left by each cause. */
  readonly left: readonly Departure[];
  readonly leftBy: Readonly<Record<RemovalCause, number>>;
  readonly entries: readonly KeptEntry[];
  /** Entries that there were: more than are kept, if there were very many. */
  readonly total: number;
  readonly hasValues: boolean;
  /** The advice as it was, as a sentence; "" where there was none. */
  readonly advice: string;
}

/** All but the entries. */
export type SnapshotHead = Omit<Snapshot, "entries" | "total" | "hasValues">;

interface Wanted {
  readonly name: string;
  readonly withValues: boolean;
  readonly advice: string;
  readonly at: number;
}

/** What the panel knows of a cache, as text: JSON, which keeps Maps, Dates and bigints too. It counts as no access. */
export function snapshotText(recording: Recording, { withValues, ...wanted }: Wanted): string {
  const entries: KeptEntry[] = [];
  const from = createEntrySource(recording.source.target, recording);
  const keep = entryKeeper(withValues);
  let total = 0;
  for (const row of from.rows()) {
    if (++total > MAX_ENTRIES) continue;
    const detail = from.detail(row.id);
    entries.push(keep(row, detail?.key, detail && (() => detail.value)));
  }
  return toText({ ...snapshotHead(recording, wanted), entries, total, hasValues: withValues });
}

/** A snapshot without its entries, of plain values. */
export function snapshotHead(recording: Recording, wanted: Omit<Wanted, "withValues">): SnapshotHead {
  const { source, sampler, stories } = recording;
  const head: SnapshotHead = {
    machoSnapshot: VERSION,
    ...wanted,
    kind: source.kind,
    metrics: source.metrics(),
    lifespans: source.lifespans(),
    latencies: source.latencies(),
    loadDurations: source.loadDurations().slice(),
    samples: sampler.samples.map(({ at, seconds, hits, misses, hitRatio, removals, afterGap }) => ({
      at,
      seconds,
      hits,
      misses,
      hitRatio,
      removals,
      afterGap,
    })),
    left: stories.latest(MAX_LEFT),
    leftBy: Object.fromEntries(CAUSES.map((cause) => [cause, stories.left(cause)])) as Snapshot["leftBy"],
  };
  // It stays what it is, but for what a text cannot hold.
  return plain(head) as SnapshotHead;
}

/** Makes of rows what a snapshot keeps of them, one after the other: together their values are bounded. */
export function entryKeeper(
  withValues: boolean,
): (row: EntryRow, key: unknown, valueOf: (() => unknown) | undefined) => KeptEntry {
  let number = 0;
  let room = withValues ? MAX_VALUES : 0;
  return (row, key, valueOf) => {
    const value = withValues && valueOf ? kept(valueOf(), Math.min(room, MAX_VALUE)) : {};
    room -= value.text?.length ?? 0;
    const id = `#${++number}`;
    return plain({
      row: { ...row, id },
      key: kept(key, MAX_VALUE).text,
      value: value.text,
      lost: value.lost,
    }) as KeptEntry;
  };
}

/** The text of a value, or why there is none. */
function kept(value: unknown, room: number): { text?: string; lost?: string } {
  try {
    const text = toText(value);
    return text.length > room
      ? { lost: `It takes ${text.length} characters, and there was room for ${room}.` }
      : { text };
  } catch (error) {
    return { lost: String(error) };
  }
}

/** Without what a text cannot hold: departed keys that are symbols, and classes that only hold figures. */
function plain(value: unknown): unknown {
  if (typeof value === "symbol" || typeof value === "function") return String(value).slice(0, 100);
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

/** Gives the reader the file of a cache. Returns its characters. */
export function exportSnapshot(recording: Recording, name: string, withValues: boolean): number {
  const at = Date.now();
  const text = snapshotText(recording, { name: name || "cache", at, withValues, advice: recording.advice?.text ?? "" });
  download(text, fileName(name, at));
  return text.length;
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The name of a cache's file. */
function fileName(name: string, at: number): string {
  const word = name.replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "") || "cache";
  return `macho-${word}-${new Date(at).toISOString().slice(0, 19).replaceAll(":", "-")}.json`;
}
