/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import { bytes, count, duration, percent } from "./format.ts";
import { KeyLabel } from "./key-label.tsx";
import { ratioOf } from "./row-figures.ts";
import type { RowGroup } from "./row-groups.ts";
import type { RowFigures, SortKey } from "./row-order.ts";
import { StatusWord } from "./status.tsx";
import { previewWords } from "./value-words.ts";

/** What a cell may need besides its row. */
export interface RowContext extends RowFigures {
  readonly source: EntrySource;
  /** Keys of the rows above and below. */
  readonly neighbours: (string | undefined)[];
}

export interface Column {
  readonly name: string;
  readonly sort?: SortKey;
  /** What the header tells besides its name. */
  readonly title?: string;
  /** CSS pixels. */
  readonly width: number;
  readonly class: string;
  readonly cell: (row: EntryRow, context: RowContext) => JSX.Element | string;
  /** What the header of a group says in its place. */
  readonly group?: (group: RowGroup) => string;
  /** Whether a row has something to show there; a column that is empty in all is left out. */
  readonly isUsed?: (row: EntryRow) => boolean;
}

const NOTHING = "–";

const sizeWords = (size: number, about = ""): string =>
  size < 0 ? "off" : size === 0 ? NOTHING : `${about}${bytes(size)}`;

const known = (value: number | undefined): string => (value === undefined ? NOTHING : count(value));

export const KEY: Column = {
  name: "Key",
  sort: "key",
  width: 0,
  class: "key",
  cell: ({ label, status }, { neighbours }) => {
    const shown = <KeyLabel label={label} neighbours={neighbours} />;
    return status === "left" ? <s>{shown}</s> : shown;
  },
};
const LEAST_VALUE = 90;
const VALUE: Column = { name: "Value", width: LEAST_VALUE, class: "preview", cell: previewCell };
const STATUS: Column = {
  name: "Status",
  sort: "status",
  width: 76,
  class: "",
  cell: ({ status }) => <StatusWord status={status} />,
  isUsed: ({ status }) => status !== "stored" && status !== "left",
};
const READS: Column = {
  name: "Reads",
  sort: "reads",
  title: "Since it came",
  width: 46,
  class: "number",
  cell: ({ reads }) => known(reads),
  group: ({ reads }) => count(reads),
  isUsed: ({ reads }) => reads !== undefined,
};
const HITS: Column = {
  name: "Hits",
  sort: "hits",
  title: "Share of reads that found it. Misses are those among the last 2,000 of the cache, as a sample",
  width: 48,
  class: "number",
  cell: (row, { hitsOf }) => percent(hitsOf(row)),
  group: ({ reads, misses }) => percent(ratioOf(reads, misses)),
  isUsed: ({ reads }) => reads !== undefined,
};
const SIZE: Column = {
  name: "Size",
  sort: "size",
  title: "Key and value, about, unless off in Settings",
  width: 62,
  class: "number",
  cell: (row, { sizeOf }) => (row.status === "left" || row.ttlLeft === undefined ? NOTHING : sizeWords(sizeOf(row))),
  group: (group) => sizeWords(group.bytes, "~"),
};
const AGE: Column = {
  name: "Age",
  sort: "age",
  title: "Since it was written; of a key that left, until then",
  width: 70,
  class: "number",
  cell: ({ updatedAt, departure }) => ageWords(departure ? departure.age : since(updatedAt)),
  isUsed: ({ updatedAt }) => updatedAt > 0,
};
const TTL: Column = {
  name: "TTL left",
  sort: "ttl",
  width: 66,
  class: "number",
  cell: ttlCell,
  isUsed: ({ ttlLeft = Infinity, departure }) => ttlLeft < Infinity || departure !== undefined,
};
const BAR: Column = {
  ...TTL,
  class: "number with-bar",
  width: 112,
  cell: (row) => [ttlBar(row), ttlCell(row)] as never,
};
const ON_SCREEN: Column = {
  name: "On screen",
  sort: "onScreen",
  width: 72,
  class: "number",
  cell: ({ onScreen }) => (onScreen === 0 ? NOTHING : count(onScreen)),
  isUsed: ({ onScreen }) => onScreen > 0,
};
const WEIGHT: Column = {
  name: "Weight",
  sort: "weight",
  width: 60,
  class: "number",
  cell: ({ weight }) => known(weight),
  isUsed: ({ weight }) => weight !== undefined,
};
const SHARD: Column = {
  name: "Shard",
  sort: "shard",
  width: 46,
  class: "number",
  cell: ({ shard }) => known(shard),
  isUsed: ({ shard }) => shard !== undefined,
};
const PINS: Column = {
  name: "Pins",
  sort: "pins",
  title: "What is pinned is not evicted",
  width: 40,
  class: "number",
  cell: ({ pins }) => known(pins),
  isUsed: ({ pins = 0 }) => pins > 0,
};
const PERSISTED: Column = {
  name: "Persisted",
  title: "Whether the page Storage has it as well",
  width: 66,
  class: "",
  cell: ({ isPersisted }) => (isPersisted ? "yes" : isPersisted === false ? "no" : NOTHING),
  isUsed: ({ isPersisted }) => isPersisted !== undefined,
};

