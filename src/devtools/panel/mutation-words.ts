import type { Mutation } from "../../query/index.ts";
import type { MutationLog } from "../mutation-log.ts";
import { keyLabel } from "../source.ts";
import { duration, plural } from "./format.ts";
import { previewWords } from "./value-words.ts";

type Traces = Pick<MutationLog, "traceOf">;

/** `["rate"] { film: 12, stars: 5 }`. */
export function nameOf({ mutationKey, state: { variables } }: Mutation): string {
  const name = mutationKey === undefined ? "mutation" : keyLabel(mutationKey);
  return variables === undefined ? name : `${name} ${previewWords(variables).text}`;
}

/** Where it stands: a class for the colour, a sign and words. */
export function standingOf(
  mutation: Mutation,
  log: Traces,
  now: number,
): { readonly kind: string; readonly sign: string; readonly words: string } {
  const { status, isPaused, submittedAt } = mutation.state;
  const { ended, rolledBack = 0 } = log.traceOf(mutation) ?? {};
  const took = ended === undefined ? "" : ` ${duration(ended - submittedAt)}`;
  if (status === "success") return { kind: "fresh", sign: "●", words: `done${took}` };
  if (status === "error")
    return { kind: "error", sign: "▲", words: `${rolledBack > 0 ? "rolled back" : "failed"}${took}` };
  const since = duration(Math.max(0, now - submittedAt));
  return isPaused
    ? { kind: "stale", sign: "◐", words: `waits ${since}` }
    : { kind: "fetching", sign: "↻", words: `runs ${since}` };
}

/** What was seen while it ran, and what it failed with. */
export function effectOf(mutation: Mutation, log: Traces): string {
  const { status, error, failureCount, isPaused } = mutation.state;
  const { scope } = mutation;
  const { invalidated = 0, written = 0, rolledBack = 0 } = log.traceOf(mutation) ?? {};
  const words = [
    status === "error" && previewWords(error).text,
    isPaused && (scope ? `in scope ${scope.id}` : "no network"),
    status === "pending" && failureCount > 0 && `try ${failureCount + 1}`,
    rolledBack > 0 && `put back ${plural(rolledBack, "key")}`,
    written > rolledBack && `wrote ${plural(written, "key")}`,
    invalidated > 0 && `invalidated ${plural(invalidated, "key")}`,
  ];
  return words.filter(Boolean).join(" · ");
}
