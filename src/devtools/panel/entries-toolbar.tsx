/** @jsxImportSource preact */
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useState } from "preact/hooks";
import type { EntrySource, RowStatus } from "../entry-source.ts";
import type { EntriesView } from "./entries-view.ts";
import { parseWords, WORD_EXAMPLES } from "./filter-words.ts";
import { count, plural } from "./format.ts";
import { type Grouping, GROUPINGS } from "./row-groups.ts";
import { sortedBy, type SortKey, STATUSES } from "./row-order.ts";
import type { RowList } from "./row-walk.ts";
import { Select } from "./select.tsx";
import { STATUS_SIGNS } from "./status.tsx";

interface ToolbarProps {
  source: EntrySource;
  list: RowList;
  view: EntriesView;
  change: (part: Partial<EntriesView>) => void;
  group: (by: Grouping) => void;
  filter: RefObject<HTMLInputElement | null>;
  /** What can be done with all entries. */
  children: ComponentChildren;
}

/** The filter, the counts by status, which filter as well, and how the list is ordered. */
export function EntriesToolbar({ source, list, view, change, group, filter, children }: ToolbarProps): JSX.Element {
  const [isHelped, help] = useState(false);
  const { problem } = parseWords(view.filter, view.isSized);
  const { kind } = source;
  return (
    <div class="toolbar">
      <span class="filter-field">
        <input
          ref={filter}
          type="search"
          class="filter"
          aria-label="Filter keys"
          placeholder={kind === "client" ? "film status:error ttl<10s  ( / )" : "film ttl<10s size>4kB  ( / )"}
          aria-keyshortcuts="/"
          aria-invalid={problem !== undefined}
          aria-describedby="filter-problem"
          autocomplete="off"
          spellcheck={false}
          value={view.filter}
          onInput={(event) => change({ filter: event.currentTarget.value })}
        />
        <button
          type="button"
          class="small-button"
          aria-label="Words of the filter"
          aria-expanded={isHelped}
          onClick={() => help(!isHelped)}
        >
          ?
        </button>
      </span>
      <span id="filter-problem" class="problem" aria-live="polite">
        {problem}
      </span>
      <Select
        label="Group by"
        chosen={view.grouping}
        options={GROUPINGS.filter((each) => kind === "client" || each === "prefix" || each === "none").map((each) => [
          each,
          each === "none" ? "No groups" : `By ${each}`,
        ])}
        choose={group}
      />
      <Select
        label="Sort by"
        chosen={view.sort}
        options={sortsOf(source, view)}
        choose={(sort) => change(sortedBy({ ...view, sort: "order" }, sort))}
      />
      <StatusChips {...{ list, view, change, kind }} />
      <span class="total">{totalWords(list)}</span>
      {children}
      {isHelped && <Help kind={kind} />}
    </div>
  );
}

const SORTS: readonly (readonly [SortKey, string])[] = [
  ["order", "As stored"],
  ["next", "Next to go"],
  ["key", "Key"],
  ["reads", "Reads"],
  ["hits", "Hits"],
  ["size", "Size"],
  ["age", "Age"],
  ["ttl", "TTL left"],
];

/** The order of eviction is told where the policy can. A column that is not named here has its own header to sort by. */
function sortsOf({ hasOrder }: EntrySource, { sort, isSized }: EntriesView): readonly (readonly [SortKey, string])[] {
  const sorts = SORTS.filter(([each]) => each === sort || (each === "next" ? hasOrder : each !== "size" || isSized));
  return sorts.some(([each]) => each === sort) ? sorts : [...sorts, [sort, `By ${sort}`]];
}

function totalWords({ isCut, groups, matched, total }: RowList): string {
  const all = matched === total ? plural(total, "key") : `${count(matched)} of ${count(total)} keys`;
  const held = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return isCut ? `the first ${count(held)} of ${all}` : all;
}

interface ChipsProps extends Pick<ToolbarProps, "list" | "view" | "change"> {
  kind: EntrySource["kind"];
}

/** The entries of a cache have no status, but some have left. */
function StatusChips({ list, view, change, kind }: ChipsProps): JSX.Element {
  const chips = STATUSES.filter((status) => list.statuses.has(status) && status !== "stored");
  const press = (status: RowStatus): Partial<EntriesView> =>
    status === "left" ? { showsLeft: !view.showsLeft } : { status: view.status === status ? undefined : status };
  return (
    <div class="chips" role="group" aria-label="Status">
      {chips.map((status) => (
        <button
          key={status}
          type="button"
          class={`chip ${status}`}
          aria-pressed={status === "left" ? view.showsLeft : view.status === status}
          title={status === "left" ? "Show keys that left and did not come back" : undefined}
          onClick={() => change(press(status))}
        >
          <span aria-hidden="true">{STATUS_SIGNS[status]}</span> <i>{status}</i>{" "}
          <b>{count(list.statuses.get(status) ?? 0)}</b>
        </button>
      ))}
      {kind === "client" && <span class="note">{count(list.onScreen)} on screen</span>}
    </div>
  );
}

function Help({ kind }: { kind: EntrySource["kind"] }): JSX.Element {
  const isOfQueries = (example: string): boolean => /^(?:status|tag)/.test(example);
  return (
    <dl class="filter-help" aria-label="Words of the filter">
      {WORD_EXAMPLES.filter(([example]) => kind === "client" || !isOfQueries(example)).map(([example, meaning]) => (
        <div key={example}>
          <dt>
            <code>{example}</code>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
