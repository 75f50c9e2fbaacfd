import type { RemovalCause } from "../../core/index.ts";
import { hasOrder, keysNextToGo } from "../entry-facts.ts";
import type { EntryRow, RowStatus } from "../entry-source.ts";
import { type FilterWords, parseWords } from "../panel/filter-words.ts";
import { figuresOf, measuredSize } from "../panel/row-figures.ts";
import { matchesWords } from "../panel/row-match.ts";
import { rankOf, type RowFigures, sortedBy, type SortKey, sortRows } from "../panel/row-order.ts";
import { departedRow } from "../panel/row-walk.ts";
import { type Recording, recordingOf } from "../recording.ts";
import { cacheOf, type DevtoolsTarget, isClient, keyLabel } from "../source.ts";
import type { Departure } from "../departures.ts";
import { queryOf } from "./client-queries.ts";
import { type Cursor, keysFrom, type KeyPlace } from "./entry-places.ts";
import { entryRows, type EntryRows } from "./entry-rows.ts";
import { leaseRecord } from "./record-lease.ts";
import { Refusal, Unclear } from "./refusal.ts";
import { isCutKey, shownKey } from "./shown-key.ts";
import { inSlices } from "./slices.ts";

/** What the list of keys can be sorted by. `next` is the order of eviction. */
const SORTS: Readonly<Record<string, SortKey>> = {
  key: "key",
  status: "status",
  age: "age",
  ttl: "ttl",
  reads: "reads",
  hits: "hits",
  size: "size",
  weight: "weight",
  pins: "pins",
  shard: "shard",
  hooks: "onScreen",
  next: "next",
};

/** Asks for a part of the keys that match. */
export interface KeysRequest {
  /** In the words of the panel's filter. */
  readonly filter?: string;
  /** One of `SORTS`; "" for the order of the cache. */
  readonly sort?: string;
  /** Whether it is turned round. */
  readonly isReversed?: boolean;
  /** The most rows of this answer, up to 1,000; 0 only counts. Sorted: the first so many of this part. */
  readonly limit?: number;
  /** Whether keys are asked for that have left. */
  readonly departed?: boolean;
  /** Where the last part ended. */
  readonly cursor?: Cursor;
}

/** A part of the keys. */
export interface KeysAnswer {
  readonly kind: "cache" | "client";
  readonly rows: readonly KeyRow[];
  /** All that match in this part. */
  readonly matched: number;
  /** Where the next part begins; `null` at the end. */
  readonly cursor: Cursor | null;
  /** Entries of the cache, some of which may have expired. */
  readonly size: number;
  /** Whether a higher rank comes first, where it is sorted. */
  readonly isDescending: boolean;
  /** Wall time in ms since which it is recorded; `null` while it is not. */
  readonly recordedSince: number | null;
  /** Whether the record began with this question. */
  readonly isNewRecord: boolean;
}

/** What is known of a key. What is not known, or not used, is not there. */
export interface KeyRow {
  readonly key: string;
  /** Its end was cut off. */
  readonly isCut?: true;
  readonly type: string;
  readonly status: RowStatus;
  /** Ms since the write. */
  readonly age?: number;
  /** Ms left, `Infinity` for ever; not there where nothing is stored. */
  readonly ttlLeft?: number;
  /** Ms from the write on. */
  readonly ttl?: number;
  readonly reads?: number;
  /** Reads that found it, of all that asked for it of late, from 0 to 1. */
  readonly hits?: number;
  /** Bytes, about. */
  readonly size?: number;
  readonly weight?: number;
  readonly pins?: number;
  readonly shard?: number;
  /** Whether the store behind the cache holds it as well. */
  readonly isPersisted?: boolean;
  /** Hooks that show it. */
  readonly hooks?: number;
  readonly tags?: readonly string[];
  /** How it left, of one that is not there any more. */
  readonly left?: { readonly cause: RemovalCause; readonly at: number; readonly times: number };
  /** What it is sorted by. */
  readonly rank?: number | string;
}

/** The most rows of an answer. */
const MAX_ROWS = 1_000;
/** Ms after which an answer is given with what was found: whoever asks may have gone. */
const PART = 250;

