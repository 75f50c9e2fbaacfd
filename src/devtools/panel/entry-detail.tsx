/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import { writeValue } from "../entry-write.ts";
import type { Recording } from "../recording.ts";
import type { RowAction } from "../row-action.ts";
import { EntryFactsLine } from "./entry-facts-line.tsx";
import { EntryValue } from "./entry-value.tsx";
import { HistoryList } from "./history-list.tsx";
import { IconButton } from "./icon-button.tsx";
import { historyOf, type PastEvent, pastOf } from "./key-history.ts";
import { Segments } from "./segments.tsx";
import { StatusWord } from "./status.tsx";
import { copyText, toldLabel } from "./told.ts";

interface DetailProps {
  source: EntrySource;
  recording: Recording;
  row: EntryRow;
  act: (action: RowAction, row: EntryRow) => void;
  /** Does something, tells what came of it, and reads the rows again. */
  perform: (name: string, run: () => string) => void;
  say: (words: string) => void;
  close: () => void;
}

/** The chosen entry: what is known about it, what can be done with it, its value, and its past. */
export function EntryDetailPane({ source, recording, row, act, perform, say, close }: DetailProps): JSX.Element {
  const detail = source.detail(row.id);
  const past = usePast(recording, row.id, source.kind === "client" ? row.updatedAt : undefined);
  const copy = (what: string, text: string): void => void copyText(what, text, say);
  const write = (make: () => unknown): void =>
    perform("Edit", () => writeValue(recording.source.target, row.id, detail?.key, toldLabel(row), make()));
  return (
    <DetailPane
      label={row.label}
      close={close}
      copy={() => copy(toldLabel(row), row.label)}
      status={source.kind === "client" && <StatusWord status={row.status} />}
      facts={<EntryFactsLine {...{ source, recording, row, detail }} />}
      actions={<Actions source={source} row={row} act={act} />}
      events={past}
    >
      {detail && <EntryValue {...{ row, detail, copy, write }} />}
    </DetailPane>
  );
}

interface PaneProps {
  label: string;
  close: () => void;
  copy: () => void;
  status?: JSX.Element | false;
  facts: JSX.Element;
  actions?: JSX.Element;
  events: readonly PastEvent[];
  /** The value, or what stands in its place. */
  children: ComponentChildren;
}

/** Facts, actions, a value and its history. Where there is no room for all, one of them. */
export function DetailPane({ facts, actions, events, children, ...head }: PaneProps): JSX.Element {
  const [shown, show] = useState<"Value" | "History" | "Actions">("Value");
  const names = ["Value", "History", ...(actions ? ["Actions" as const] : [])] as const;
  const choices = names.map((name) => [name, name] as const);
  return (
    <section class={`detail shows-${shown.toLowerCase()}`} aria-label="Chosen entry">
      <DetailHead {...head} />
      {facts}
      <Segments label="Shown" chosen={shown} choose={show} {...{ choices }} />
      {actions}
      <div class="detail-body">
        {children}
        <HistoryList events={events} />
      </div>
    </section>
  );
}

/**
 * What happened to a key. That it is read is seen while somebody looks.
 * @param updatedAt of the data of a query: what is older than its write was put back
 */
export function usePast(recording: Recording, id: unknown, updatedAt?: number): PastEvent[] {
  const life = recording.lifeOf(id);
  const seen = useRef<{ reads: number; at: number | undefined }>({ reads: life?.reads ?? 0, at: undefined }).current;
  if (life && life.reads !== seen.reads) {
    seen.at = life.reads > seen.reads ? Date.now() : undefined;
    seen.reads = life.reads;
  }
  return historyOf(pastOf(recording, id, seen.at, updatedAt));
}

const GROUPS: readonly RowAction["group"][] = ["Data", "Life", "Test"];

/** What can be done with the entry, in groups. */
function Actions({ source, row, act }: Pick<DetailProps, "source" | "row" | "act">): JSX.Element {
  const offered = source.actions.filter((action) => action.isOffered?.(row.id) ?? true);
  return (
    <div class="actions">
      {GROUPS.map((group) => {
        const actions = offered.filter((action) => action.group === group);
        return (
          actions.length > 0 && (
            <span key={group} role="group" aria-label={group}>
              {actions.map((action) => (
                <button
                  key={action.name}
                  type="button"
                  class={action.name === "Remove" ? "small-button danger" : "small-button"}
                  onClick={() => act(action, row)}
                >
                  {action.name} {action.more?.(row.id)}
                </button>
              ))}
            </span>
          )
        );
      })}
    </div>
  );
}

/** The key, and what closes the pane: on a narrow panel it leads back to the list, whose place the pane takes. */
function DetailHead({
  label,
  close,
  copy,
  status,
}: Pick<PaneProps, "label" | "close" | "copy" | "status">): JSX.Element {
  return (
    <header class="detail-head">
      <IconButton label="Back to the list" path="M10 3L5 8l5 5" press={close} />
      <h3 title={label}>{label === "" ? "(empty string)" : label}</h3>
      {status}
      <IconButton label="Copy key" path="M6 6h7v7H6zM10 3H3v7" press={copy} />
      <IconButton label="Close the entry" path="M4 4l8 8M12 4l-8 8" press={close} />
    </header>
  );
}
