import type { QueryObserver } from "./observer.ts";
import type { Anything } from "./options.ts";
import type { QueryResult, RefetchOptions } from "./result.ts";

/** The functions that a hook gives: the same for its whole life, whatever key it shows. They act on what is on screen. */
export class Screen {
  /** Of the key on screen; before the first commit, of the render. */
  shown: QueryObserver<Anything>;

  constructor(shown: QueryObserver<Anything>) {
    this.shown = shown;
  }

  readonly refetch = (options?: RefetchOptions): Promise<QueryResult<Anything>> => this.shown.refetch(options);
}
