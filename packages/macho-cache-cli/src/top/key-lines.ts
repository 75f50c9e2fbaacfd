import { keyWords } from "../entry-words.ts";
import { age, bytes, count, percent } from "../figures.ts";
import { fitted } from "../fitted-text.ts";
import { visible } from "../visible-text.ts";
import { type Line, padded } from "./cells.ts";
import { type KeyList, type KeyRow, rowName } from "./top-state.ts";
import type { Sort, View } from "./view.ts";

interface Column {
  readonly name: string;
  readonly sort?: Sort;
  readonly width: number;
  readonly text: (row: KeyRow) => string | undefined;
}

/** In the order in which they are shown. */
const COLUMNS: readonly Column[] = [
  { name: "status", width: 8, text: ({ status }) => (status === "stored" ? undefined : status) },
  { name: "reads", sort: "reads", width: 9, text: ({ reads }) => (reads === undefined ? undefined : count(reads)) },
  { name: "hits", sort: "hits", width: 6, text: ({ hits }) => (hits === undefined ? undefined : percent(hits)) },
  { name: "size", sort: "size", width: 7, text: ({ size }) => (size === undefined ? undefined : bytes(size)) },
  { name: "age", sort: "age", width: 9, text: (row) => (row.age === undefined ? undefined : age(row.age)) },
  {
    name: "ttl left",
    sort: "ttl",
    width: 9,
    text: ({ ttlLeft }) => (ttlLeft === undefined ? undefined : age(ttlLeft)),
  },
];
/** Those that go first where there is no room. */
const LESS = ["status", "hits", "age", "ttl left", "size", "reads"];
const GAP = 2;
const LEAST_KEY = 18;
const MARK = 2;

/** What of a list of keys is shown, and where. */
export interface ListSize {
  readonly columns: number;
  /** Lines with the head. */
  readonly lines: number;
}

/** Keys below a head that says what they are sorted by. */
export function keyLines(list: KeyList | undefined, view: View, size: ListSize, now: number): Line[] {
  if (size.lines <= 0) return [];
  const rows = list?.rows ?? [];
  const columns = columnsFor(rows, view, size.columns);
  const key = Math.max(1, size.columns - MARK - columns.reduce((sum, { width }) => sum + width + GAP, 0));
  const head = [
    padded(`  ${listWords(list, view, now)}`, MARK + key),
    ...columns.map((column) => headOf(column, view)),
  ];
  const most = size.lines - 1;
  const at = rows.findIndex((row) => rowName(row) === view.chosen);
  const from = Math.max(0, Math.min(rows.length - most, at - Math.floor(most / 2)));
  return [
    [{ text: head.join(" ".repeat(GAP)), tone: "dim" }],
    ...rows.slice(from, from + most).map((row, index) => rowLine(row, columns, key, from + index === at)),
  ];
}

function rowLine(row: KeyRow, columns: readonly Column[], key: number, isChosen: boolean): Line {
  const cells = columns.map(({ width, text }) => padded(text(row) ?? "–", width, "right"));
  const words = padded(fitted(keyWords(row.key), key), key);
  const line = [`${isChosen ? "> " : "  "}${words}`, ...cells].join(" ".repeat(GAP));
  return [{ text: line, tone: isChosen ? "chosen" : undefined }];
}

function headOf({ name, sort, width }: Column, view: View): string {
  if (sort !== view.sort) return padded(name, width, "right");
  // Sorting begins with the largest, and with the shortest time to live.
  const isDescending = (sort !== "ttl") !== view.isReversed;
  return padded(`${isDescending ? "▼" : "▲"}${name}`, width, "right");
}

/** Columns of which something is known, and that of the order, as far as the key keeps some room. */
function columnsFor(rows: readonly KeyRow[], view: View, width: number): Column[] {
  let columns = COLUMNS.filter(
    ({ sort, text }) =>
      sort === view.sort || rows.some((row) => text(row) !== undefined) || (rows.length === 0 && sort),
  );
  for (const name of LESS) {
    const taken = columns.reduce((sum, column) => sum + column.width + GAP, MARK);
    if (width - taken >= LEAST_KEY) break;
    columns = columns.filter((column) => column.name !== name || column.sort === view.sort);
  }
  return columns;
}

/** Ms after which a list is told to be old. */
const OLD = 5_000;

function listWords(list: KeyList | undefined, view: View, now: number): string {
  if (!list) return "reading the keys";
  const what = list.isFiltered
    ? `${count(list.matched)} match ${visible(view.filter)}`
    : `${count(list.matched)} ${list.matched === 1 ? "key" : "keys"}`;
  return now - list.at > OLD && !view.isPaused ? `${what}, read ${age(now - list.at)} ago` : what;
}