/** From left to right. */
const ORDER = [KEY, VALUE, STATUS, READS, HITS, SIZE, AGE, TTL, BAR, ON_SCREEN, WEIGHT, SHARD, PINS, PERSISTED];
/** Those that come first where there is little room. */
const RANKS: Record<EntrySource["kind"], readonly Column[]> = {
  client: [STATUS, READS, TTL, HITS, VALUE, BAR, SIZE, AGE, ON_SCREEN, PERSISTED, WEIGHT, SHARD, PINS],
  cache: [READS, TTL, VALUE, HITS, SIZE, AGE, BAR, PERSISTED, WEIGHT, SHARD, PINS],
};
const GAP = 12;
/** CSS pixels that a key has at least: a part of the width. */
const KEY_PART = 0.27;
const NARROW = 440;
const CHARACTER = 7.3;
const LEAST_KEY = 108;
const MOST_KEY = 250;

/**
 * The columns that have room and something to show.
 * @param width CSS pixels; 0 where nothing is laid out
 * @param longestKey characters
 */
export function columnsFor(
  kind: EntrySource["kind"],
  width: number,
  rows: readonly EntryRow[],
  longestKey: number,
): readonly Column[] {
  let room = (width || 1_200) - 2 * GAP;
  const part = room * KEY_PART;
  // On a phone a long key comes before its value.
  const wanted = room < NARROW ? Math.min(room / 2, longestKey * CHARACTER) : part;
  room -= Math.max(LEAST_KEY, Math.min(MOST_KEY, wanted));
  const chosen = new Set<Column>([KEY]);
  for (const column of RANKS[kind]) {
    if (column.isUsed && !rows.some(column.isUsed)) continue;
    // The bar comes in the place of the bare words.
    const more = column === BAR ? BAR.width - TTL.width : column.width + GAP;
    if (more > room || (column === BAR && !chosen.delete(TTL))) continue;
    room -= more;
    chosen.add(column);
  }
  return ORDER.filter((column) => chosen.has(column));
}

/** The columns that the name of a group has room in: those of which the header says nothing. */
export function columnsOfName(columns: readonly Column[]): number {
  const next = columns.findIndex(({ group }) => group !== undefined);
  return next < 0 ? columns.length : next;
}

/** As CSS has it. What the columns leave goes to the key, or to key and value as the longest key needs. */
export function templateOf(columns: readonly Column[], longestKey: number): string {
  const hasValue = columns.includes(VALUE);
  const tracks = columns.map((column) => {
    if (column === KEY) return hasValue ? `minmax(${LEAST_KEY}px,min(${longestKey + 3}ch,55%))` : "minmax(0,1fr)";
    return column === VALUE ? `minmax(${LEAST_VALUE}px,1fr)` : `${column.width}px`;
  });
  return tracks.join(" ");
}

function previewCell(row: EntryRow, { source }: RowContext): JSX.Element | string {
  const { status, departure } = row;
  if (status === "left") return <span class="v-note">has left{departure ? `: ${departure.cause}` : ""}</span>;
  if (row.ttlLeft === undefined) return NOTHING;
  const { kind, text } = previewWords(source.peek(row.id));
  return <span class={`v-${kind}`}>{text}</span>;
}

function since(at: number): number | undefined {
  return at === 0 ? undefined : Math.max(0, Date.now() - at);
}

function ageWords(age: number | undefined): string {
  return age === undefined ? NOTHING : duration(age);
}

/** Time left, or how long ago it left. */
function ttlCell({ ttlLeft, departure }: EntryRow): string {
  return departure ? `${ageWords(since(departure.at))} ago` : ttlWords(ttlLeft);
}

function ttlWords(ttlLeft: number | undefined): string {
  return ttlLeft === undefined ? NOTHING : duration(ttlLeft);
}

/** Below this share of its time an entry is about to go. */
const SOON = 0.2;

function ttlBar({ ttl = Infinity, ttlLeft = 0, departure }: EntryRow): JSX.Element | undefined {
  if (ttl === Infinity || departure) return undefined;
  const part = Math.min(1, ttlLeft / ttl);
  return (
    <span class={part < SOON ? "ttl soon" : "ttl"} aria-hidden="true">
      <i style={{ width: `${part * 100}%` }} />
    </span>
  );
}
