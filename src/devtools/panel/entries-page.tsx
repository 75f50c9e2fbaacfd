/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource, EntryRow, RowAction } from "../source.ts";
import { EntriesToolbar } from "./entries-toolbar.tsx";
import { type EntriesView, sameKey } from "./entries-view.ts";
import { EntryDetailPane } from "./entry-detail.tsx";
import { EntryList } from "./entry-list.tsx";
import { useNews } from "./news.ts";
import { viewRows } from "./row-order.ts";

/** Reading many rows takes a while; then it is done less often, so that it takes at most this part of the time. */
const SHARE_OF_TIME = 1 / 20;

export interface EntriesProps {
  source: DevtoolsSource;
  sampler: Sampler;
  memory: { view: EntriesView };
}

/** Every key, and what is stored under the chosen one. */
export function EntriesPage({ source, sampler, memory }: EntriesProps): JSX.Element {
  const { rows, refresh } = useRows(source, sampler);
  const [view, setView] = useState(memory.view);
  const [said, say] = useState("");
  const grid = useRef<HTMLDivElement>(null);
  const change = (part: Partial<EntriesView>): void => setView((memory.view = { ...view, ...part }));
  const shown = viewRows(rows, view);
  const selected = view.selected && rows.find(({ id }) => sameKey(id, view.selected?.id));
  const act = (action: RowAction, row: EntryRow): void => {
    action.run(row.id);
    say(`${action.done} ${row.label}`);
    refresh();
    if (action.name === "Remove") grid.current?.focus();
  };
  return (
    <div class="entries">
      <EntriesToolbar kind={source.kind} rows={rows} shown={shown.length} view={view} change={change} />
      <div class={selected ? "split" : "split whole"}>
        {shown.length > 0 ? (
          <EntryList source={source} rows={shown} view={view} change={change} grid={grid} />
        ) : (
          <NoRows kind={source.kind} filtered={rows.length > 0} change={change} />
        )}
        {selected && (
          <EntryDetailPane
            key={selected.id}
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

function useRows(source: DevtoolsSource, sampler: Sampler): { rows: EntryRow[]; refresh: () => void } {
  const [rows, setRows] = useState(() => source.rows());
  const read = useRef({ ended: 0, took: 0 });
  const refresh = (): void => {
    const started = performance.now();
    setRows(source.rows());
    read.current = { ended: performance.now(), took: performance.now() - started };
  };
  useNews(sampler, () => {
    const { ended, took } = read.current;
    if (performance.now() - ended >= took / SHARE_OF_TIME) refresh();
  });
  return { rows, refresh };
}

interface NoRowsProps {
  kind: DevtoolsSource["kind"];
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
