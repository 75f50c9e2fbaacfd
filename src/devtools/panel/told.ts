import type { EntryRow } from "../entry-source.ts";
import { toClipboard } from "./clipboard.ts";

/** What was done last, and what undoes it. */
export interface Told {
  readonly said: string;
  readonly putBack?: (() => string) | undefined;
}

/** What came of an action; a disposed cache refuses it, for example. */
export function outcome(name: string, run: () => Told): Told {
  try {
    return run();
  } catch (error) {
    return { said: `${name} failed: ${String(error)}` };
  }
}

/** Characters of a key in a sentence. */
const MAX_TOLD = 80;

export function toldLabel({ label }: Pick<EntryRow, "label">): string {
  if (label === "") return "(empty string)";
  return label.length > MAX_TOLD ? `${label.slice(0, MAX_TOLD)}…` : label;
}

/** Copies a text. @param what it is, in the sentence about it */
export async function copyText(what: string, text: string, say: (words: string) => void): Promise<void> {
  try {
    await toClipboard(text);
    say(`Copied ${what}`);
  } catch {
    say("It could not be copied: the page may not write to the clipboard.");
  }
}
