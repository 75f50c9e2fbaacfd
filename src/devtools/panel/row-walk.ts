import type { EntryRow, EntrySource, RowStatus } from "../entry-source.ts";
import { isWhole, matches, type RowView } from "./row-order.ts";

/** The most rows that are held and sorted: of more, a reader wants the filter. */
export const MAX_ROWS = 10_000;

/** Rows between two looks at the clock. */
const STEP = 64;

/** What a walk over all keys found. */
export interface RowList {
  /** The first `MAX_ROWS` that match, in the cache's own order. */
  readonly rows: readonly EntryRow[];
  /** All that match. */
  readonly matched: number;
  /** Keys in all. */
  readonly total: number;
  readonly statuses: ReadonlyMap<RowStatus, number>;
  readonly onScreen: number;
}

/** One walk over all keys, in slices: a million of them must not stop the page. */
export class RowWalk {
  #source: EntrySource;
  #view: RowView;
  #left: Iterator<EntryRow>;
  #rows: EntryRow[] = [];
  #statuses = new Map<RowStatus, number>();
  #matched = 0;
  #seen = 0;
  #onScreen = 0;
  #end: "of the keys" | "of what is to know" | undefined;

  constructor(source: EntrySource, view: RowView) {
    this.#source = source;
    this.#view = view;
    this.#left = source.rows()[Symbol.iterator]();
  }

  get isDone(): boolean {
    return this.#end !== undefined;
  }

  get list(): RowList {
    const total = this.#end === "of the keys" ? this.#seen : Math.max(this.#seen, this.#source.size());
    const matched = this.#takesEveryKey ? total : this.#matched;
    return { rows: this.#rows, matched, total, statuses: this.#statuses, onScreen: this.#onScreen };
  }

  /** Goes on until it is done, or `isEnough` for now. */
  run(isEnough: () => boolean): void {
    do {
      for (let step = 0; step < STEP && !this.isDone; step++) this.#next();
    } while (!this.isDone && !isEnough());
  }

  #next(): void {
    const { done, value } = this.#left.next();
    if (done) this.#end = "of the keys";
    // All further keys match as well, and there is no room for one more.
    else if (this.#rows.length === MAX_ROWS && this.#takesEveryKey) this.#end = "of what is to know";
    else this.#count(value);
  }

  /** The rows of a cache have no status to count. */
  get #takesEveryKey(): boolean {
    return this.#source.kind === "cache" && isWhole(this.#view);
  }

  #count(row: EntryRow): void {
    this.#seen++;
    this.#statuses.set(row.status, (this.#statuses.get(row.status) ?? 0) + 1);
    if (row.onScreen > 0) this.#onScreen++;
    if (!matches(row, this.#view)) return;
    this.#matched++;
    if (this.#rows.length < MAX_ROWS) this.#rows.push(row);
  }
}
