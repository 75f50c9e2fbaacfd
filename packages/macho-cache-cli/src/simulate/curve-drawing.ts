import { percent } from "../figures.ts";
import type { Colors, Terminal } from "../terminal.ts";
import { BrailleCanvas } from "./braille.ts";
import { ranked, sizeText } from "./result-words.ts";
import type { PolicyRatios, TraceResult } from "./result.ts";
import { type CurveScale, curveScale } from "./curve-scale.ts";

/** More lines than these cannot be told apart. */
const MOST_LINES = 4;
const ROWS = 14;
const WIDEST = 100;
const MARGIN = 7;

type Paint = (text: string) => string;

/** Miss ratios by two sizes or more, drawn in signs of dots: of the best policies, and of LRU, which people know. */
export function curveDrawing(result: TraceResult, terminal: Terminal): string {
  const lines = shownLines(result);
  const paints = paintsOf(terminal.colors);
  const names = Math.max(...lines.map(({ policy }) => policy.length)) + 1;
  const columns = Math.max(20, Math.min(WIDEST, terminal.columns) - MARGIN - names);
  const scale = curveScale(result);
  const canvas = new BrailleCanvas(columns, ROWS);
  lines.forEach(({ curve }, owner) => {
    const places = curve.map(({ size, missRatio }) => [scale.x(size), scale.y(missRatio)] as const);
    places.forEach((place, at) => canvas.line(owner, places[Math.max(0, at - 1)]!, place));
  });
  const ends = namesAtTheEnd(lines, scale, paints);
  const rows = canvas.draw((owner, sign) => (owner < 0 ? " " : paints[owner]!(sign)));
  const hidden = result.policies.length - lines.length;
  return [
    `Miss ratio by ${result.unit}, each step right larger by the same factor`,
    ...rows.map((row, at) => `${label(at, scale.top).padStart(MARGIN - 1)}│${row} ${ends[at] ?? ""}`.trimEnd()),
    `${" ".repeat(MARGIN - 1)}└${"─".repeat(columns)}`,
    sizesBelow(result, columns),
    ...(hidden > 0 ? [terminal.colors.dim(`${" ".repeat(MARGIN)}${hidden} more policies are in the table.`)] : []),
  ].join("\n");
}

/** The name of each line by the row in which it ends, or the next one that is free. */
function namesAtTheEnd(
  lines: readonly PolicyRatios[],
  scale: CurveScale,
  paints: readonly Paint[],
): readonly (string | undefined)[] {
  const ends: (string | undefined)[] = Array.from({ length: ROWS });
  const byHeight = lines.map(({ policy, curve }, owner) => ({ policy, owner, y: scale.y(curve.at(-1)!.missRatio) }));
  for (const { policy, owner, y } of byHeight.sort((one, other) => other.y - one.y)) {
    const wanted = Math.min(ROWS - 1, Math.floor((1 - y) * ROWS));
    const below = ends.findIndex((name, row) => row >= wanted && name === undefined);
    const row = below >= 0 ? below : ends.lastIndexOf(undefined);
    ends[row] = paints[owner]!(policy);
  }
  return ends;
}

/** The best ones, and LRU, drawn last. */
function shownLines(result: TraceResult): readonly PolicyRatios[] {
  const best = ranked(result);
  if (best.length <= MOST_LINES) return [...best].reverse();
  const lru = best.filter(({ policy }) => policy === "lru");
  const others = best.filter(({ policy }) => policy !== "lru").slice(0, MOST_LINES - lru.length);
  return [...lru, ...others.reverse()];
}

function paintsOf(colors: Colors): readonly Paint[] {
  return [colors.red, colors.blue, colors.magenta, colors.green];
}

/** At the top, in the middle and at the bottom. */
function label(row: number, top: number): string {
  if (row === 0) return percent(top);
  if (row === Math.floor(ROWS / 2)) return percent(top / 2);
  return row === ROWS - 1 ? "0%" : "";
}

function sizesBelow({ sizes }: TraceResult, columns: number): string {
  const [first, last] = [sizeText(sizes[0]!), sizeText(sizes.at(-1)!)];
  const gap = columns - first.length - last.length;
  return `${" ".repeat(MARGIN)}${first}${" ".repeat(Math.max(1, gap))}${last}`;
}
