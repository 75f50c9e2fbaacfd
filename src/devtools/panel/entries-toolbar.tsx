/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { DevtoolsSource, EntryRow } from "../source.ts";
import type { EntriesView } from "./entries-view.ts";
import { count } from "./format.ts";
import { countStatuses } from "./row-order.ts";
import { STATUS_SIGNS } from "./status.tsx";

interface ToolbarProps {
  kind: DevtoolsSource["kind"];
  rows: readonly EntryRow[];
  /** Rows left by the filter. */
  shown: number;
  view: EntriesView;
  change: (part: Partial<EntriesView>) => void;
}

/** The filter, and the counts by status, which filter as well. */
export function EntriesToolbar({ kind, rows, shown, view, change }: ToolbarProps): JSX.Element {
  // Escape empties the filter first, and closes the panel when there is nothing to empty.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || view.filter === "") return;
    event.preventDefault();
    change({ filter: "" });
  };
  return (
    <div class="toolbar">
      <input
        type="search"
        class="filter"
        aria-label="Filter keys"
        placeholder="Filter keys"
        autocomplete="off"
        spellcheck={false}
        value={view.filter}
        onInput={(event) => change({ filter: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      {kind === "client" && <StatusChips rows={rows} view={view} change={change} />}
      <span class="total">
        {shown === rows.length
          ? `${count(rows.length)} ${rows.length === 1 ? "key" : "keys"}`
          : `${count(shown)} of ${count(rows.length)} keys`}
      </span>
    </div>
  );
}

function StatusChips({ rows, view, change }: Pick<ToolbarProps, "rows" | "view" | "change">): JSX.Element {
  return (
    <div class="chips" role="group" aria-label="Status">
      {countStatuses(rows).map(({ status, count: many }) => (
        <button
          key={status}
          type="button"
          class={`chip ${status}`}
          aria-pressed={view.status === status}
          onClick={() => change({ status: view.status === status ? undefined : status })}
        >
          <span aria-hidden="true">{STATUS_SIGNS[status]}</span> {status} <b>{count(many)}</b>
        </button>
      ))}
      <span class="note">{count(rows.filter((row) => row.onScreen > 0).length)} on screen</span>
    </div>
  );
}
