import { HIDDEN } from "./visible-text.ts";

/**
 * JSON in which everything can be seen: what JSON leaves as it is could still move the cursor, or turn the direction of
 * what is read. It reads as the same value.
 */
export function jsonText(value: unknown, indent?: number): string {
  return visibleJson(JSON.stringify(value, undefined, indent));
}

/** The same of a text that is JSON already. */
export function visibleJson(text: string): string {
  return text.replace(HIDDEN, (each) =>
    WHITE.has(each) ? each : `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** What may stand between the words of JSON. Inside of them it is escaped already. */
const WHITE: ReadonlySet<string> = new Set(["\n", "\r", "\t"]);
