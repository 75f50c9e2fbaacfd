import { age, count, percent } from "../figures.ts";
import { visible } from "../visible-text.ts";
import { type Line, type Span, type Tone, widthOf, wrapped } from "./cells.ts";
import type { Rates, Reading, TopHistory } from "./history.ts";
import { shareBar, sparkline } from "./sparkline.ts";
import type { TopState } from "./top-state.ts";

/** Ms that "now" stands for, and that a rate is the mean of. */
const NOW = 10_000;
const RATE = 5_000;
/** Minutes that the sparkline may be of, and its widest. */
const MINUTES = [1, 2, 5, 10];
const MAX_SPARKS = 60;
const LEAST_SPARKS = 10;
const LABEL = 11;

/** What a head tells, and in how much room. */
export interface HeadSize {
  readonly columns: number;
  /** The most lines for the advice; 0 for a head of three lines. */
  readonly advice: number;
  /** Whether there are so many lines in any case, so that what stands below does not move. */
  readonly isFixed: boolean;
}

/** The figures of a cache in lines. */
export function headLines(state: TopState, reading: Reading, size: HeadSize): Line[] {
  const rates = state.history.rates(RATE);
  if (size.advice === 0) return shortHead(state, reading, rates, size.columns);
  return [
    titleLine(state, reading, size.columns),
    entriesLine(reading, size.columns),
    ratioLine(state.history, reading, size.columns),
    requestsLine(reading, rates, size.columns),
    removalsLine(reading, rates, size.columns),
    loadsLine(reading, size.columns),
    ...adviceLines(state, reading, size),
  ];
}

function shortHead(state: TopState, reading: Reading, rates: Rates | undefined, columns: number): Line[] {
  const { history } = state;
  const ratio = ratioWords(reading, history);
  const sparks = Math.max(0, Math.min(MAX_SPARKS, columns - widthOf(ratio) - 11));
  const { evicted, expired, deleted } = reading.removals;
  const { failed } = reading.loads;
  return [
    partsLine([titleSpan(state, true), text(sizeWords(reading)), text(visible(reading.strategy))], columns, " · "),
    [label("hit ratio "), { text: ratio, tone: "bold" }, text(" "), { text: sparksOf(history, sparks), tone: "good" }],
    partsLine(
      [
        text(
          rates ? `${perSecond(rates.gets + rates.sets)} requests` : `${count(reading.gets + reading.sets)} requests`,
        ),
        text(`${count(evicted)} evicted`),
        ...(failed > 0 ? [{ text: `${count(failed)} loads failed`, tone: "bad" as const }] : []),
        text(`${count(expired)} expired`),
        text(`${count(deleted)} deleted`),
      ],
      columns,
      " · ",
    ),
  ];
}

/** Which cache it is, and since when it is counted and recorded. */
function titleLine(state: TopState, { since, recordedSince, at }: Reading, columns: number): Line {
  const parts = [titleSpan(state, false)];
  if (since !== null) parts.push(dim(`counted since ${clockTime(since, at)}`));
  parts.push(dim(recordedSince === null ? "not recorded" : `recorded for ${age(Math.max(0, at - recordedSince))}`));
  return partsLine(parts, columns, " · ");
}

function titleSpan({ cache, place }: TopState, isShort: boolean): Span {
  const where = place && !isShort ? ` in ${place.kind} ${visible(place.title || place.url)}` : "";
  return { text: `${visible(cache)}${where}`, tone: "bold" };
}

function entriesLine(reading: Reading, columns: number): Line {
  const { size, maxCacheSize, weight, maxWeight, strategy, shardCount } = reading;
  const share = Math.max(
    maxCacheSize === Infinity ? 0 : size / maxCacheSize,
    maxWeight === null ? 0 : weight / maxWeight,
  );
  const { full, rest } = shareBar(share, 20);
  const parts: Span[][] = [
    [text(sizeWords(reading))],
    [{ text: full, tone: share >= 1 ? "warn" : "good" }, dim(rest), text(` ${percent(share)}`)],
    [text(`policy ${visible(strategy)}`)],
    ...(maxWeight === null ? [] : [[text(`weight ${count(weight)} of ${count(maxWeight)}`)]]),
    ...(shardCount > 1 ? [[text(`${count(shardCount)} shards`)]] : []),
  ];
  return labelled("entries", parts, columns);
}

function sizeWords({ size, maxCacheSize }: Reading): string {
  return maxCacheSize === Infinity ? `${count(size)}, no bound` : `${count(size)} of ${count(maxCacheSize)}`;
}

function ratioLine(history: TopHistory, reading: Reading, columns: number): Line {
  const ratio = ratioWords(reading, history);
  const sparks = Math.min(MAX_SPARKS, columns - LABEL - widthOf(ratio) - 12);
  const parts: Span[][] = [[{ text: ratio, tone: "bold" }]];
  const line = sparks < LEAST_SPARKS ? "" : sparksOf(history, sparks);
  if (line.trim() !== "") parts.push([{ text: line, tone: "good" }, dim(` ${minutesOf(history)} min`)]);
  return labelled("hit ratio", parts, columns);
}

function ratioWords({ hits, misses }: Reading, history: TopHistory): string {
  const all = hits + misses === 0 ? "no reads yet" : percent(hits / (hits + misses));
  const now = history.ratio(NOW);
  return now === null ? all : `${all}, now ${percent(now)}`;
}

