/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import { createEntrySource, type EntryRow, type EntrySource, type RowAction } from "../entry-source.ts";
import { EntriesToolbar } from "./entries-toolbar.tsx";
import { type EntriesView, sameKey } from "./entries-view.ts";
import { EntryDetailPane } from "./entry-detail.tsx";
import { EntryList } from "./entry-list.tsx";
import type { PageCode } from "./lazy-page.tsx";
import { sortRows } from "./row-order.ts";
import { useRows } from "./rows.ts";
import { ENTRIES_STYLE } from "./style-entries.ts";

interface EntriesProps {
  source: DevtoolsSource;
  sampler: Sampler;
  memory: { view: EntriesView };
}

/** Every key, and what is stored under the chosen one. */
function EntriesPage({ source: { target }, sampler, memory }: EntriesProps): JSX.Element {
  const source = useMemo(() => createEntrySource(target), [target]);
  const [view, setView] = useState(memory.view);
  const { list, refresh } = useRows(source, sampler, view);
  const [said, say] = useState("");
  const grid = useRef<HTMLDivElement>(null);
  const change = (part: Partial<EntriesView>): void => setView((memory.view = { ...view, ...part }));
  const shown = useMemo(() => sortRows(list.rows, view), [list, view.sort, view.descending]);
  const selected = view.selected && source.row(view.selected.id);
  const serial = useSerial(view.selected?.id);
  const act = (action: RowAction, row: EntryRow): void => {
    say(outcome(action, row));
    refresh();
    if (action.name === "Remove") grid.current?.focus();
  };
  return (
    <div class="entries">
      <EntriesToolbar kind={source.kind} list={list} view={view} change={change} />
      <div class={selected ? "split" : "split whole"}>
        {shown.length > 0 ? (
          <EntryList source={source} rows={shown} view={view} change={change} grid={grid} />
        ) : (
          <NoRows kind={source.kind} filtered={list.total > 0} change={change} />
        )}
        {selected && (
          <EntryDetailPane
            key={serial}
            source={source}
            row={selected}
            act={act}
            close={() => change({ selected: undefined })}
          />
        )}
      </div>
      <p class="said" role="status">
        {said}
      </p>
    </div>
  );
}

/** What came of an action; a disposed cache refuses it, for example. */
function outcome(action: RowAction, row: EntryRow): string {
  try {
    action.run(row.id);
    return `${action.done} ${row.label}`;
  } catch (error) {
    return `${action.name} failed: ${String(error)}`;
  }
}

/** Another number for each other key. Preact compares its own keys by `==`, which would run code of the user's. */
function useSerial(id: unknown): number {
  const last = useRef({ id, serial: 0 }).current;
  if (!sameKey(last.id, id)) Object.assign(last, { id, serial: last.serial + 1 });
  return last.serial;
}

export const entriesPage: PageCode<EntriesProps> = { Page: EntriesPage, style: ENTRIES_STYLE };

interface NoRowsProps {
  kind: EntrySource["kind"];
  filtered: boolean;
  change: (part: Partial<EntriesView>) => void;
}

function NoRows({ kind, filtered, change }: NoRowsProps): JSX.Element {
  if (filtered) {
    return (
      <div class="empty">
        <p>
          <b>No key matches.</b>
        </p>
        <p>The filter is looked for anywhere in the shown key, in any case.</p>
        <button type="button" class="button" onClick={() => change({ filter: "", status: undefined })}>
          Show all keys
        </button>
      </div>
    );
  }
  const example = kind === "cache" ? 'cache.set("answer", 42)' : 'useCachedQuery(["todos"], fetchTodos)';
  return (
    <div class="empty">
      <p>
        <b>{kind === "cache" ? "The cache is empty." : "There are no queries yet."}</b>
      </p>
      <p>A key shows up here as soon as something is stored{kind === "cache" ? "" : " or asked for"}, for example by</p>
      <code>{example}</code>
    </div>
  );
}
