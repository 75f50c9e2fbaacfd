import stringWidth from "string-width";
import { fitted } from "./fitted-text.ts";
import type { Terminal } from "./terminal.ts";

type Rows = readonly (readonly string[])[];

/** Between two columns. */
const GAP = "  ";
/** Columns of the terminal that a text keeps. */
const LEAST = 6;

/**
 * Rows below a head, without lines. The texts are shown as they are: see visible-text.ts. On a screen a row is one line:
 * what is too long for it is cut, and ends with a sign.
 */
export function table(head: readonly string[], rows: Rows, { colors, isScreen, columns }: Terminal): string {
  const widths = widthsOf([head, ...rows]);
  if (isScreen) narrow(widths, columns);
  const line = (row: readonly string[], paint = (text: string): string => text): string =>
    row
      .map((text, at) => {
        const shown = fitted(text, widths[at]!);
        return paint(shown) + " ".repeat(Math.max(0, widths[at]! - stringWidth(shown)));
      })
      .join(GAP)
      .trimEnd();
  return [line(head, colors.dim), ...rows.map((row) => line(row))].join("\n");
}

/** Columns of the terminal that each column of a table takes. */
function widthsOf(rows: Rows): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, text] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, stringWidth(text));
  }
  return widths;
}

/** Takes from the widest columns until there is room for all. */
function narrow(widths: number[], room: number): void {
  for (;;) {
    const over = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - room;
    const widest = Math.max(...widths);
    if (over <= 0 || widest <= LEAST) return;
    const next = Math.max(LEAST, ...widths.filter((width) => width < widest));
    widths[widths.indexOf(widest)] = Math.max(next, widest - over);
  }
}
