import Table from "cli-table3";
import stringWidth from "string-width";
import { fitted } from "./fitted-text.ts";
import type { Terminal } from "./terminal.ts";

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/**
 * Rows below a head, without lines. The texts are shown as they are: see visible-text.ts. On a screen a row is one line:
 * what is too long for it is cut, and ends with a sign.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], terminal: Terminal): string {
  const { colors, isScreen, columns } = terminal;
  if (isScreen) [head = [], ...rows] = cut([head, ...rows], columns);
  const drawn = new Table({ chars: NO_LINES, style: { "padding-left": 0, "padding-right": 0, head: [], border: [] } });
  drawn.push(
    head.map((name) => colors.dim(name)),
    ...rows.map((row) => [...row]),
  );
  return drawn.toString().replaceAll(/ +$/gm, "");
}

const GAP = 2;
/** Columns of the terminal that a text keeps. */
const LEAST = 6;

/** The widest columns of a table are cut until it has room. */
function cut(rows: readonly (readonly string[])[], room: number): readonly (readonly string[])[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => stringWidth(row[at] ?? ""))));
  const over = (): number => widths.reduce((sum, width) => sum + width + GAP, -GAP) - room;
  while (over() > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= LEAST) break;
    const next = Math.max(LEAST, ...widths.filter((width) => width < widths[widest]!));
    widths[widest] = Math.max(next, widths[widest]! - Math.max(1, over()));
  }
  return rows.map((row) => row.map((text, at) => (stringWidth(text) > widths[at]! ? fitted(text, widths[at]!) : text)));
}
