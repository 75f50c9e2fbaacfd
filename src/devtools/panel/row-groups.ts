import type { EntryRow } from "../entry-source.ts";
import { rowPrefix } from "./key-prefix.ts";

export const GROUPINGS = ["prefix", "tag", "status", "none"] as const;
/** What keys are gathered by. */
export type Grouping = (typeof GROUPINGS)[number];

/** The most groups that are told apart; further keys are one more. */
const MAX_GROUPS = 500;
const OTHERS = "others";
/** A sample of the bytes: the first entries of a group, and then ever fewer. */
const FIRST_SIZED = 8;
const SIZED_EVERY = 512;

/** Keys that belong together, and what they add up to. */
export interface RowGroup {
  readonly label: string;
  /** Those that are there. */
  readonly entries: number;
  readonly left: number;
  readonly reads: number;
  /** About so many look-ups of these keys found nothing. */
  readonly misses: number;
  /** Evictions of its keys that are remembered. */
  readonly evictions: number;
  /** About; below 0 while they are not estimated. */
  readonly bytes: number;
  /** Those that are held, of an open group. */
  readonly rows: readonly EntryRow[];
}

/** One group while it is counted. */
class Group implements RowGroup {
  readonly label: string;
  readonly rows: EntryRow[] = [];
  entries = 0;
  left = 0;
  reads = 0;
  misses = 0;
  evictions = 0;
  /** Rows that it may hold. */
  room: number = Infinity;
  #sized = 0;
  #bytes = 0;

  constructor(label: string) {
    this.label = label;
  }

  get bytes(): number {
    return this.#sized === 0 ? 0 : (this.#bytes / this.#sized) * this.entries;
  }

  count(row: EntryRow, sizeOf: (row: EntryRow) => number): void {
    if (row.departure) {
      this.left++;
      return;
    }
    const index = this.entries++;
    this.reads += row.reads ?? 0;
    if (index >= FIRST_SIZED && index % SIZED_EVERY !== 0) return;
    this.#sized++;
    this.#bytes += sizeOf(row);
  }
}

/** All groups of one walk. They hold no more rows than `most`, and a large one leaves room for the others. */
export class RowGroups {
  #grouping: Grouping;
  #isOpen: (label: string) => boolean;
  #most: number;
  #groups = new Map<string, Group>();
  #held = 0;
  /** Whether rows of an open group found no room. */
  isCut = false;

  constructor(grouping: Grouping, isOpen: (label: string) => boolean, most: number) {
    this.#grouping = grouping;
    this.#isOpen = isOpen;
    this.#most = most;
  }

  get list(): readonly RowGroup[] {
    return [...this.#groups.values()];
  }

  /** The groups of a row: one, or one for each of its tags. */
  of(row: EntryRow): Group[] {
    return this.#labelsOf(row).map((label) => this.#group(label));
  }

  #labelsOf(row: EntryRow): readonly string[] {
    switch (this.#grouping) {
      case "prefix":
        return [rowPrefix(row)];
      case "status":
        return [row.status];
      case "tag":
        return row.departure ? ["left"] : row.tags?.length ? row.tags : ["no tag"];
      case "none":
        return [""];
    }
  }

  #group(label: string): Group {
    const known = this.#groups.get(label);
    if (known) return known;
    if (this.#groups.size >= MAX_GROUPS && label !== OTHERS) return this.#group(OTHERS);
    const group = new Group(label);
    this.#groups.set(label, group);
    return group;
  }

  /** Keeps a row of an open group, as long as there is room. */
  hold(group: Group, row: EntryRow): void {
    if (!this.#isOpen(group.label)) return;
    if (group.rows.length >= group.room) return void (this.isCut = true);
    if (this.#held === this.#most) {
      this.isCut = true;
      const largest = [...this.#groups.values()].reduce((most, each) =>
        each.rows.length > most.rows.length ? each : most,
      );
      if (largest === group) return;
      // It gives half of its rows away, so that this is rare.
      largest.room = Math.floor(largest.rows.length / 2);
      this.#held -= largest.rows.length - largest.room;
      largest.rows.length = largest.room;
    }
    group.rows.push(row);
    this.#held++;
  }
}
