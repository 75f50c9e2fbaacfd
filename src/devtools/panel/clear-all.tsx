/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { EntrySource } from "../entry-source.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { plural } from "./format.ts";

interface ClearProps {
  kind: EntrySource["kind"];
  size: number;
  clear: () => void;
}

/** Removes everything. */
export function ClearAll({ kind, size, clear }: ClearProps): JSX.Element {
  const what = kind === "cache" ? plural(size, "entry", "entries") : plural(size, "query", "queries");
  return <ConfirmButton label="Clear all" question={`Clear ${what}?`} disabled={size === 0} confirm={clear} />;
}
