/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import { createEntrySource, type EntryRow, type EntrySource } from "../entry-source.ts";
import type { RowAction } from "../query-actions.ts";
import { type DevtoolsSource, sameKey } from "../source.ts";
import type { Recording } from "../recording.ts";
import type { Stories } from "../stories.ts";
import { EntriesToolbar } from "./entries-toolbar.tsx";
import type { EntriesView } from "./entries-view.ts";
import { DepartedPane, shardOf } from "./entry-departed.tsx";
import { EntryDetailPane } from "./entry-detail.tsx";
import { EntryList } from "./entry-list.tsx";
import type { PageCode } from "./lazy-page.tsx";
import { sortRows } from "./row-order.ts";
import { useRows } from "./rows.ts";
import type { PanelSetup } from "./setup.ts";
import { focusBySlash } from "./slash.ts";
import { ENTRIES_STYLE } from "./style-entries.ts";

interface EntriesProps {
  setup: Pick<PanelSetup, "frame">;
  source: DevtoolsSource;
  sampler: Sampler;
  stories: Stories;
  recording: Recording;
  memory: { view: EntriesView };
}

/** Every key, and what is stored under the chosen one. */
function EntriesPage({ source: { target }, sampler, stories, recording, memory, setup }: EntriesProps): JSX.Element {
  const source = useMemo(() => createEntrySource(target), [target]);
  const [view, setView] = useState(memory.view);
  const { list, refresh } = useRows(source, sampler, view);
  const [{ said, putBack }, tell] = useState<Told>({ said: "" });
  const say = (words: string): void => tell({ said: words });
  const removed = useRef<EntryRow>(undefined);
  const grid = useRef<HTMLDivElement>(null);
  const filter = useRef<HTMLInputElement>(null);
  useEffect(() => focusBySlash(setup.frame, filter), []);
  const change = (part: Partial<EntriesView>): void => {
    if ("selected" in part) say("");
    setView((memory.view = { ...view, last: part.selected ?? view.last, ...part }));
  };
  const shown = useMemo(() => sortRows(list.rows, view), [list, view.sort, view.descending]);
  const act = (action: RowAction, row: EntryRow): void => {
    const isRemoval = action.name === "Remove";
    const label = toldLabel(row);
    tell(
      outcome(action.name, () => {
        const kept = isRemoval ? source.keep(row.id, label) : undefined;
        return { said: action.run(row.id, label), putBack: kept };
      }),
    );
    if (!view.isPaused) refresh();
    if (!isRemoval) return;
    removed.current = view.selected;
    grid.current?.focus();
  };
  const undo = (run: () => string): void => {
    tell(outcome("Undo", () => ({ said: run() })));
    if (!view.isPaused) refresh();
    (grid.current ?? filter.current)?.focus();
  };
  // One layer at a time; the panel itself is the last one.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (view.filter !== "") change({ filter: "" });
    else if (view.selected) close();
    else return;
    event.preventDefault();
  };
  const close = (): void => {
    change({ selected: undefined });
    grid.current?.focus();
  };
  return (
    <div class="entries" onKeyDown={onKeyDown}>
      <EntriesToolbar kind={source.kind} {...{ list, view, change, filter }} />
      <div class={view.selected ? "split" : "split whole"}>
        {shown.length > 0 ? (
          <EntryList
            {...{ source, view, change, grid }}
            rows={shown}
            total={list.total}
            remove={(row) => {
              const remove = source.actions.find(({ name }) => name === "Remove");
              if (remove) act(remove, row);
            }}
          />
        ) : (
          <NoRows kind={source.kind} filtered={list.total > 0} change={change} />
        )}
        {view.selected && (
          <ChosenEntry
            {...{ source, sampler, stories, recording, act }}
            // What the reader removed here has been told already.
            tellLeft={(words) => view.selected !== removed.current && say(words)}
            chosen={view.selected}
            close={close}
          />
        )}
      </div>
      <div class={said === "" ? "told" : "told some"}>
        <p class="said" role="status">
          {said}
        </p>
        {putBack && (
          <button type="button" class="small-button" onClick={() => undo(putBack)}>
            Undo
          </button>
        )}
      </div>
    </div>
  );
}

interface ChosenProps {
  source: EntrySource;
  sampler: Sampler;
  stories: Stories;
  recording: Recording;
  /** The row as it was chosen. */
  chosen: EntryRow;
  act: (action: RowAction, row: EntryRow) => void;
  tellLeft: (words: string) => void;
  close: () => void;
}

/** The chosen entry as it is now, or how it left. */
function ChosenEntry({ source, sampler, stories, recording, chosen, act, tellLeft, close }: ChosenProps): JSX.Element {
  const row = source.row(chosen.id);
  const serial = useSerial(chosen.id);
  const hasLeft = row === undefined;
  const departure = hasLeft ? stories.departureOf(chosen.id) : undefined;
  useEffect(() => {
    if (hasLeft) tellLeft(`${toldLabel(chosen)} has left: ${departure?.cause ?? "unseen"}`);
  }, [hasLeft, serial]);
  if (row) return <EntryDetailPane key={serial} source={source} row={row} act={act} close={close} />;
  return (
    <DepartedPane
      kind={source.kind}
      row={chosen}
      departure={departure}
      metrics={departure && sampler.metrics}
      shard={shardOf(recording.source, chosen.id)}
      close={close}
    />
  );
}

/** What was done last, and what undoes it. */
interface Told {
  readonly said: string;
  readonly putBack?: (() => string) | undefined;
}

/** What came of an action; a disposed cache refuses it, for example. */
function outcome(name: string, run: () => Told): Told {
  try {
    return run();
  } catch (error) {
    return { said: `${name} failed: ${String(error)}` };
  }
}

/** Characters of a key in a sentence. */
const MAX_TOLD = 80;

function toldLabel({ label }: EntryRow): string {
  if (label === "") return "(empty string)";
  return label.length > MAX_TOLD ? `${label.slice(0, MAX_TOLD)}…` : label;
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
