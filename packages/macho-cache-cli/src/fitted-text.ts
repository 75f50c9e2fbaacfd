import stringWidth from "string-width";

/** A text as wide as there is room for, in columns of a terminal. One that was cut ends with the sign. */
export function fitted(text: string, columns: number): string {
  // Most letters take one column each, and none takes less than none.
  if (text.length <= columns && stringWidth(text) <= columns) return text;
  let [width, end] = [0, 0];
  for (const letter of text) {
    width += stringWidth(letter);
    if (width > columns - 1) break;
    end += letter.length;
  }
  return `${text.slice(0, end)}…`;
}
