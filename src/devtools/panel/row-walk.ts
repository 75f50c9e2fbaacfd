import type { EntryRow, EntrySource, RowStatus } from "../entry-source.ts";
import type { Departure } from "../departures.ts";
import type { Stories } from "../stories.ts";
import { keyLabel } from "../source.ts";
import type { ListView } from "./entries-view.ts";
import { type FilterWords, parseWords } from "./filter-words.ts";
import { NOT_SIZED, sizeOfValue } from "./row-figures.ts";
import { matchesWords } from "./row-match.ts";
import { type RowGroup, RowGroups } from "./row-groups.ts";

/** The most rows that are held and sorted: of more, a reader wants the filter. */
export const MAX_ROWS = 10_000;

/** Rows between two looks at the clock: some that are only counted, and one whose value is looked at. */
const STEP = 64;

/** What a walk over all keys found. */
export interface RowList {
  /** Another text for each view that needs a walk of its own. */
  readonly shape: string;
  readonly isDone: boolean;
  /** In the order of their first key. They hold at most `MAX_ROWS` rows. */
  readonly groups: readonly RowGroup[];
  /** Whether there are more rows than can be held. */
  readonly isCut: boolean;
  /** All that match. */
  readonly matched: number;
  /** Keys in all. */
  readonly total: number;
  readonly statuses: ReadonlyMap<RowStatus, number>;
  readonly onScreen: number;
}

/** What is known of keys that left. */
export type Past = Pick<Stories, "departures" | "missCounts">;

/** One walk over all keys, and those that left, in slices: a million of them must not stop the page. */
export class RowWalk {
  #source: EntrySource;
  #view: ListView;
  #words: FilterWords;
  #past: Past | undefined;
  #misses: ReturnType<Past["missCounts"]> | undefined;
  #left: Iterator<EntryRow>;
  #departed: Iterator<Departure> | undefined;
  #groups: RowGroups;
  #statuses = new Map<RowStatus, number>();
  #matched = 0;
  #seen = 0;
  #onScreen = 0;
  #departures = 0;
  #end: "of the keys" | "of what is to know" | undefined;
  #isDone = false;

