/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import { isError } from "./error-text.ts";
import { flattenTree, parentPath, ROOT, type TreePart, type TreeRow } from "./value-tree.ts";
import { rowByKey, useVirtualRows } from "./virtual.ts";

/** Height of a line, in CSS pixels; the stylesheet has the same. */
const LINE_HEIGHT = 22;

interface TreeProps {
  parts: readonly TreePart[];
  /** Hears which line is chosen. */
  choose?: (row: TreeRow | undefined) => void;
  /** Edits the value of a line, where that can be. */
  edit?: (row: TreeRow) => void;
}

/** Values as a tree of which only the visible lines exist. */
export function ValueTree({ parts, choose: tell, edit }: TreeProps): JSX.Element {
  const tree = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(initiallyOpen(parts)));
  const [chosen, choose] = useState(ROOT);
  const rows = flattenTree(parts, open);
  const virtual = useVirtualRows(tree, rows.length, LINE_HEIGHT);
  const active = Math.max(
    0,
    rows.findIndex(({ path }) => path === chosen),
  );
  const toggle = (row: TreeRow): void => setOpen(toggled(open, row.path));
  const go = (index: number): void => {
    choose(rows[index]?.path ?? ROOT);
    tell?.(rows[index]);
    virtual.reveal(index);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const row = rows[active];
    const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / LINE_HEIGHT) - 1);
    const next = rowByKey(event.key, active, rows.length, page) ?? (row && sideways(event.key, row, rows, active));
    const mayEdit = edit && (event.key === "Enter" || event.key === "F2") && row?.names;
    if (next === undefined && !mayEdit) return;
    event.preventDefault();
    if (next === undefined) edit?.(row as TreeRow);
    else if (next === "toggle") toggle(row as TreeRow);
    else go(next);
  };
  return (
    <div
      ref={tree}
      class="tree"
      role="tree"
      tabIndex={0}
      aria-label="Value"
      aria-activedescendant={active >= virtual.from && active < virtual.to ? `line-${active}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={virtual.onScroll}
    >
      <div class="lines" role="none" style={{ height: `${virtual.height}px` }}>
        {rows.slice(virtual.from, virtual.to).map((row, offset) => (
          <Line
            key={row.path}
            row={row}
            index={virtual.from + offset}
            isActive={virtual.from + offset === active}
            edit={() => row.names && !row.expandable && edit?.(row)}
            press={() => {
              choose(row.path);
              tell?.(row);
              if (row.expandable) toggle(row);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** The first part, and the stack of an error, which comes first in it. */
function initiallyOpen([first]: readonly TreePart[]): string[] {
  return isError(first?.value) ? [ROOT, `${ROOT}/0`] : [ROOT];
}

function toggled(open: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(open);
  if (!next.delete(path)) next.add(path);
  return next;
}

/** What a key other than up and down does on a line: a line to go to, or to open or close this one. */
function sideways(key: string, row: TreeRow, rows: readonly TreeRow[], index: number): number | "toggle" | undefined {
  const parent = parentPath(row.path);
  if ((key === "Enter" || key === " ") && row.expandable) return "toggle";
  if (key === "ArrowRight" && row.expandable) return row.expanded ? index + 1 : "toggle";
  if (key === "ArrowLeft" && row.expanded) return "toggle";
  if (key === "ArrowLeft" && parent !== undefined) return rows.findIndex(({ path }) => path === parent);
  return undefined;
}

function Line({
  row,
  index,
  isActive,
  press,
  edit,
}: {
  row: TreeRow;
  index: number;
  isActive: boolean;
  press: () => void;
  edit: () => void;
}): JSX.Element {
  return (
    <div
      id={`line-${index}`}
      class="line"
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.expandable ? row.expanded : undefined}
      aria-selected={isActive}
      style={{ transform: `translateY(${index * LINE_HEIGHT}px)`, paddingInlineStart: `${8 + (row.level - 1) * 14}px` }}
      title={row.words.text}
      onClick={press}
      onDblClick={edit}
    >
      <span class="arrow" aria-hidden="true">
        {row.expandable ? (row.expanded ? "▾" : "▸") : ""}
      </span>
      <span class="label">{row.label}</span>
      {row.words.text !== "" && <span class={`v-${row.words.kind}`}>{row.words.text}</span>}
    </div>
  );
}
