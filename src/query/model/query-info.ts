import type { QueryMeta } from "./fetcher.ts";
import type { QueryState } from "./state.ts";

/** A query as it is now, for the devtools, and for functions among the options. `T` is what its fetcher gives. */
export interface QueryInfo<T = unknown> extends QueryState<T> {
  readonly isStale: boolean;
  readonly isInvalidated: boolean;
  /** Hooks mounted on it. */
  readonly observerCount: number;
  /** Whether a mounted hook may load it. */
  readonly isActive: boolean;
  readonly tags: readonly string[];
  readonly meta: QueryMeta | undefined;
}
