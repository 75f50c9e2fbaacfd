import { lettersOf } from "./cells.ts";

/** What the list of keys can be sorted by, in the order in which one leads to the next. */
export const SORTS = ["reads", "hits", "size", "age", "ttl"] as const;
export type Sort = (typeof SORTS)[number];

/** What somebody looks at, and how. */
export interface View {
  readonly sort: Sort;
  readonly isReversed: boolean;
  /** In the words of the panel's filter. */
  readonly filter: string;
  /** What is being typed as the next filter. */
  readonly typed: string | undefined;
  readonly isPaused: boolean;
  /** The row that is chosen. */
  readonly chosen: string | undefined;
  readonly mode: "keys" | "entry" | "help";
}

/** A key that was pressed: a letter, or "up", "down", "pageUp", "enter" and so on. */
export type Press = string;

export const FIRST_VIEW: View = {
  sort: "reads",
  isReversed: false,
  filter: "",
  typed: undefined,
  isPaused: false,
  chosen: undefined,
  mode: "keys",
};

/** Keys that are moved by at a time. */
const PAGE = 10;

/** The view after a key was pressed. @param rows those that are listed, in order */
export function pressed(view: View, press: Press, rows: readonly string[]): View {
  if (view.typed !== undefined) return typed(view, view.typed, press);
  if (view.mode !== "keys") return leave(view, press);
  const move = MOVES[press];
  if (move) return { ...view, chosen: moved(view.chosen, rows, move) };
  const index = Number(press) - 1;
  if (SORTS[index]) return sorted(view, SORTS[index]);
  switch (press) {
    case "s":
      return sorted(view, SORTS[(SORTS.indexOf(view.sort) + 1) % SORTS.length]!);
    case "r":
      return { ...view, isReversed: !view.isReversed, chosen: undefined };
    case "/":
      return { ...view, typed: view.filter };
    case "p":
    case " ":
      return { ...view, isPaused: !view.isPaused };
    case "?":
      return { ...view, mode: "help" };
    case "enter":
      return view.chosen === undefined ? { ...view, chosen: rows[0] } : { ...view, mode: "entry" };
    case "escape":
      return view.chosen === undefined ? { ...view, filter: "" } : { ...view, chosen: undefined };
    default:
      return view;
  }
}

function sorted(view: View, sort: Sort): View {
  return { ...view, sort, isReversed: false, chosen: undefined };
}

/** By how many rows a key moves on. */
const MOVES: Readonly<Partial<Record<Press, number>>> = {
  up: -1,
  k: -1,
  down: 1,
  j: 1,
  pageUp: -PAGE,
  pageDown: PAGE,
  home: -Infinity,
  end: Infinity,
};

/** The first press chooses the row at the top, or the one at the end. A row that has gone is where the list begins. */
function moved(chosen: string | undefined, rows: readonly string[], by: number): string | undefined {
  const at = chosen === undefined ? -1 : rows.indexOf(chosen);
  const next = at === -1 ? (by === Infinity ? by : 0) : at + by;
  return rows[Math.max(0, Math.min(rows.length - 1, next))];
}

function typed(view: View, text: string, press: Press): View {
  switch (press) {
    case "enter":
      return { ...view, typed: undefined, filter: text.trim(), chosen: undefined };
    case "escape":
      return { ...view, typed: undefined };
    case "backspace":
      return { ...view, typed: lettersOf(text).slice(0, -1).join("") };
    case "clear":
      return { ...view, typed: "" };
    default:
      return lettersOf(press).length === 1 ? { ...view, typed: text + press } : view;
  }
}

/** Help and facts are left by the keys that one would try. */
function leave(view: View, press: Press): View {
  return ["escape", "enter", "q", "?", "backspace"].includes(press) ? { ...view, mode: "keys" } : view;
}
