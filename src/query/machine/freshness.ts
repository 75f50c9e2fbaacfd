import type { Answer } from "./answer.ts";
import { answerOrDefault, checkedAnswer, type QueryInfo, type StaleTime } from "../model/options.ts";
import type { QueryState } from "../model/state.ts";
import type { HookInput } from "./watcher.ts";

/** What is known of a key, whether or not anybody watches it. */
export interface QueryView {
  readonly state: QueryState | undefined;
  readonly answer: Answer | undefined;
  readonly watcherCount: number;
  /** Whether the data was loaded for a render that waits for it: its hook does not load it once more. */
  readonly isJustLoaded: boolean;
  readonly now: () => number;
  info(): QueryInfo;
}

/** The option that says whether something loads data that is there. */
export type RefetchReason = "refetchOnMount" | "refetchOnWindowFocus" | "refetchOnReconnect";

/** Whether there is nothing to show, or only stale data. */
export function isStale(known: QueryView, staleTime: StaleTime): boolean {
  return known.answer === undefined || known.answer.isStale(known.now, staleTime);
}

/** Whether the last failure still stands for an answer. */
function isErrorFresh(known: QueryView): boolean {
  const { answer } = known;
  return answer !== undefined && answer.errorUntil > 0 && known.now() < answer.errorUntil;
}

/** Whether a hook that may load does so when it mounts. */
export function wantsOnMount(known: QueryView, watcher: HookInput): boolean {
  const { state } = known;
  if (state === undefined || state.data === undefined) {
    if (state?.status !== "error") return true;
    // A failure that others show, or that is remembered, is as good as an answer.
    return watcher.retriesOnMount && known.watcherCount === 0 && !isErrorFresh(known);
  }
  return !isErrorFresh(known) && wants(known, watcher, "refetchOnMount");
}

/** Whether a reason to load, such as the page's return, is one by the rule of the hook. */
export function wants(known: QueryView, { staleTime, options }: HookInput, reason: RefetchReason): boolean {
  const rule = options[reason];
  const refetch =
    typeof rule === "function" ? answerOrDefault(() => checkedAnswer(reason, rule(known.info())), false) : rule;
  if (refetch === false || (refetch === "always" && staleTime === "static")) return false;
  return refetch === "always" || isStale(known, staleTime);
}
