/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import { interventionsOf } from "../interventions.ts";
import { createEntrySource, type EntryRow, type EntrySource } from "../entry-source.ts";
import type { RowAction } from "../row-action.ts";
import type { DevtoolsSource } from "../source.ts";
import type { Recording } from "../recording.ts";
import type { Stories } from "../stories.ts";
import { ClearAll } from "./clear-all.tsx";
import { HeldBar } from "./held-bar.tsx";
import { EntriesToolbar } from "./entries-toolbar.tsx";
import { type EntriesView, INITIAL_VIEW } from "./entries-view.ts";
import { EntryList } from "./entry-list.tsx";
import { rowPrefix } from "./key-prefix.ts";
import { lazyPage } from "./lazy-page.tsx";
import { figuresOf, notSized, sizeOfValue } from "./row-figures.ts";
import { type Grouping, GROUPINGS } from "./row-groups.ts";
import { departedRow } from "./row-walk.ts";
import { useRows } from "./rows.ts";
import type { PanelSetup } from "./setup.ts";
import { focusBySlash } from "./slash.ts";
import { outcome, type Told, toldLabel } from "./told.ts";

const ChosenEntry = lazyPage(async () => (await import("./chosen-entry.tsx")).ChosenEntry);

interface EntriesProps {
  setup: Pick<PanelSetup, "frame" | "undos" | "settings" | "change">;
  source: DevtoolsSource;
  sampler: Sampler;
  stories: Stories;
  recording: Recording;
  memory: { view: Partial<EntriesView> };
  addStyle: (style: string) => void;
  /** The rows stand still. */
  isPaused: boolean;
}

/** Every key, and what is stored under the chosen one. */
export function EntriesPage({ source: { target }, memory, setup, isPaused, ...more }: EntriesProps): JSX.Element {
  const { sampler, stories, recording } = more;
  const source = useMemo(() => createEntrySource(target, recording), [target]);
  const [chosen, setView] = useState(() => (memory.view = grouped(entered(memory.view, source), source, setup)));
  const view = { ...chosen, isSized: setup.settings.estimates };
  const { list, refresh } = useRows(source, sampler, stories, view, isPaused);
  const figures = useMemo(() => figuresOf(source, stories, view.isSized ? sizeOfValue : notSized), [list]);
  const [{ said, putBack }, tell] = useState<Told>({ said: "" });
  const say = (words: string): void => tell({ said: words });
  const removed = useRef<EntryRow>(undefined);
  const grid = useRef<HTMLDivElement>(null);
  const filter = useRef<HTMLInputElement>(null);
  useEffect(() => focusBySlash(setup.frame, filter), []);
  const held = interventionsOf(target);
  useEffect(() => void setup.undos.add(held.undoAll), [held]);
  const change = (part: Partial<EntriesView>): void => {
    if ("selected" in part) say("");
    setView((memory.view = { ...view, last: part.selected ?? view.last, ...part }));
  };
  const group = (grouping: Grouping): void => {
    setup.change({ grouping });
    change({ grouping, areOpen: startsOpen(source, grouping), opened: new Set() });
  };
  const show = (name: string, run: () => Told): void => {
    tell(outcome(name, run));
    if (!isPaused) refresh();
  };
  const perform = (name: string, run: () => string): void => show(name, () => ({ said: run() }));
  const act = (action: RowAction, row: EntryRow): void => {
    const isRemoval = action.name === "Remove";
    const label = toldLabel(row);
    show(action.name, () => {
      const kept = isRemoval ? source.keep(row.id, label) : undefined;
      return { said: action.run(row.id, label), putBack: kept };
    });
    if (!isRemoval) return;
    removed.current = view.selected;
    grid.current?.focus();
  };
  const undo = (run: () => string): void => {
    perform("Undo", run);
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
    // On a narrow panel the list comes back first.
    setTimeout(() => grid.current?.focus());
  };
  return (
    <div class="entries" onKeyDown={onKeyDown}>
      <EntriesToolbar {...{ source, list, view, change, group, filter }}>
        {source.actions.length > 0 && (
          <ClearAll kind={source.kind} size={list.total} clear={() => perform("Clear all", () => source.clear())} />
        )}
      </EntriesToolbar>
      <div class={view.selected ? "split" : "split whole"}>
        {list.groups.length > 0 ? (
          <EntryList
            {...{ source, stories, list, figures, view, change, grid, isPaused }}
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
            {...{ ...more, source, act, perform, say }}
            // What the reader removed here has been told already.
            tellLeft={(words) => view.selected !== removed.current && say(words)}
            chosen={view.selected}
            close={close}
          />
        )}
      </div>
      <HeldBar held={held} undo={() => undo(() => (held.undoAll(), "Restored all"))} />
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

/** Up to so many keys are shown without a press. */
const FEW_KEYS = 200;

/** Whether groups begin open: of few keys, and where there is one group, as far as the first keys tell. */
function startsOpen(source: EntrySource, grouping: Grouping): boolean {
  if (source.size() <= FEW_KEYS) return true;
  if (grouping !== "prefix") return false;
  const prefixes = new Set<string>();
  let seen = 0;
  for (const row of source.rows()) {
    prefixes.add(rowPrefix(row));
    if (prefixes.size > 1 || ++seen > FEW_KEYS) break;
  }
  return prefixes.size <= 1;
}

/** The view as it was left, or with the key that the reader came for. */
function entered({ departure, ...view }: Partial<EntriesView>, { kind }: EntrySource): EntriesView {
  const selected = departure && departedRow(departure, kind);
  return { ...INITIAL_VIEW, ...view, ...(selected && { selected, last: selected, showsLeft: true }) };
}

/** The view with groups as they were chosen last, for a reader who has not chosen since the panel came. */
function grouped(view: EntriesView, source: EntrySource, { settings }: EntriesProps["setup"]): EntriesView {
  if (view.areOpen !== undefined) return view;
  const grouping = GROUPINGS.find((each) => each === settings.grouping) ?? view.grouping;
  return { ...view, grouping, areOpen: startsOpen(source, grouping) };
}

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
        <p>Each word of the filter is looked for in the key and in the value, in any case.</p>
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
