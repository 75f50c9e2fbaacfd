// Text of a page never reaches the terminal as it is: it could move the cursor, colour what follows, set the title of
// the window, or turn the direction of what is read.

/** Control characters (C0, DEL, C1), line and paragraph separators, and what changes the direction of text. */
export const HIDDEN: RegExp =
  // oxlint-disable-next-line no-control-regex -- these are what it looks for
  /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

const NAMES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line of text in which everything can be seen: control characters are written as escapes. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (each) => NAMES[each] ?? escaped(each));
}

/** The same for several lines: the ends of lines stay. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

function escaped(each: string): string {
  const code = each.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}

/** What moves the cursor or turns the direction of text, and the colours that the command itself writes. */
// oxlint-disable-next-line no-control-regex -- these are what it looks for
const CONTROLS = /\u001B\[[\d;]*m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/**
 * What is left of a text at the terminal's door. Commands make what comes from a page visible by themselves; whatever they
 * forget is escaped here, as JSON has it, so that JSON stays as it is.
 */
export function guarded(text: string, hasColors: boolean): string {
  return text.replace(CONTROLS, (each, at: number) => {
    if (each.length > 1) return hasColors ? each : "";
    // The end of a line of Windows, as in a file of the user.
    if (each === "\r" && text[at + 1] === "\n") return each;
    return `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
