import type { Stamp, TierRecord } from "./tier.ts";
import { isStamp } from "./stamp.ts";
import { textOfValue, valueOfText } from "./value-text.ts";

// An entry as storages of text keep it:
// ```
// m{"n":[1700000000000,"tab"],"v":1,"x":1700000600000,...}     what is known of it, its stamp first
// [[0],[[1],...]]                                              its key and its data
// ```
// A letter is in front, since some storages turn what looks like JSON into objects.

/** What is known of an entry. */
export type Header = Omit<TierRecord, "k" | "d">;

/** @throws MachoError "invalid-argument" for data that no text keeps */
export function textOfRecord({ n, k, d, ...rest }: TierRecord): string {
  return `m${JSON.stringify({ n, ...rest })}\n${textOfValue([k, d])}`;
}

/** The record of a text. What is no such text is given as it is: whoever looks at it sees the damage. */
export function recordOfText(text: unknown): unknown {
  try {
    const [header, content] = partsOf(text);
    const [k, d] = valueOfText(content) as unknown[];
    return { ...header, k, d };
  } catch {
    return text;
  }
}

/** What is known of the entry of a text. A damaged one has expired long ago, so that it is removed. */
export function headerOfText(text: unknown): Header {
  try {
    return partsOf(text)[0];
  } catch {
    return { v: 1, n: [0, ""], t: 0, x: 0, z: 0, b: "" };
  }
}

/** The text of an entry, marked stale. What was written before `n` comes too late, since it would end the mark. */
export function markedText(text: unknown, n: Stamp): string {
  const [header, content] = partsOf(text);
  return `m${JSON.stringify({ ...header, n, i: 1 })}\n${content}`;
}

function partsOf(text: unknown): [header: Header, content: string] {
  const [first, content] = (text as string).split("\n");
  // `Infinity` is null in JSON.
  const header = JSON.parse(first!.slice(1), (_, part: unknown) => part ?? Infinity) as Header;
  // What a mark or a comparison needs. The rest is looked at by whoever reads it.
  if (!isStamp(header.n) || !(header.x >= 0) || !content) throw new TypeError("No entry.");
  return [header, content];
}
