/** @jsxImportSource preact */
import type { JSX, RefObject, TargetedKeyboardEvent } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import { sameKey } from "../source.ts";
import type { Stories } from "../stories.ts";
import { type Column, columnsFor, templateOf } from "./columns.tsx";
import type { EntriesView } from "./entries-view.ts";
import { plural } from "./format.ts";
import { isFlat, itemsOf, type ListItem, rowNow, toggled, useHeldItems } from "./list-items.ts";
import { GroupRow, Row } from "./list-row.tsx";
import { type RowFigures, sortedBy, type SortKey } from "./row-order.ts";
import { isOpen, type RowList } from "./row-walk.ts";
import { rowByKey, useVirtualRows } from "./virtual.ts";

/** Height of a row and of the header, in CSS pixels; the stylesheet has the same. */
const ROW_HEIGHT = 28;

interface ListProps {
  source: EntrySource;
  stories: Stories;
  list: RowList;
  figures: RowFigures;
  view: EntriesView;
  change: (part: Partial<EntriesView>) => void;
  grid: RefObject<HTMLDivElement | null>;
  isPaused: boolean;
  remove: (row: EntryRow) => void;
}

/** The keys as a grid of which only the visible rows exist. The chosen row follows the arrow keys. */
export function EntryList(props: ListProps): JSX.Element {
  const { source, stories, list, figures, view, change, grid } = props;
  const hold = useHold(props.isPaused);
  const latest = useMemo(
    () => itemsOf(list, view, figures),
    [list, view.sort, view.descending, view.opened, view.areOpen],
  );
  const shape = `${list.shape} ${view.sort} ${view.descending}`;
  const { items, waiting, showAll } = useHeldItems(latest, shape, hold.isHeld);
  const virtual = useVirtualRows(grid, items.length, ROW_HEIGHT, ROW_HEIGHT);
  const active = activeIndex(items, view);
  const flat = isFlat(list, view);
  const shown = items.slice(virtual.from, virtual.to);
  const rows = shown.map(({ row }) => row && (hold.isHeld ? rowNow(row, source, stories) : row));
  const { columns, template } = useMemo(() => layoutOf(items, source.kind, virtual.width), [items, virtual.width]);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || !actOnKey(event, items, active, virtual.reveal, props)) return;
    hold.byKeys(true);
    event.preventDefault();
  };
  const isRendered = active >= virtual.from && active < virtual.to;
  return (
    <div class="list" onPointerEnter={() => hold.byPointer(true)} onPointerLeave={() => hold.byPointer(false)}>
      <div
        ref={grid}
        class={flat ? "grid" : "grid grouped"}
        role={flat ? "grid" : "treegrid"}
        tabIndex={0}
        aria-label={source.kind === "cache" ? "Entries" : "Queries"}
        aria-rowcount={items.length + 1}
        aria-activedescendant={isRendered ? rowId(active) : undefined}
        style={{ "--columns": template }}
        onKeyDown={onKeyDown}
        onBlur={() => hold.byKeys(false)}
        onScroll={virtual.onScroll}
      >
        <HeaderRow columns={columns} view={view} change={change} />
        <div class="rows" role="rowgroup" style={{ height: `${virtual.height}px` }}>
          {shown.map((item, offset) => {
            const index = virtual.from + offset;
            const row = rows[offset];
            const place = {
              id: rowId(index),
              isActive: index === active,
              top: index * ROW_HEIGHT,
              columns,
              rowIndex: index + 2,
            };
            if (!row) return <GroupRow key={place.id} {...place} group={item.group} {...{ view, change }} />;
            const neighbours = [items[index - 1]?.row?.label, items[index + 1]?.row?.label];
            return (
              <Row
                key={place.id}
                {...place}
                row={row}
                isOpen={view.selected !== undefined && place.isActive && sameKey(view.selected.id, row.id)}
                level={flat ? undefined : 2}
                context={{ source, ...figures, neighbours }}
                choose={() => change({ selected: row, at: item.group.label, isOnHeader: false })}
              />
            );
          })}
        </div>
      </div>
      {waiting > 0 && (
        <p class="waiting">
          {plural(waiting, "new key")} {waiting === 1 ? "waits" : "wait"}.{" "}
          <button type="button" class="small-button" onClick={showAll}>
            Show
          </button>
        </p>
      )}
    </div>
  );
}

