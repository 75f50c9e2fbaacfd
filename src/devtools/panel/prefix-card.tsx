/** @jsxImportSource preact */
import type { JSX } from "preact";
import { DataTable } from "./data-table.tsx";
import { ENOUGH_READS, type EntryGroup, type EntrySummary, heavyGroup, OTHERS } from "./entry-walk.ts";
import { share } from "./figures.tsx";
import { bytes, BYTES_OFF, count, percent } from "./format.ts";
import { filterOfPrefix } from "./key-prefix.ts";
import { Segments } from "./segments.tsx";

/** What entries are grouped by. */
export type GroupKind = "prefix" | "tag";

export const NO_TAG = "no tag";
/** Rows that are shown; the others are added up. */
const MAX_SHOWN = 50;

interface PrefixProps {
  /** `undefined` until the first walk has ended. */
  summary: EntrySummary | undefined;
  /** Whether bytes are estimated. */
  isSized: boolean;
  kind: GroupKind;
  hasTags: boolean;
  chooseKind: (kind: GroupKind) => void;
  openEntries: (filter: string) => void;
}

const KINDS: readonly [GroupKind, string][] = [
  ["prefix", "Prefix"],
  ["tag", "Tag"],
];

/** Bytes by prefix or by tag, and what they are good for. */
export function PrefixCard({ summary, isSized, kind, hasTags, chooseKind, openEntries }: PrefixProps): JSX.Element {
  return (
    <section class="card groups" aria-label={`Memory by ${kind}`}>
      <header class="card-head">
        <h3>
          {isSized ? "Memory" : "Entries"} by {kind}
        </h3>
        <span class="note">{!isSized ? BYTES_OFF : summary ? sizeWords(summary) : "being estimated …"}</span>
        {hasTags && <Segments label="Group by" choices={KINDS} chosen={kind} choose={chooseKind} />}
      </header>
      {summary && summary.entries === 0 && <p class="card-empty">Nothing is stored. The first entry shows here.</p>}
      {summary && summary.entries > 0 && <Groups {...{ summary, isSized, kind, openEntries }} />}
    </section>
  );
}

/** Of an empty cache there is nothing to tell. */
function sizeWords({ entries, bytes: all, error }: EntrySummary): string {
  return entries === 0 ? "" : `about ${bytes(all)} ±${Math.round((100 * error) / all)}%`;
}

type GroupsProps = Pick<PrefixProps, "isSized" | "kind" | "openEntries"> & { summary: EntrySummary };

function Groups({ summary, isSized, kind, openEntries }: GroupsProps): JSX.Element {
  const { groups, isRecorded, reads } = summary;
  const isRead = isRecorded && reads > 0;
  const heavy = heavyGroup(summary);
  const shown = groups.filter(({ entries }) => entries > 0).slice(0, MAX_SHOWN);
  const more = groups.length - shown.length;
  const columns = [
    kind === "tag" ? "Tag" : "Prefix",
    isRead && isSized ? "Bytes over hits" : "Part",
    "Bytes",
    "Entries",
    ...(isRead ? ["Of hits"] : []),
  ];
  const rows = shown.map((group) => [
    <code key="name">{nameOf(group.name)}</code>,
    <GroupBar
      key="bar"
      part={isSized ? share(group.bytes, groups[0]!.bytes) : share(group.entries, groups[0]!.entries)}
      {...{ group, openEntries }}
      reads={isRead ? reads : 0}
    />,
    isSized ? bytes(group.bytes) : "off",
    count(group.entries),
    ...(isRead
      ? [
          <span key="hits" class={group === heavy ? "heavy" : ""}>
            {percent(group.reads / reads)}
          </span>,
        ]
      : []),
  ]);
  return (
    <>
      <DataTable label={`Memory by ${kind}`} columns={columns} rows={rows} keys={shown.map(({ name }) => name)} />
      <p class="hint">
        {heavy ? (
          <>
            <b>{nameOf(heavy.name)}</b> {percentWords(heavy.bytes / summary.bytes)} of the bytes for{" "}
            {percentWords(heavy.reads / reads)} of the hits. Try a shorter ttl there.
          </>
        ) : (
          <span class="note">{hitWords(summary, kind)}</span>
        )}
        {more > 0 && <span class="note"> {count(more)} more groups hold little or have left.</span>}
      </p>
    </>
  );
}

function hitWords({ isRecorded, reads }: EntrySummary, kind: GroupKind): string {
  if (!isRecorded) return "Hits are not known while nothing is recorded.";
  if (reads < ENOUGH_READS)
    return `${count(ENOUGH_READS)} hits are enough to compare them with the bytes: ${count(reads)} so far.`;
  return kind === "tag" ? "Hits of what is there." : "Hits of what is there, and of what left lately.";
}

/** Whole percents, as in sentences. */
function percentWords(part: number): string {
  return part > 0 && part < 0.005 ? "under 1%" : `${Math.round(100 * part)}%`;
}

/** Tags are kept as words of the filter, which no prefix is like: its first separator ends it. */
export function nameOf(group: string): string {
  return group.replace(/tag:'((?:\\.|[^'\\])*)'/g, (_, tag: string) => tag.replace(/\\(.)/g, "$1"));
}

function wordsOf(group: string): string {
  return group.startsWith("tag:'") ? group : filterOfPrefix(group);
}

interface BarProps extends Pick<PrefixProps, "openEntries"> {
  group: EntryGroup;
  /** Width of its bar. */
  part: string;
  /** All of them; 0 where they are not known. */
  reads: number;
}

/** Leads to the entries of the group, where words of the filter can tell them. */
function GroupBar({ group, part, openEntries, reads }: BarProps): JSX.Element {
  return (
    <button
      type="button"
      class="group-bar"
      aria-label={`Show the entries of ${nameOf(group.name)}`}
      disabled={group.name === OTHERS || group.name === NO_TAG}
      onClick={() => openEntries(wordsOf(group.name))}
    >
      <i class="bar">
        <i style={{ width: part, background: "var(--accent)" }} />
      </i>
      {reads > 0 && (
        <i class="bar hits">
          <i style={{ width: share(group.reads, reads), background: "var(--hit)" }} />
        </i>
      )}
    </button>
  );
}