function sparksOf(history: TopHistory, parts: number): string {
  return sparkline(history.ratios(minutesOf(history) * 60_000, parts));
}

/** As few as show all that is known. */
function minutesOf({ known }: TopHistory): number {
  return MINUTES.find((minutes) => minutes * 60_000 >= known) ?? MINUTES.at(-1)!;
}

function requestsLine({ gets, sets, misses, refused }: Reading, rates: Rates | undefined, columns: number): Line {
  const each = (name: string, all: number, rate: number | undefined): Span[] => [
    text(`${name} ${count(all)}${rateWords(rate)}`),
  ];
  const parts = [
    ...(rates ? [[{ text: perSecond(rates.gets + rates.sets), tone: "bold" as const }]] : []),
    each("gets", gets, rates?.gets),
    each("sets", sets, rates?.sets),
    each("misses", misses, rates?.misses),
    ...(refused > 0 ? [[{ text: `refused ${count(refused)}`, tone: "warn" as const }]] : []),
  ];
  return labelled("requests", parts, columns);
}

function removalsLine({ removals }: Reading, rates: Rates | undefined, columns: number): Line {
  const causes = Object.entries(removals) as [keyof typeof removals, number][];
  const parts = causes.map(([cause, all]): Span[] => {
    const words = `${cause} ${count(all)}${rateWords(rates?.removals[cause])}`;
    return [all > 0 ? text(words) : dim(words)];
  });
  return labelled("removals", parts, columns);
}

function loadsLine({ loads }: Reading, columns: number): Line {
  const { started, succeeded, failed, aborted, joined, p50, p90 } = loads;
  if (started === 0) return labelled("loads", [[dim("none")]], columns);
  const running = Math.max(0, started - succeeded - failed - aborted);
  const parts: Span[][] = [
    [text(`${count(running)} running`)],
    [failed > 0 ? { text: `${count(failed)} failed`, tone: "bad" } : dim("0 failed")],
    ...(p50 === null || p90 === null ? [] : [[text(`p50 ${took(p50)}, p90 ${took(p90)}`)]]),
    [text(`${count(succeeded)} done`)],
    ...(joined > 0 ? [[text(`${count(joined)} joined`)]] : []),
    ...(aborted > 0 ? [[text(`${count(aborted)} aborted`)]] : []),
  ];
  return labelled("loads", parts, columns);
}

function adviceLines({ wantsRecord }: TopState, { advice, recordedSince }: Reading, size: HeadSize): Line[] {
  const [words, tone] = adviceWords(advice, recordedSince !== null, wantsRecord);
  const lines = wrapped(words, Math.max(1, size.columns - LABEL), size.advice);
  return Array.from({ length: size.isFixed ? size.advice : lines.length }, (_, index): Line => {
    const start = label(index === 0 ? "advice".padEnd(LABEL) : " ".repeat(LABEL));
    return [start, { text: lines[index] ?? "", tone }];
  });
}

function adviceWords(advice: Reading["advice"], isRecorded: boolean, wantsRecord: boolean): [string, Tone | undefined] {
  if (!isRecorded && !wantsRecord) return ["None, since nothing is recorded.", "dim"];
  if (!advice) return ["Not enough was recorded yet.", "dim"];
  const tones = { wait: "dim", good: "good", change: "warn", none: undefined } as const;
  return [visible(advice.text), tones[advice.tone]];
}

/** A label, and as many of its parts as there is room for. */
function labelled(name: string, parts: readonly Line[], columns: number): Line {
  return lineOf([label(name.padEnd(LABEL))], parts, columns, "  ");
}

function partsLine(parts: readonly Span[], columns: number, gap: string): Line {
  return lineOf(
    [],
    parts.map((part) => [part]),
    columns,
    gap,
  );
}

function lineOf(start: Line, parts: readonly Line[], columns: number, gap: string): Line {
  const line: Span[] = [...start];
  let width = lineWidth(start);
  parts.forEach((part, index) => {
    const more = lineWidth(part) + (index === 0 ? 0 : gap.length);
    // The first one is cut where it has no room; what stands behind one that was left out is left out as well.
    if (index > 0 && width + more > columns) width = Infinity;
    if (width === Infinity) return;
    if (index > 0) line.push(text(gap));
    line.push(...part);
    width += more;
  });
  return line;
}

function lineWidth(line: Line): number {
  return line.reduce((sum, { text: each }) => sum + widthOf(each), 0);
}

function label(name: string): Span {
  return { text: name, tone: "dim" };
}

function dim(words: string): Span {
  return { text: words, tone: "dim" };
}

function text(words: string): Span {
  return { text: words };
}

function rateWords(rate: number | undefined): string {
  return rate === undefined || rate === 0 ? "" : ` (${perSecond(rate)})`;
}

/** `1,200/s`, `0.4/s`. */
function perSecond(rate: number): string {
  return `${rate > 0 && rate < 10 ? Math.max(0.1, rate).toFixed(1) : count(Math.round(rate))}/s`;
}

function took(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A local time of day, with the day if it was long ago. */
function clockTime(at: number, now: number): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  if (now - at < 43_200_000) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