  constructor(source: EntrySource, view: ListView, past?: Past) {
    this.#source = source;
    this.#view = view;
    this.#words = parseWords(view.filter, view.isSized);
    this.#past = past;
    this.#misses = past?.missCounts();
    this.#left = source.rows(view.sort === "next")[Symbol.iterator]();
    this.#groups = new RowGroups(view.grouping, (label) => isOpen(view, label), MAX_ROWS);
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  get list(): RowList {
    const total = this.#end === "of the keys" ? this.#seen : Math.max(this.#seen, this.#source.size());
    return {
      shape: shapeOf(this.#view, this.#isDone),
      isDone: this.#isDone,
      groups: this.#groups.list.filter(({ entries, left }) => entries > 0 || (this.#showsLeft && left > 0)),
      isCut: this.#groups.isCut || this.#end === "of what is to know",
      matched: this.#takesEveryKey ? total : this.#matched,
      total,
      statuses: this.#statuses,
      onScreen: this.#onScreen,
    };
  }

  /** Goes on until it is done, or `isEnough` for now. */
  run(isEnough: () => boolean): void {
    const { texts, isSized } = this.#words;
    const step = texts.length > 0 || isSized ? 1 : STEP;
    do {
      for (let done = 0; done < step && !this.#isDone; done++) this.#next();
    } while (!this.#isDone && !isEnough());
  }

  #next(): void {
    if (this.#end) return this.#nextDeparted();
    const { done, value } = this.#left.next();
    if (done) this.#end = "of the keys";
    // All further keys match as well, and there is no room for one more.
    else if (this.#seen === MAX_ROWS && this.#takesEveryKey && this.#view.grouping === "none")
      this.#end = "of what is to know";
    else this.#count(value);
  }

  /** The rows of a cache have no status to count. */
  get #takesEveryKey(): boolean {
    return this.#source.kind === "cache" && isWhole(this.#view);
  }

  get #showsLeft(): boolean {
    return this.#view.showsLeft || this.#words.wantsLeft;
  }

  #count(row: EntryRow): void {
    this.#seen++;
    this.#countStatus(row.status);
    if (row.onScreen > 0) this.#onScreen++;
    const { status } = this.#view;
    if ((status !== undefined && row.status !== status) || this.#words.wantsLeft || !this.#matches(row)) return;
    this.#matched++;
    const misses = this.#missesOf(row);
    for (const group of this.#groups.of(row)) {
      group.count(row, this.#sizeOf);
      group.misses += misses;
      this.#groups.hold(group, row);
    }
  }

  #countStatus(status: RowStatus): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }

  #nextDeparted(): void {
    this.#departed ??= (this.#past?.departures() ?? [])[Symbol.iterator]();
    const { done, value } = this.#departed.next();
    // Keys that leave meanwhile come at the end, so that it might never be reached.
    if (done || ++this.#departures > 2 * MAX_ROWS) this.#isDone = true;
    else this.#countDeparted(value);
  }

  #countDeparted(departure: Departure): void {
    const row = departedRow(departure, this.#source.kind);
    const isBack = this.#source.has(departure.key);
    if (!isBack) this.#countStatus("left");
    const isShown = !isBack && this.#showsLeft && this.#matches(row);
    // A group by prefix tells of all that happened to its keys; the others only know what is there.
    const isTold = isShown || (this.#view.grouping === "prefix" && isWhole(this.#view));
    if (!isTold) return;
    if (isShown && this.#words.wantsLeft) this.#matched++;
    const misses = isBack ? 0 : this.#missesOf(row);
    for (const group of this.#groups.of(row)) {
      if (!isBack) group.count(row, this.#sizeOf);
      group.misses += misses;
      group.reads += (departure.reads ?? 0) + departure.readBefore;
      if (departure.cause === "evicted") group.evictions += departure.times;
      if (isShown) this.#groups.hold(group, row);
    }
  }

  #matches(row: EntryRow): boolean {
    return matchesWords(this.#words, row, this.#source);
  }

  #missesOf({ id, label }: EntryRow): number {
    if (!this.#misses) return 0;
    const { counts, share } = this.#misses;
    return (counts.get(typeof id === "object" ? label : id) ?? 0) / share;
  }

  #sizeOf = (row: EntryRow): number => (this.#view.isSized ? sizeOfValue(row, this.#source) : NOT_SIZED);
}

/** What of a view needs a walk of its own. */
export function shapeOf(view: ListView, isDone: boolean): string {
  const { filter, status, showsLeft, grouping, areOpen, opened, sort, isSized } = view;
  return JSON.stringify([filter, status, showsLeft, grouping, areOpen, [...opened], sort === "next", isSized, isDone]);
}

/** Whether the view leaves out no key. */
function isWhole({ filter, status }: ListView): boolean {
  return status === undefined && filter.trim() === "";
}

/** Whether the rows of a group are shown. What was filtered is to be seen. */
export function isOpen(view: ListView, label: string): boolean {
  const areOpen = view.areOpen === true || !isWhole(view);
  return view.grouping === "none" || view.opened.has(label) !== areOpen;
}

/** A key that left, as a row: the latest first, behind those that are there. */
export function departedRow(departure: Departure, kind: EntrySource["kind"]): EntryRow {
  const { key, serial, reads } = departure;
  const label = keyLabel(key);
  return {
    id: key,
    // The hash of a query whose key is a string is that string in quotes.
    label: kind === "client" && label.startsWith('"') ? String(JSON.parse(label)) : label,
    order: Number.MAX_SAFE_INTEGER - serial,
    status: "left",
    onScreen: 0,
    updatedAt: 0,
    ttlLeft: undefined,
    reads,
    departure,
  };
}
