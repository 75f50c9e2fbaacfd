import { setTimeout as sleep } from "node:timers/promises";
import { followCache } from "../connection/follow-cache.ts";
import type { RunningCache } from "../connection/running-cache.ts";
import { jsonText } from "../json-text.ts";
import type { Colors, Terminal } from "../terminal.ts";
import { type Line, type Tone } from "./cells.ts";
import type { TopPlan } from "./follow-top.ts";
import { headLines } from "./head-lines.ts";
import type { Reading } from "./history.ts";
import { readKeys } from "./key-reader.ts";
import { keyLines } from "./key-lines.ts";
import { type KeyList, type TopState } from "./top-state.ts";
import { TopStore } from "./top-store.ts";
import { FIRST_VIEW, type Sort } from "./view.ts";

/** What is printed, and how often. */
export interface PrintPlan extends TopPlan {
  readonly count: number;
  readonly isJson: boolean;
  readonly sort: Sort | undefined;
  readonly filter: string;
}

/** Columns of what is read by no screen, keys of each list, and lines of advice. */
const COLUMNS = 120;
const KEYS = 10;
const ADVICE = 3;

/** Prints the figures of one moment, or of several, each with what happened since the reading before. */
export async function printTop(plan: PrintPlan, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const store = new TopStore({ filter: plan.filter }, plan.record);
  let left = plan.count;
  await followCache(plan.choice, { lost: terminal.note, back: terminal.note, signal }, async ({ cache, ...visit }) => {
    const { history } = store.read();
    if (!visit.isSamePage) history.restart();
    store.set({ cache: cache.name, place: cache.place });
    const read = async (): Promise<Reading> => {
      const reading = await cache.ask("top", { record: plan.record, ...(history.latest ? {} : { secondsAfter: 0 }) });
      history.add(reading);
      return reading;
    };
    // Rates are of what happens between two readings.
    await read();
    while (left > 0) {
      await sleep(plan.interval, undefined, { signal: visit.signal });
      const reading = await read();
      const lists = await readLists(cache, plan, visit.signal);
      left--;
      const isLast = left === 0;
      if (plan.isJson) terminal.say(asJson(store.read(), reading, lists, plan.count === 1));
      else terminal.say(`${asText(store.read(), reading, lists, terminal)}${isLast ? "" : "\n"}`);
    }
  });
}

interface Listed {
  readonly title: string;
  readonly sort: Sort;
  readonly list: KeyList;
}

/** The keys in the order that was asked for; else the hottest, where reads are known, and the largest. */
async function readLists(cache: RunningCache, plan: PrintPlan, signal: AbortSignal): Promise<Listed[]> {
  const wanted: readonly (readonly [string, Sort])[] = plan.sort
    ? [["keys", plan.sort]]
    : [
        ["hottest", "reads"],
        ["largest", "size"],
      ];
  const lists: Listed[] = [];
  for (const [title, sort] of wanted) {
    const list = await readKeys(cache, { sort, filter: plan.filter, isReversed: false }, signal);
    if (sort !== "reads" || plan.sort || list.rows.some(({ reads }) => reads !== undefined))
      lists.push({ title, sort, list });
  }
  return lists;
}

function asText(
  state: TopState,
  reading: Reading,
  lists: readonly Listed[],
  { colors, columns, isScreen }: Terminal,
): string {
  const width = isScreen ? columns : COLUMNS;
  const head = headLines(state, reading, { columns: width, advice: ADVICE, isFixed: false });
  const keys = lists.flatMap(({ sort, list }): Line[] => [
    [],
    ...keyLines(list, { ...FIRST_VIEW, sort }, { columns: width, lines: KEYS + 1 }, list.at),
  ]);
  return [...head, ...keys].map((line) => lineText(line, colors).trimEnd()).join("\n");
}

function lineText(line: Line, colors: Colors): string {
  return line.map(({ text, tone }) => (tone ? paint(text, tone, colors) : text)).join("");
}

function paint(text: string, tone: Tone, colors: Colors): string {
  switch (tone) {
    case "dim":
      return colors.dim(text);
    case "bold":
      return colors.bold(text);
    case "good":
      return colors.green(text);
    case "bad":
      return colors.red(text);
    case "warn":
      return colors.yellow(text);
    case "chosen":
      return colors.inverse(text);
  }
}

/** Figures as the page gave them, with what a second had since the reading before. */
function asJson(
  { cache, place, history }: TopState,
  reading: Reading,
  lists: readonly Listed[],
  isOne: boolean,
): string {
  const { seconds: _, hits, misses, ...figures } = reading;
  const rates = history.rates(0.5);
  const ratio = hits + misses === 0 ? null : hits / (hits + misses);
  const keys = Object.fromEntries(
    lists.map(({ title, list }) => [title, list.rows.slice(0, KEYS).map(({ rank: _rank, ...row }) => row)]),
  );
  return jsonText(
    { name: cache, target: place, ...figures, hits, misses, hitRatio: ratio, rates, ...keys },
    isOne ? 2 : undefined,
  );
}
