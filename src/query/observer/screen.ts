import type { Anything } from "../model/options.ts";
import type { QueryResult, RefetchOptions } from "./result.ts";

/** What a hook shows on screen: the observer of its key. */
export interface OnScreen {
  refetch(options?: RefetchOptions): Promise<QueryResult<Anything>>;
}

/** The functions that a hook gives: the same for its whole life, whatever key it shows. They act on what is on screen. */
export class Screen<O extends OnScreen = OnScreen> {
  /** Before the first commit, the observer of the render. */
  shown: O;

  constructor(shown: O) {
    this.shown = shown;
  }

  readonly refetch = (options?: RefetchOptions): Promise<QueryResult<Anything>> => this.shown.refetch(options);
}
