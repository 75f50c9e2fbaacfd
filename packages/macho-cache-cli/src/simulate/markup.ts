import { visible } from "../visible-text.ts";

const SIGNS: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text of a trace or its name, as it stands in a page: it is never markup. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]!);
}
