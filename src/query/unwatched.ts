import type { Answer } from "./answer.ts";
import type { Query } from "./query.ts";
import type { QueryInfo } from "./query-info.ts";
import type { Known } from "./rules.ts";
import type { QueryState } from "./state.ts";

/** What is known of a key before a hook watches it. */
export class Unwatched implements Known {
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