/** Characters for which there is room at least, where there are headers of groups. */
const HEADER_LENGTH = 20;

/** The same for all lines, so that no column comes or goes by scrolling. */
function layoutOf(
  items: readonly ListItem[],
  kind: EntrySource["kind"],
  width: number,
): { columns: readonly Column[]; template: string } {
  const longest = items.reduce((most, { row }) => Math.max(most, row ? row.label.length : HEADER_LENGTH), 0);
  const rows = items.flatMap(({ row }) => row ?? []);
  const columns = columnsFor(kind, width, rows, longest);
  return { columns, template: templateOf(columns, longest) };
}

/** Whether the rows stand still: while the pointer is over them, or a key walks them. */
function useHold(isPaused: boolean): {
  isHeld: boolean;
  byPointer: (isOver: boolean) => void;
  byKeys: (isWalked: boolean) => void;
} {
  const [isOver, byPointer] = useState(false);
  const [isWalked, byKeys] = useState(false);
  return { isHeld: isPaused || isOver || isWalked, byPointer, byKeys };
}

/** The line that the keys go on from: -1 for none. A row that has changed its group is found there. */
function activeIndex(items: readonly ListItem[], { selected, last = selected, at, isOnHeader }: EntriesView): number {
  if (isOnHeader) return items.findIndex(({ group, row }) => !row && group.label === at);
  if (!last) return -1;
  const isThat = ({ row }: ListItem): boolean => row !== undefined && sameKey(row.id, last.id);
  const index = items.findIndex((item) => item.group.label === at && isThat(item));
  return index < 0 ? items.findIndex(isThat) : index;
}

/** Does what a key asks of the lines. Returns whether it does. */
function actOnKey(
  { key, currentTarget }: TargetedKeyboardEvent<HTMLDivElement>,
  items: readonly ListItem[],
  active: number,
  reveal: (index: number) => void,
  { view, change, remove }: ListProps,
): boolean {
  const go = (index: number): boolean => {
    const item = items[index];
    if (!item) return false;
    const { group, row } = item;
    change({ at: group.label, isOnHeader: !row, ...(row && { selected: row }) });
    reveal(index);
    return true;
  };
  const page = Math.max(1, Math.floor(currentTarget.clientHeight / ROW_HEIGHT) - 2);
  const next = rowByKey(key, active, items.length, page);
  if (next !== undefined) return go(next);
  const item = items[active] ?? items[0];
  if (!item) return false;
  const { group, row } = item;
  if (!row) {
    const isClosed = !isOpen(view, group.label);
    if (key === "ArrowRight" && !isClosed) return go(active + 1);
    if (key !== "Enter" && key !== (isClosed ? "ArrowRight" : "ArrowLeft")) return false;
    change({ ...toggled(view, group.label), at: group.label, isOnHeader: true });
    return true;
  }
  if (key === "ArrowLeft") return go(items.findIndex((each) => !each.row && each.group === group));
  if (key === "Enter") {
    // The second time it leads on to what is stored.
    if (view.selected) currentTarget.closest(".split")?.querySelector<HTMLElement>("[role=tree]")?.focus();
    else change({ selected: row, at: group.label, isOnHeader: false });
    return true;
  }
  if (key !== "Delete" || active < 0 || row.departure) return false;
  const neighbour = items[active + 1]?.row ?? items[active - 1]?.row;
  change({ ...(view.selected && { selected: neighbour }), last: neighbour });
  remove(row);
  return true;
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
        {columns.map(({ name, sort, title, class: kind }) => (
          <span
            key={name}
            role="columnheader"
            class={`cell ${kind}`}
            title={title}
            aria-sort={sort && sortWord(view, sort)}
          >
            {sort === undefined ? (
              name
            ) : (
              <button type="button" class="sort" onClick={() => change(sortedBy(view, sort))}>
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