/** Lists keys that match, a part of them at a time. Nothing is counted and nothing moves. */
export async function keys(target: DevtoolsTarget, request: KeysRequest): Promise<KeysAnswer> {
  const wanted = checked(request);
  if (wanted.departed) return departedKeys(target, wanted);
  const recording = recordingOf(target);
  const steps = new KeyWalk(target, recording, wanted).run();
  return { ...headOf(target, recording, wanted), ...(await inSlices(steps)) };
}

interface Wanted {
  readonly words: FilterWords;
  readonly sort: SortKey;
  readonly isDescending: boolean;
  readonly limit: number;
  readonly departed: boolean;
  readonly cursor: Cursor;
}

function checked({ filter = "", sort = "", isReversed = false, limit = MAX_ROWS, ...others }: KeysRequest): Wanted {
  const { departed = false, cursor = [0, 0] } = others;
  const words = parseWords(filter);
  if (words.problem !== undefined) throw new Unclear(words.problem);
  const [, sortKey] = Object.entries({ "": "order" as const, ...SORTS }).find(([name]) => name === sort) ?? [];
  if (!sortKey) throw new Unclear(`Keys are sorted by ${Object.keys(SORTS).join(", ")}, got ${shownKey(sort)}.`);
  if (!(Number.isInteger(limit) && limit >= 0 && limit <= MAX_ROWS)) {
    throw new Refusal(`An answer has from 0 to ${MAX_ROWS} keys, got ${String(limit)}.`);
  }
  const isPlace = Array.isArray(cursor) && cursor.length === 2 && cursor.every((each) => Number.isInteger(each));
  if (!isPlace) throw new Refusal("The place where the list goes on is none of this cache.");
  const { sort: by, descending } = sortedBy({ sort: "order", descending: true }, sortKey);
  return {
    words,
    sort: by,
    isDescending: descending !== isReversed,
    limit,
    departed: departed || words.wantsLeft,
    cursor,
  };
}

function headOf(
  target: DevtoolsTarget,
  { since }: Recording,
  { isDescending }: Wanted,
): Pick<KeysAnswer, "kind" | "size" | "isDescending" | "recordedSince" | "isNewRecord"> {
  const kind = isClient(target) ? "client" : "cache";
  return { kind, size: cacheOf(target).size, isDescending, recordedSince: since ?? null, isNewRecord: false };
}

/** What a walk gives. */
type Part = Pick<KeysAnswer, "rows" | "matched" | "cursor">;

/** One part of a walk over the keys. */
class KeyWalk {
  #target: DevtoolsTarget;
  #wanted: Wanted;
  #rows: EntryRows;
  #figures: RowFigures;
  #found: EntryRow[] = [];
  #matched = 0;

  constructor(target: DevtoolsTarget, recording: Recording, wanted: Wanted) {
    this.#target = target;
    this.#wanted = wanted;
    this.#rows = entryRows(target, recording);
    this.#figures = figuresOf(this.#rows, recording.stories, measuredSize);
  }

