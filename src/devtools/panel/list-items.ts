import { useMemo, useRef, useState } from "preact/hooks";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import type { Stories } from "../stories.ts";
import type { EntriesView } from "./entries-view.ts";
import { ratioOf } from "./row-figures.ts";
import type { RowGroup } from "./row-groups.ts";
import { type RowFigures, sortRows } from "./row-order.ts";
import { isOpen, type RowList } from "./row-walk.ts";

/** A line of the list: a row, or the header of a group. */
export interface ListItem {
  readonly group: RowGroup;
  readonly row?: EntryRow;
}

/** Whether the rows stand alone: a single group that is open needs no header. */
export function isFlat({ groups }: RowList, view: EntriesView): boolean {
  return view.grouping === "none" || groups.length === 0 || (groups.length === 1 && isOpen(view, groups[0]!.label));
}

/** The lines of a list in the order of the view. */
export function itemsOf(list: RowList, view: EntriesView, figures: RowFigures): readonly ListItem[] {
  const hasHeaders = !isFlat(list, view);
  return sortedGroups(list.groups, view).flatMap((group): ListItem[] => {
    const items: ListItem[] = hasHeaders ? [{ group }] : [];
    if (isOpen(view, group.label)) for (const row of sortRows(group.rows, view, figures)) items.push({ group, row });
    return items;
  });
}

const GROUP_RANKS: Partial<Record<EntriesView["sort"], (group: RowGroup) => number | string>> = {
  key: ({ label }) => label,
  reads: ({ reads }) => reads,
  hits: ({ reads, misses }) => ratioOf(reads, misses) ?? -1,
  size: ({ bytes }) => bytes,
};

function sortedGroups(groups: readonly RowGroup[], { sort, descending }: EntriesView): readonly RowGroup[] {
  const rankOf = GROUP_RANKS[sort];
  if (!rankOf) return descending && sort === "order" ? [...groups].reverse() : groups;
  const sign = descending ? -1 : 1;
  return [...groups].sort((one, other) => {
    const [a, b] = [rankOf(one), rankOf(other)];
    return a === b ? 0 : a < b ? -sign : sign;
  });
}

/**
 * Keeps the lines where they are while they are held. What comes meanwhile is counted.
 * docs/decisions/0042-a-list-that-holds-still.md
 * @param shape of the view: another one is what the reader asked for, and shows at once
 */
export function useHeldItems(
  latest: readonly ListItem[],
  shape: string,
  isHeld: boolean,
): { items: readonly ListItem[]; waiting: number; showAll: () => void } {
  const held = useRef({ items: latest, shape });
  const [, again] = useState(0);
  if (!isHeld || held.current.shape !== shape) held.current = { items: latest, shape };
  const { items } = held.current;
  const waiting = useMemo(() => newOf(items, latest), [items, latest]);
  const showAll = (): void => {
    held.current = { items: latest, shape };
    again((count) => count + 1);
  };
  return { items, waiting, showAll };
}

/** Rows of the latest lines that the others have not. */
export function newOf(items: readonly ListItem[], latest: readonly ListItem[]): number {
  if (items === latest) return 0;
  const known = new Set(items.map(({ row }) => row?.id));
  return latest.filter(({ row }) => row && !known.has(row.id)).length;
}

/** The row as it is now, of one that is held. */
export function rowNow(row: EntryRow, source: EntrySource, stories: Stories): EntryRow {
  const now = source.row(row.id);
  if (now) return { ...now, order: row.order };
  return { ...row, status: "left", ttlLeft: undefined, departure: stories.departureOf(row.id) };
}

/** Opens a group, or closes it. */
export function toggled({ opened }: EntriesView, label: string): Pick<EntriesView, "opened"> {
  const others = new Set(opened);
  if (!others.delete(label)) others.add(label);
  return { opened: others };
}
