/** Characters of a key that an answer holds. What is longer ends with the sign, and can be named so. */
const MAX_KEY = 2_000;
export const CUT = "…";

/** A label of a key as answers have it. */
export function shownKey(label: string): string {
  return isCutKey(label) ? `${label.slice(0, MAX_KEY)}${CUT}` : label;
}

export function isCutKey(label: string): boolean {
  return label.length > MAX_KEY;
}
