import type { Advice } from "../../simulate/index.ts";
import { remedyWords } from "../panel/remedy-words.ts";
import { createSource, type DevtoolsTarget } from "../source.ts";

export type RemedyRequest = Pick<Advice, "kind" | "misses">;

/** What to change in the app, where no option mends it: it may need the keys. Empty for other advice. */
export function remedy(target: DevtoolsTarget, { kind, misses }: RemedyRequest): { readonly words: string } {
  return { words: remedyWords({ kind, misses }, createSource(target)) };
}
