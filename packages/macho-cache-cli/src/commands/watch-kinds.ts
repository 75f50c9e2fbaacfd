import { InvalidArgumentError } from "commander";
import type { Requests } from "macho-cache/devtools/expose";

export type WatchKind = Requests["watch"]["kinds"][number];

/** What can be watched, with what it means. */
export const KIND_WORDS: Readonly<Record<WatchKind, string>> = {
  hit: "a read that found its key",
  miss: "a read that did not",
  set: "a write",
  refused: "a write that was too heavy",
  evicted: "left for want of room",
  expired: "left by age",
  replaced: "left for a newer value",
  deleted: "left by a delete",
  cleared: "all entries were cleared",
  invalidated: "a query was marked as stale",
  load: "a load began",
  joined: "a caller joined it",
  retry: "a try failed, and another one follows",
  paused: "it waits for the network, or for the page to be seen",
  loaded: "it brought a value",
  failed: "it failed",
  aborted: "it was given up",
};

/** Words for several kinds. */
const GROUPS: Readonly<Record<string, readonly WatchKind[]>> = {
  reads: ["hit", "miss"],
  writes: ["set", "refused"],
  removals: ["evicted", "expired", "replaced", "deleted", "cleared"],
  loads: ["load", "joined", "retry", "paused", "loaded", "failed", "aborted"],
};

/** Kinds by the words of `--only`: of one, of many, or of a group. */
export function kindsOf(text: string, before: readonly WatchKind[] = []): readonly WatchKind[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0) throw new InvalidArgumentError(`There are: ${choices()}.`);
  return [...new Set([...before, ...words.flatMap((word) => kindOf(word.toLowerCase()))])];
}

function kindOf(word: string): readonly WatchKind[] {
  const group = Object.entries(GROUPS).find(([name]) => name === word);
  if (group) return group[1];
  const kinds = Object.keys(KIND_WORDS) as WatchKind[];
  const kind = kinds.find((each) => [each, `${each}s`, `${each}es`].includes(word));
  if (kind) return [kind];
  throw new InvalidArgumentError(`There is no ${word}. There are: ${choices()}.`);
}

function choices(): string {
  return `${Object.keys(KIND_WORDS).join(", ")}; ${Object.keys(GROUPS).join(", ")} for several`;
}
