/** @jsxImportSource preact */
import type { JSX, RefObject, TargetedKeyboardEvent } from "preact";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import { sameKey } from "../source.ts";
import type { EntriesView } from "./entries-view.ts";
import { ago, count, duration } from "./format.ts";
import { KeyLabel } from "./key-label.tsx";
import type { SortKey } from "./row-order.ts";
import { StatusWord } from "./status.tsx";
import { previewWords } from "./value-words.ts";
import { rowByKey, useVirtualRows } from "./virtual.ts";

/** Height of a row and of the header, in CSS pixels; the stylesheet has the same. */
const ROW_HEIGHT = 28;

/** What a cell may need besides its row. */
interface RowContext {
  readonly source: EntrySource;
  /** Keys of the rows above and below. */
  readonly neighbours: (string | undefined)[];
}

interface Column {
  readonly name: string;
  readonly sort: SortKey | undefined;
  readonly cell: (row: EntryRow, context: RowContext) => JSX.Element | string;
  readonly class: string;
}

const ORDER: Column = { name: "#", sort: "order", class: "number", cell: (row) => count(row.order + 1) };
const KEY: Column = {
  name: "Key",
  sort: "key",
  class: "key",
  cell: (row, { neighbours }) => <KeyLabel label={row.label} neighbours={neighbours} />,
};
const VALUE: Column = { name: "Value", sort: undefined, class: "preview", cell: previewCell };
const TTL: Column = { name: "TTL left", sort: "ttl", class: "number", cell: (row) => ttlWords(row.ttlLeft) };
const QUERY_COLUMNS: readonly Column[] = [
  { name: "Status", sort: "status", class: "", cell: (row) => <StatusWord status={row.status} /> },
  {
    name: "On screen",
    sort: "onScreen",
    class: "number",
    cell: (row) => (row.onScreen === 0 ? "–" : count(row.onScreen)),
  },
  { name: "Updated", sort: "updated", class: "number updated", cell: (row) => ago(row.updatedAt, Date.now()) },
];
const COLUMNS: Record<EntrySource["kind"], readonly Column[]> = {
  cache: [ORDER, KEY, VALUE, TTL],
  client: [ORDER, KEY, VALUE, ...QUERY_COLUMNS, TTL],
};

function previewCell(row: EntryRow, { source }: RowContext): JSX.Element | string {
  if (row.ttlLeft === undefined) return "–";
  const value = source.peek(row.id);
  // Rows that are held still outlive their entries.
  if (value === undefined && !source.row(row.id)) return <span class="v-note">has left</span>;
  const { kind, text } = previewWords(value);
  return <span class={`v-${kind}`}>{text}</span>;
}

export function ttlWords(ttlLeft: number | undefined): string {
  return ttlLeft === undefined ? "–" : duration(ttlLeft);
}

interface ListProps {
  source: EntrySource;
  rows: readonly EntryRow[];
  view: EntriesView;
  change: (part: Partial<EntriesView>) => void;
  grid: RefObject<HTMLDivElement | null>;
  /** Keys in all: the column of numbers has room for the last one. */
  total: number;
  remove: (row: EntryRow) => void;
}

/** The keys as a grid of which only the visible rows exist. The chosen row follows the arrow keys. */
export function EntryList({ source, rows, view, change, grid, total, remove }: ListProps): JSX.Element {
  const virtual = useVirtualRows(grid, rows.length, ROW_HEIGHT, ROW_HEIGHT);
  const { selected, last = selected } = view;
  const active = last ? rows.findIndex(({ id }) => sameKey(id, last.id)) : -1;
  const columns = COLUMNS[source.kind];
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / ROW_HEIGHT) - 2);
    const next = rowByKey(event.key, active, rows.length, page);
    if (next !== undefined) {
      change({ selected: rows[next] });
      virtual.reveal(next);
    } else if (!actOn(event.key, Math.max(0, active))) return;
    event.preventDefault();
  };
  /** Whether the key does something with the row of this index. */
  const actOn = (key: string, index: number): boolean => {
    const row = rows[index];
    if (key === "Enter" && row) {
      // The second time it leads on to what is stored.
      if (selected) grid.current?.parentElement?.querySelector<HTMLElement>("[role=tree]")?.focus();
      else change({ selected: row });
      return true;
    }
    if (key !== "Delete" || index !== active || !row) return false;
    const neighbour = rows[index + 1] ?? rows[index - 1];
    change(selected ? { selected: neighbour, last: neighbour } : { last: neighbour });
    remove(row);
    return true;
  };
  const isRendered = active >= virtual.from && active < virtual.to;
  return (
    <div
      ref={grid}
      class={`grid ${source.kind}`}
      role="grid"
      tabIndex={0}
      aria-label={source.kind === "cache" ? "Entries" : "Queries"}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={isRendered ? rowId(active) : undefined}
      style={{ "--digits": `${count(total).length}ch` }}
      onKeyDown={onKeyDown}
      onScroll={virtual.onScroll}
    >
      <HeaderRow columns={columns} view={view} change={change} />
      <div class="rows" role="rowgroup" style={{ height: `${virtual.height}px` }}>
        {rows.slice(virtual.from, virtual.to).map((row, offset) => (
          <Row
            key={rowId(virtual.from + offset)}
            row={row}
            index={virtual.from + offset}
            isActive={virtual.from + offset === active}
            isOpen={selected !== undefined && virtual.from + offset === active}
            columns={columns}
            context={{
              source,
              neighbours: [rows[virtual.from + offset - 1]?.label, rows[virtual.from + offset + 1]?.label],
            }}
            choose={() => change({ selected: row })}
          />
        ))}
      </div>
    </div>
  );
}

// Also the row's key, which its own would make a bad one: Preact compares by `==`, and that would run code of the user's.
function rowId(index: number): string {
  return `row-${index}`;
}

function HeaderRow({
  columns,
  view,
  change,
}: Pick<ListProps, "view" | "change"> & { columns: readonly Column[] }): JSX.Element {
  return (
    <div class="head" role="rowgroup">
      <div class="row" role="row" aria-rowindex={1}>
        {columns.map(({ name, sort, class: kind }) => (
          <span key={name} role="columnheader" class={`cell ${kind}`} aria-sort={sort && sortWord(view, sort)}>
            {sort === undefined ? (
              name
            ) : (
              <button
                type="button"
                class="sort"
                onClick={() => change({ sort, descending: view.sort === sort && !view.descending })}
              >
                {name}
                <span aria-hidden="true">{view.sort === sort ? (view.descending ? " ↓" : " ↑") : ""}</span>
              </button>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

function sortWord(view: EntriesView, sort: SortKey): "ascending" | "descending" | "none" {
  if (view.sort !== sort) return "none";
  return view.descending ? "descending" : "ascending";
}

interface RowProps {
  row: EntryRow;
  /** From 0, among the shown rows. */
  index: number;
  isActive: boolean;
  isOpen: boolean;
  columns: readonly Column[];
  context: RowContext;
  choose: () => void;
}

function Row({ row, index, isActive, isOpen, columns, context, choose }: RowProps): JSX.Element {
  return (
    <div
      id={rowId(index)}
      class={isActive ? "row at" : "row"}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
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
