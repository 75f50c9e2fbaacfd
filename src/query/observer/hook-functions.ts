import type { QueryResult, RefetchOptions } from "./result.ts";

/** The observer of the key that a hook shows. */
interface OnScreen {
  refetch(options?: RefetchOptions): Promise<QueryResult<unknown>>;
}

/** The functions that a hook gives: the same for its whole life, whatever key it shows. They act on what is on screen. */
export class HookFunctions<O extends OnScreen = OnScreen> {
  /** Before the first commit, the observer of the render. */
  onScreen: O;

  constructor(onScreen: O) {
    this.onScreen = onScreen;
  }

  readonly refetch = (options?: RefetchOptions): Promise<QueryResult<unknown>> => this.onScreen.refetch(options);
}
