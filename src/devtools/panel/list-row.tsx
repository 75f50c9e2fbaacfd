/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { EntryRow } from "../entry-source.ts";
import { type Column, columnsOfName, KEY, type RowContext } from "./columns.tsx";
import type { EntriesView } from "./entries-view.ts";
import { count, plural } from "./format.ts";
import { toggled } from "./list-items.ts";
import type { RowGroup } from "./row-groups.ts";
import { isOpen } from "./row-walk.ts";

/** Where a line stands, and what it shows. */
interface LinePlace {
  id: string;
  isActive: boolean;
  /** CSS pixels. */
  top: number;
  /** From 1, with the header. */
  rowIndex: number;
  columns: readonly Column[];
}

interface RowProps extends LinePlace {
  row: EntryRow;
  isOpen: boolean;
  /** In a tree. */
  level: number | undefined;
  context: RowContext;
  choose: () => void;
}

/** One key. */
export function Row({
  id,
  row,
  top,
  rowIndex,
  isActive,
  isOpen: isChosen,
  level,
  columns,
  context,
  choose,
}: RowProps): JSX.Element {
  return (
    <div
      id={id}
      class={`row${isActive ? " at" : ""}${row.status === "left" ? " gone" : ""}`}
      role="row"
      aria-level={level}
      aria-rowindex={rowIndex}
      aria-selected={isChosen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={choose}
    >
      {columns.map((column) => (
        <span
          key={column.name}
          role="gridcell"
          class={`cell ${column.class}`}
          title={column === KEY ? row.label : undefined}
        >
          {column.cell(row, context)}
        </span>
      ))}
    </div>
  );
}

interface GroupProps extends LinePlace {
  group: RowGroup;
  view: EntriesView;
  change: (part: Partial<EntriesView>) => void;
}

/** The header of a group: what its keys add up to. A press opens or closes it. */
export function GroupRow({ id, group, view, change, top, rowIndex, isActive, columns }: GroupProps): JSX.Element {
  const isShown = isOpen(view, group.label);
  const named = columnsOfName(columns);
  return (
    <div
      id={id}
      class={isActive ? "row group at" : "row group"}
      role="row"
      aria-level={1}
      aria-expanded={isShown}
      aria-rowindex={rowIndex}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => change({ ...toggled(view, group.label), at: group.label, isOnHeader: true })}
    >
      <span role="gridcell" class="cell key" aria-colspan={named} style={{ gridColumn: `span ${named}` }}>
        <span class="fold" aria-hidden="true">
          {isShown ? "▾" : "▸"}
        </span>
        {group.label}{" "}
        <span class="note" title={groupWords(group)}>
          {shortWords(group)}
        </span>
      </span>
      {columns.slice(named).map((column) => (
        <span key={column.name} role="gridcell" class={`cell ${column.class}`}>
          {column.group?.(group)}
        </span>
      ))}
    </div>
  );
}

function shortWords({ entries, left, evictions }: RowGroup): string {
  return `${count(entries)}${left > 0 ? ` · ${count(left)} left` : ""}${evictions > 0 ? ` · ${count(evictions)} evicted` : ""}`;
}

function groupWords({ entries, left, evictions }: RowGroup): string {
  const gone = left > 0 ? `; ${plural(left, "key")} left and did not come back` : "";
  const evicted = evictions > 0 ? `; ${plural(evictions, "eviction")}, also of keys that came back` : "";
  return `${plural(entries, "entry", "entries")} there${gone}${evicted}`;
}
