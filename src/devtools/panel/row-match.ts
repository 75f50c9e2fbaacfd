import type { EntryRow, EntrySource } from "../entry-source.ts";
import type { FilterWords } from "./filter-words.ts";
import { sizeOfValue } from "./row-figures.ts";
import { missingTexts } from "./value-search.ts";

/** Whether a row is one that the words of a filter ask for. Its value is looked into for what is not in its key. */
export function matchesWords(
  { texts, tests }: FilterWords,
  row: EntryRow,
  source: Pick<EntrySource, "peek">,
  sizeOf: typeof sizeOfValue = sizeOfValue,
): boolean {
  if (!tests.every((test) => test(row, (each) => sizeOf(each, source)))) return false;
  if (texts.length === 0) return true;
  const label = row.label.toLowerCase();
  const missing = texts.filter((text) => !label.includes(text));
  if (missing.length === 0 || row.departure) return missing.length === 0;
  return missingTexts(source.peek(row.id), missing).length === 0;
}
