import type { Answers, Requests } from "macho-cache/devtools/expose";
import { type Choice, type RunningCache, withCache } from "../connection/running-cache.ts";
import { absentWords, entryWords, keyWords } from "../entry-words.ts";
import { EXIT, type Exit } from "../exit.ts";
import { count } from "../figures.ts";
import { fitted } from "../fitted-text.ts";
import { jsonText, visibleJson } from "../json-text.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";
import type { GetOptions } from "./get.ts";

type Answer = Answers["entry"];
type Piece = NonNullable<Answer["value"]>;
type Line = NonNullable<Piece["lines"]>[number];

/** Lines of a screen that are not of the value, and lines where there is no screen. */
const OTHER_LINES = 5;
const LEAST = 10;
const NO_SCREEN = 40;

/** Shows an entry. The status says whether it is there. */
export async function showEntry(
  choice: Choice,
  key: Requests["entry"],
  { json, full, values }: GetOptions,
  terminal: Terminal,
): Promise<Exit> {
  const show = !values ? "none" : json ? "json" : "tree";
  const lines = full || show !== "tree" ? {} : { lines: screenful(terminal) };
  return withCache(choice, async (cache) => {
    const answer = await cache.ask("entry", { ...key, show, ...lines });
    if (!answer.entry) {
      terminal.note(absentWords(answer.key));
      return EXIT.found;
    }
    if (json) return writeJson(cache, answer, terminal);
    terminal.say(`${terminal.colors.bold(keyWords(answer.key))}\n${entryWords(answer.entry)}`);
    if (answer.value) await writeTree(cache, answer, full === true, terminal);
    return EXIT.done;
  });
}

function screenful({ isScreen, rows }: Terminal): number {
  return isScreen ? Math.max(LEAST, rows - OTHER_LINES) : NO_SCREEN;
}

async function writeJson(cache: RunningCache, answer: Answer, terminal: Terminal): Promise<Exit> {
  if (!answer.value) {
    terminal.say(jsonText({ ...answer.entry, hasValue: answer.hasValue }, 2));
    return EXIT.done;
  }
  if (!answer.hasValue) {
    terminal.note(`${keyWords(answer.key)} has no value: nothing was stored of it yet.`);
    return EXIT.found;
  }
  let text = "";
  for await (const { text: more = "" } of pieces(cache, answer.value)) text += more;
  terminal.say(visibleJson(text));
  for (const loss of answer.losses ?? []) terminal.note(`JSON cannot say that ${visible(loss)}.`);
  return EXIT.done;
}

async function writeTree(cache: RunningCache, answer: Answer, isFull: boolean, terminal: Terminal): Promise<void> {
  let given = 0;
  for await (const { lines = [] } of pieces(cache, answer.value!)) {
    if (lines.length > 0) terminal.say(lines.map((line) => lineText(line, isFull, terminal)).join("\n"));
    given += lines.length;
  }
  const { total = 0, isMore } = answer;
  if (given >= total && !isMore) return;
  const all = isMore ? `more than ${count(total)}` : count(total);
  const remedy = isFull ? "it is too large to be shown whole" : "--full shows all";
  terminal.note(`Cut at ${count(given)} of ${all} lines: ${remedy}.`);
}

/** A long answer comes in pieces. */
async function* pieces(cache: RunningCache, first: Piece): AsyncGenerator<Piece, void> {
  let piece = first;
  yield piece;
  while (piece.ticket !== null) {
    piece = await cache.ask("piece", { ticket: piece.ticket });
    yield piece;
  }
}

/** Levels that are set in. What is deeper stays there. */
const MAX_INDENT = 20;

function lineText(
  { level, label, kind, text }: Line,
  isFull: boolean,
  { isScreen, columns, colors }: Terminal,
): string {
  const start = `${"  ".repeat(Math.min(level, MAX_INDENT))}${visible(label)}`;
  const shown = visible(text);
  const room = isScreen && !isFull ? Math.max(LEAST, columns - start.length - 2) : Infinity;
  const value = fitted(shown, room);
  if (value === "") return start;
  return `${colors.dim(start)} ${kind === "string" ? colors.green(value) : kind === "note" ? colors.dim(value) : value}`;
}
