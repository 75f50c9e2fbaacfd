import type { Answer } from "../machine/answer.ts";
import type { Query } from "../machine/query.ts";
import type { QueryInfo } from "../model/options.ts";
import type { QueryView } from "../machine/freshness.ts";
import type { QueryState } from "../model/state.ts";

/** What is known of a key before a hook watches it. */
export class Unwatched implements QueryView {
  readonly state: QueryState;
  readonly answer: Answer | undefined;
  readonly now: () => number;
  #live: Query | undefined;
  #observer: { info(): QueryInfo };

  constructor(
    state: QueryState,
    answer: Answer | undefined,
    live: Query | undefined,
    now: () => number,
    observer: { info(): QueryInfo },
  ) {
    this.state = state;
    this.answer = answer;
    this.now = now;
    this.#live = live;
    this.#observer = observer;
  }

  get watcherCount(): number {
    return this.#live?.watcherCount ?? 0;
  }

  get isJustLoaded(): boolean {
    return this.#live?.isJustLoaded ?? false;
  }

  info(): QueryInfo {
    return this.#observer.info();
  }
}
