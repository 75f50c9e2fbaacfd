/** @jsxImportSource preact */
import type { ComponentChildren, JSX, RefObject } from "preact";
import type { EntrySource } from "../entry-source.ts";
import type { EntriesView } from "./entries-view.ts";
import { count, plural } from "./format.ts";
import { STATUSES } from "./row-order.ts";
import type { RowList } from "./row-walk.ts";
import { STATUS_SIGNS } from "./status.tsx";

interface ToolbarProps {
  kind: EntrySource["kind"];
  list: RowList;
  view: EntriesView;
  change: (part: Partial<EntriesView>) => void;
  filter: RefObject<HTMLInputElement | null>;
  /** What can be done with all entries. */
  children: ComponentChildren;
}

/** The filter, and the counts by status, which filter as well. */
export function EntriesToolbar({ kind, list, view, change, filter, children }: ToolbarProps): JSX.Element {
  return (
    <div class="toolbar">
      <input
        ref={filter}
        type="search"
        class="filter"
        aria-label="Filter keys"
        placeholder="Filter keys  ( / )"
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        value={view.filter}
        onInput={(event) => change({ filter: event.currentTarget.value })}
      />
      {kind === "client" && <StatusChips list={list} view={view} change={change} />}
      <span class="total">{totalWords(list)}</span>
      <button
        type="button"
        class="small-button"
        aria-pressed={view.isPaused === true}
        title="Hold the list still, so that no row moves"
        onClick={() => change({ isPaused: !view.isPaused })}
      >
        Pause
      </button>
      {children}
    </div>
  );
}

function totalWords({ rows, matched, total }: RowList): string {
  const all = matched === total ? plural(total, "key") : `${count(matched)} of ${count(total)} keys`;
  return rows.length === matched ? all : `the first ${count(rows.length)} of ${all}`;
}

function StatusChips({ list, view, change }: Pick<ToolbarProps, "list" | "view" | "change">): JSX.Element {
  return (
    <div class="chips" role="group" aria-label="Status">
      {STATUSES.filter((status) => list.statuses.has(status)).map((status) => (
        <button
          key={status}
          type="button"
          class={`chip ${status}`}
          aria-pressed={view.status === status}
          onClick={() => change({ status: view.status === status ? undefined : status })}
        >
          <span aria-hidden="true">{STATUS_SIGNS[status]}</span> {status} <b>{count(list.statuses.get(status) ?? 0)}</b>
        </button>
      ))}
      <span class="note">{count(list.onScreen)} on screen</span>
    </div>
  );
}
