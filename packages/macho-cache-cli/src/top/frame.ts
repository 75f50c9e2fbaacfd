import { entryWords, keyWords } from "../entry-words.ts";
import { visible } from "../visible-text.ts";
import { cutLine, lettersOf, type Line, type Span, wrapped } from "./cells.ts";
import { headLines } from "./head-lines.ts";
import { keyLines } from "./key-lines.ts";
import type { TopState } from "./top-state.ts";
import { SORTS } from "./view.ts";

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Rows from which on the head is whole, and has room for two and three lines of advice. */
const WHOLE = 16;
const TWO = 20;
const THREE = 26;

/** The screen: a head, a message, the keys or what else is looked at, and what can be pressed. */
export function frame(state: TopState, { columns, rows }: ScreenSize): Line[] {
  const reading = state.history.latest;
  const advice = rows < WHOLE ? 0 : rows < TWO ? 1 : rows < THREE ? 2 : 3;
  const head = reading
    ? headLines(state, reading, { columns, advice, isFixed: true })
    : [[{ text: "Reading the figures." }]];
  const message = messageLine(state, columns);
  // Where there is little room, a message takes the place of the last figures.
  const top: Line[] = advice > 0 ? [...head, message ?? []] : message ? [...head.slice(0, -1), message] : [...head];
  const body = bodyLines(state, columns, Math.max(0, rows - top.length - 1));
  const filler = Array.from({ length: Math.max(0, rows - top.length - body.length - 1) }, (): Line => []);
  return [...top, ...body, ...filler, footLine(state, columns)].slice(-rows).map((line) => cutLine(line, columns));
}

function bodyLines(state: TopState, columns: number, lines: number): Line[] {
  switch (state.view.mode) {
    case "keys":
      return keyLines(state.list, state.view, { columns, lines }, state.now);
    case "help":
      return helpLines().slice(0, lines);
    case "entry":
      return entryLines(state, columns, lines);
  }
}

const HELP: readonly (readonly [string, string])[] = [
  ["s, 1 to 5", `sort by ${SORTS.join(", ")}`],
  ["r", "turns the order round"],
  ["/", "filter, in the words of the panel: film, ttl<10s, size>4kB, read:0"],
  ["Up, Down", "choose a key; also k and j, Page Up and Down, Home and End"],
  ["Enter", "facts and value of the chosen key"],
  ["Esc", "goes back, gives up the choice, then the filter"],
  ["Space, p", "pauses: nothing is asked meanwhile"],
  ["q, Ctrl-C", "ends"],
];

function helpLines(): Line[] {
  return HELP.map(([keys, words]) => [{ text: keys.padEnd(12), tone: "bold" }, { text: words }]);
}

function entryLines({ entry, view }: TopState, columns: number, lines: number): Line[] {
  const key = view.chosen?.slice(view.chosen.indexOf(" ") + 1) ?? "";
  const title: Line = [{ text: keyWords(key), tone: "bold" }];
  const only = (text: string): Line[] => [title, [{ text, tone: "dim" } satisfies Span]].slice(0, lines);
  if (!entry) return only("Reading it.");
  if (!entry.entry) return only("It is not there any more.");
  const facts = wrapped(entryWords(entry.entry), columns, 3).map((text): Line => [{ text }]);
  const value = (entry.value?.lines ?? []).map(({ level, label, kind, text }): Line => [
    { text: `${"  ".repeat(Math.min(level, 10))}${visible(label)} `, tone: "dim" },
    { text: visible(text), tone: kind === "string" ? "good" : undefined },
  ]);
  return [title, ...facts, ...value].slice(0, lines);
}

function messageLine({ notice, problem, view }: TopState, columns: number): Line | undefined {
  const span = ((): Span | undefined => {
    if (notice?.isAway) return { text: notice.words, tone: "bad" };
    if (problem !== undefined) return { text: problem, tone: "warn" };
    if (view.isPaused) return { text: "Paused. Space goes on.", tone: "warn" };
    return notice && { text: notice.words, tone: "good" };
  })();
  return span && [{ ...span, text: wrapped(visible(span.text), columns, 1)[0]! }];
}

/** What can be pressed, as far as there is room: the way out and the help first. */
function footLine({ view }: TopState, columns: number): Line {
  if (view.typed !== undefined) {
    return [{ text: "filter: ", tone: "bold" }, { text: tail(visible(view.typed), columns - 9) }, { text: "█" }];
  }
  if (view.mode !== "keys") return [{ text: "Esc", tone: "bold" }, { text: " back" }];
  const keys: readonly (readonly [string, string])[] = [
    ["q", "quit"],
    ["?", "help"],
    ["s", "sort"],
    ["/", "filter"],
    ["Space", view.isPaused ? "go on" : "pause"],
    ["Enter", "facts"],
    ["r", "reverse"],
  ];
  const line: Span[] = [];
  let width = 0;
  for (const [key, words] of keys) {
    width += key.length + words.length + 3;
    if (width - 2 > columns) break;
    line.push({ text: key, tone: "bold" }, { text: ` ${words}  ` });
  }
  return line;
}

/** The end of a text that somebody types. */
function tail(text: string, width: number): string {
  return lettersOf(text).slice(-Math.max(1, width)).join("");
}
