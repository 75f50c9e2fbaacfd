/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EntrySource } from "../entry-source.ts";
import { plural } from "./format.ts";

/** Ms in which the second press has to come. */
const PATIENCE = 5_000;

/** Removes everything, by a second press of the same button. */
export function ClearAll({
  kind,
  size,
  clear,
}: {
  kind: EntrySource["kind"];
  size: number;
  clear: () => void;
}): JSX.Element {
  const [isAsked, ask] = useState(false);
  useEffect(() => {
    if (!isAsked) return undefined;
    const end = setTimeout(() => ask(false), PATIENCE);
    return () => clearTimeout(end);
  }, [isAsked]);
  const press = (): void => {
    ask(!isAsked);
    if (isAsked) clear();
  };
  const what = kind === "cache" ? plural(size, "entry", "entries") : plural(size, "query", "queries");
  return (
    <button
      type="button"
      class={isAsked ? "small-button danger" : "small-button"}
      disabled={size === 0}
      onClick={press}
      onBlur={() => ask(false)}
    >
      {isAsked ? `Clear ${what}?` : "Clear all"}
    </button>
  );
}
