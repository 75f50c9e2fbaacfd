import stringWidth from "string-width";
import { fitted } from "../fitted-text.ts";

/** How a text is to be seen, where there are colours. */
export type Tone = "dim" | "bold" | "good" | "bad" | "warn" | "chosen";

export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** One line of the screen. */
export type Line = readonly Span[];

const segmenter = new Intl.Segmenter();

/** A text letter by letter, as people count them. */
export function lettersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Cells that a text takes: some letters take two, and some none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** A text in exactly so many cells. */
export function padded(text: string, width: number, side: "left" | "right" = "left"): string {
  const shown = fitted(text, width);
  const room = " ".repeat(Math.max(0, width - widthOf(shown)));
  return side === "left" ? shown + room : room + shown;
}

/** A line in so many cells at most. */
export function cutLine(line: Line, width: number): Line {
  const result: Span[] = [];
  let left = width;
  for (const span of line) {
    const size = widthOf(span.text);
    if (size > left) return left > 0 ? [...result, { ...span, text: fitted(span.text, left) }] : result;
    result.push(span);
    left -= size;
  }
  return result;
}

/** Words in lines of at most so many cells, and at most so many lines. What is left out ends with a sign. */
export function wrapped(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const shown = lines.slice(0, most).map((each) => fitted(each, width));
  if (lines.length > most) shown[most - 1] = fitted(`${shown[most - 1]!} …`, width);
  return shown;
}