  /** Gives a chance of a pause now and then. */
  *run(): Generator<undefined, Part> {
    const { limit, sort } = this.#wanted;
    const isSorted = sort !== "order" && sort !== "next";
    const end = performance.now() + PART;
    let cursor: Cursor | null = null;
    for (const place of this.#places()) {
      if (place) this.#look(place, isSorted);
      yield;
      const isFull = !isSorted && limit > 0 && this.#found.length >= limit;
      if (!place || !(isFull || performance.now() >= end)) continue;
      cursor = place.next;
      break;
    }
    this.#keepFirst(isSorted);
    const rows: KeyRow[] = [];
    for (const row of this.#found) {
      yield;
      rows.push(this.#shown(row, isSorted));
    }
    return { rows, matched: this.#matched, cursor };
  }

  #places(): Iterable<KeyPlace | undefined> {
    const { sort, cursor } = this.#wanted;
    if (sort !== "next") return keysFrom(this.#target, cursor);
    const cache = cacheOf(this.#target);
    if (!hasOrder(cache))
      throw new Refusal("The order of eviction is not known: of a random one, or of over 20,000 entries.");
    return keysNextToGo(cache)
      .map((id, index): KeyPlace => ({ id, next: [0, index + 1] }))
      .slice(cursor[1]);
  }

  #look({ id }: KeyPlace, isSorted: boolean): void {
    const { words, limit } = this.#wanted;
    const row = this.#rows.rowOf(id, this.#matched);
    if (!row || !matchesWords(words, row, this.#rows, measuredSize)) return;
    this.#matched++;
    if (limit === 0) return;
    this.#found.push(row);
    if (isSorted && this.#found.length >= 2 * limit) this.#keepFirst(isSorted);
  }

  #keepFirst(isSorted: boolean): void {
    const { sort, isDescending, limit } = this.#wanted;
    if (!isSorted) return;
    this.#found = sortRows(this.#found, { sort, descending: isDescending }, this.#figures).slice(0, limit);
  }

  #shown(row: EntryRow, isSorted: boolean): KeyRow {
    const size = row.ttlLeft === undefined ? undefined : measuredSize(row, this.#rows);
    const hits = this.#figures.hitsOf(row);
    const told = keyRow(row, size, isSorted ? rankOf(row, this.#wanted.sort, this.#figures) : undefined);
    return hits === undefined ? told : { ...told, hits };
  }
}

/** What is told of a row; without what is not known, or not used. */
export function keyRow(row: EntryRow, size: number | undefined, rank?: number | string): KeyRow {
  const { departure: left, updatedAt } = row;
  const known = {
    age: left ? left.age : updatedAt > 0 ? Math.max(0, Math.round(Date.now() - updatedAt)) : undefined,
    ttlLeft: row.ttlLeft === undefined ? undefined : Math.round(row.ttlLeft),
    ttl: row.ttl,
    reads: row.reads,
    size: size === undefined ? undefined : Math.round(size),
    weight: row.weight,
    pins: row.pins,
    shard: row.shard,
    isPersisted: row.isPersisted,
    hooks: row.onScreen > 0 ? row.onScreen : undefined,
    tags: row.tags && row.tags.length > 0 ? row.tags.slice(0, MAX_TAGS) : undefined,
    left: left && { cause: left.cause, at: left.at, times: left.times },
    rank: typeof rank === "string" ? shownKey(rank) : rank,
  };
  const there = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  const key = { key: shownKey(row.label), ...(isCutKey(row.label) && { isCut: true as const }) };
  return { ...key, type: typeOf(row.id), status: row.status, ...there };
}

const MAX_TAGS = 20;

function typeOf(id: unknown): string {
  return id === null ? "null" : typeof id;
}

/** Those that left last, the latest first. There are few enough for one part. */
async function departedKeys(target: DevtoolsTarget, wanted: Wanted): Promise<KeysAnswer> {
  const { recording, isNew } = await leaseRecord(target);
  const { limit, sort, isDescending } = wanted;
  const found = await inSlices(departedRows(target, recording, wanted));
  const figures = figuresOf({ peek: () => undefined }, recording.stories);
  // Their order is that in which they left, the latest first.
  const sorted = sortRows(found, { sort: sort === "next" ? "order" : sort, descending: isDescending }, figures);
  const rows = sorted.slice(0, limit).map((row) => keyRow(row, undefined));
  return { ...headOf(target, recording, wanted), rows, matched: found.length, cursor: null, isNewRecord: isNew };
}

function* departedRows(
  target: DevtoolsTarget,
  { stories }: Recording,
  { words }: Wanted,
): Generator<undefined, EntryRow[]> {
  const kind = isClient(target) ? "client" : "cache";
  const all = stories.latest(Infinity);
  const found: EntryRow[] = [];
  for (const departure of all) {
    yield;
    const row = departedRow(departure, kind);
    if (!isBack(target, departure) && matchesWords(words, row, { peek: () => undefined })) found.push(row);
  }
  return found;
}

function isBack(target: DevtoolsTarget, { key }: Departure): boolean {
  if (isClient(target)) return queryOf(target, keyLabel(key)) !== undefined;
  return target.remainingTtl(key as never) !== undefined;
}
