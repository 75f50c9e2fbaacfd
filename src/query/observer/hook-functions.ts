import type { Anything } from "../model/options.ts";
import type { QueryResult, RefetchOptions } from "./result.ts";

/** The observer of the key that a hook shows. */
interface OnScreen {
  refetch(options?: RefetchOptions): Promise<QueryResult<Anything>>;
}

/** The functions that a hook gives: the same for its whole life, whatever key it shows. They act on what is on screen. */
export class HookFunctions<O extends OnScreen = OnScreen> {
  /** Before the first commit, the observer of the render. */
  onScreen: O;

  constructor(onScreen: O) {
    this.onScreen = onScreen;
  }

  readonly refetch = (options?: RefetchOptions): Promise<QueryResult<Anything>> => this.onScreen.refetch(options);
}
