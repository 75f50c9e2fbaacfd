import { Answer, tagsOf } from "../machine/answer.ts";
import type { Query } from "../machine/query.ts";
import type { QueryView } from "../machine/freshness.ts";
import type { HookInput, Watcher } from "../machine/watcher.ts";
import type { QueryInfo } from "../model/options.ts";
import { type QueryState, successState } from "../model/state.ts";
import type { HookView } from "./result-of-hook.ts";

const NOBODY: readonly Watcher[] = [];

/** What is known of a key before a hook mounts: by its query, by the cache, or by the hook's `initialData`. */
export class UnmountedView implements HookView {
  readonly state: QueryState;
  readonly answer: Answer | undefined;
  readonly watchers: readonly Watcher[];
  readonly isJustLoaded: boolean;
  readonly now: () => number;
  readonly #hook: Pick<QueryView, "info">;

  constructor(
    hook: Pick<QueryView, "info">,
    found: Query | Answer | undefined,
    initial: Answer | undefined,
    state: QueryState,
    now: () => number,
  ) {
    this.state = state;
    this.answer = found?.answer ?? initial;
    this.watchers = found?.watchers ?? NOBODY;
    this.isJustLoaded = found?.isJustLoaded === true;
    this.now = now;
    this.#hook = hook;
  }

  info(): QueryInfo {
    return this.#hook.info();
  }
}

/** The clocks of a client. */
interface Clocks {
  readonly now: () => number;
  wallNow(): number;
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
}

/** The answer that a hook's `initialData` stands for, if there is some that is not too old. It does not count as a load. */
export function initialAnswer(input: HookInput, absent: QueryState, clocks: Clocks): Answer | undefined {
  const { options } = input;
  const { initialData, initialDataUpdatedAt, ttl } = options;
  const data: unknown = typeof initialData === "function" ? initialData() : initialData;
  if (data === undefined) return undefined;
  const wall = clocks.wallNow();
  const at = initialDataUpdatedAt ?? wall;
  const age = Math.max(0, wall - at);
  if ((clocks.ttlLeft(ttl, age) ?? 1) <= 0) return undefined;
  const state = { ...successState(absent, data, at), dataUpdateCount: 0 };
  return new Answer(state, clocks.now() - age, tagsOf(options, data), input);
}
