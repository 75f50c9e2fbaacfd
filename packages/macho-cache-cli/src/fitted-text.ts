import stringWidth from "string-width";

/** Letters of a short text that are codes of colours, at most. */
const MOST_CODES = 64;

/** A text as wide as there is room for, in columns of a terminal. One that was cut ends with the sign. */
export function fitted(text: string, columns: number): string {
  // The codes of colours take none. A text that is much longer is not measured.
  if (text.length <= columns + MOST_CODES && stringWidth(text) <= columns) return text;
  let [width, end] = [0, 0];
  for (const letter of text) {
    width += stringWidth(letter);
    if (width > columns - 1) break;
    end += letter.length;
  }
  return `${text.slice(0, end)}…`;
}
