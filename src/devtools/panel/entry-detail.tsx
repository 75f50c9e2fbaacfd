/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { EntryDetail, EntryRow, EntrySource } from "../entry-source.ts";
import type { RowAction } from "../row-action.ts";
import { ttlWords } from "./entry-list.tsx";
import { ago, clockTime, count, plural } from "./format.ts";
import { StatusWord } from "./status.tsx";
import { ValueTree } from "./tree-view.tsx";

interface DetailProps {
  source: EntrySource;
  row: EntryRow;
  act: (action: RowAction, row: EntryRow) => void;
  close: () => void;
}

/** The chosen entry: what is known about it, what can be done with it, and its value. */
export function EntryDetailPane({ source, row, act, close }: DetailProps): JSX.Element {
  const detail = source.detail(row.id);
  return (
    <section class="detail" aria-label="Chosen entry">
      <DetailHead label={row.label} close={close} />
      <Actions source={source} row={row} act={act} />
      <Facts row={row} detail={detail} kind={source.kind} />
      {detail && <Values row={row} detail={detail} />}
    </section>
  );
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

/** The key, and what closes the pane. */
export function DetailHead({ label, close }: { label: string; close: () => void }): JSX.Element {
  return (
    <header class="detail-head">
      <h3 title={label}>{label === "" ? "(empty string)" : label}</h3>
      <button type="button" class="icon-button" aria-label="Close the entry" onClick={close}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 4l8 8M12 4l-8 8" />
        </svg>
      </button>
    </header>
  );
}

function Facts({
  row,
  detail,
  kind,
}: {
  row: EntryRow;
  detail: EntryDetail | undefined;
  kind: EntrySource["kind"];
}): JSX.Element {
  return (
    <dl class="facts">
      {kind === "client" && <Fact name="Status" value={<StatusWord status={row.status} />} />}
      <Fact name="TTL left" value={ttlWords(row.ttlLeft)} />
      {kind === "client" && <Fact name="On screen" value={row.onScreen === 0 ? "no" : plural(row.onScreen, "hook")} />}
      {row.updatedAt > 0 && (
        <Fact name="Updated" value={`${clockTime(row.updatedAt)}, ${ago(row.updatedAt, Date.now())}`} />
      )}
      {detail?.query && detail.query.failureCount > 0 && (
        <Fact name="Failed attempts" value={count(detail.query.failureCount)} />
      )}
    </dl>
  );
}

export function Fact({ name, value }: { name: string; value: JSX.Element | string }): JSX.Element {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Values({ row, detail }: { row: EntryRow; detail: EntryDetail }): JSX.Element {
  const nothing = row.ttlLeft === undefined && detail.value === undefined;
  const parts = [
    ...(detail.query?.status === "error" ? [{ label: "error", value: detail.query.error }] : []),
    ...(nothing ? [] : [{ label: detail.query ? "data" : "value", value: detail.value }]),
    ...(typeof detail.key === "object" && detail.key !== null ? [{ label: "key", value: detail.key }] : []),
  ];
  return <ValueTree parts={parts} />;
}
