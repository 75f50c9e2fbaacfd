/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { EntryDetail, EntryRow } from "../entry-source.ts";
import { placeOf, type Printed, printJson } from "./json-text.ts";
import { ValueTree } from "./tree-view.tsx";
import { copyWith } from "./value-copy.ts";
import { ValueEditor } from "./value-editor.tsx";
import type { TreePart, TreeRow } from "./value-tree.ts";

interface ValueProps {
  row: EntryRow;
  detail: EntryDetail;
  copy: (what: string, text: string) => void;
  /** Stores what a function makes, which may throw. */
  write: (make: () => unknown) => void;
}

/** What is edited: a part of the value, or all of it. */
interface Edited {
  /** Such as `data.rating.imdb`. */
  readonly place: string;
  readonly names: readonly string[];
  readonly value: unknown;
}

/** The value as a tree, and what edits and copies it. */
export function EntryValue({ row, detail, copy, write }: ValueProps): JSX.Element {
  const [chosen, choose] = useState<TreeRow | undefined>(undefined);
  const [edited, edit] = useState<Edited | undefined>(undefined);
  const root = detail.query ? "data" : "value";
  const isThere = row.ttlLeft !== undefined || detail.value !== undefined;
  const start = (line: TreeRow | undefined): void => {
    const isPart = line?.names !== undefined && line.names.length > 0;
    edit(isPart ? placed(root, detail.value, line) : { place: root, names: [], value: detail.value });
  };
  if (edited) {
    return (
      <ValueEditor
        place={edited.place}
        printed={printedLeaf(edited)}
        isDate={isDate(edited.value)}
        cancel={() => edit(undefined)}
        save={(part) => {
          write(() => copyWith(detail.value, edited.names, part));
          edit(undefined);
        }}
      />
    );
  }
  return (
    <section class="value" aria-label="Value">
      <div class="value-head">
        <h4>Value</h4>
        {isThere && (
          <>
            <button type="button" class="small-button" onClick={() => start(chosen)}>
              Edit
            </button>
            <button type="button" class="small-button" onClick={() => copyValue(root, detail.value, copy)}>
              Copy
            </button>
          </>
        )}
      </div>
      <ValueTree parts={partsOf(row, detail, root)} choose={choose} edit={start} />
    </section>
  );
}

/** Asking a revoked proxy throws. */
function isDate(value: unknown): boolean {
  try {
    return value instanceof Date;
  } catch {
    return false;
  }
}

function placed(root: string, value: unknown, line: TreeRow): Edited {
  const names = line.names!;
  let [place, owner] = [root, value];
  for (const name of names) {
    place = placeOf(place, name, Array.isArray(owner));
    owner = Object.getOwnPropertyDescriptor(owner, name)?.value;
  }
  return { place, names, value: line.value };
}

function printedLeaf({ place, value }: Edited): Printed {
  // The editor reads it as a time again.
  if (!isDate(value)) return printJson(value, place);
  return { text: printJson(value, place).text, losses: [] };
}

function copyValue(root: string, value: unknown, copy: ValueProps["copy"]): void {
  const { text, losses } = printJson(value, root);
  copy(losses.length === 0 ? "the value" : `the value; JSON cannot say that ${losses.join(", ")}`, text);
}

function partsOf(row: EntryRow, { query, value, key }: EntryDetail, root: string): TreePart[] {
  const nothing = row.ttlLeft === undefined && value === undefined;
  return [
    ...(query?.status === "error" ? [{ label: "error", value: query.error }] : []),
    ...(nothing ? [] : [{ label: root, value, isEditable: true }]),
    ...(typeof key === "object" && key !== null ? [{ label: "key", value: key }] : []),
  ];
}
