import type { AnyFetcher } from "../model/fetcher.ts";
import type { ResolvedQueryOptions, StaleTime } from "../model/options.ts";

/** What a hook gave: in one render, or in the last one that was committed. */
export interface HookInput {
  readonly options: ResolvedQueryOptions;
  /** `undefined` for a hook that never loads. */
  readonly fetcher: AnyFetcher | undefined;
  /** Whether it may load by itself. */
  readonly isEnabled: boolean;
  readonly staleTime: StaleTime;
  /** Whether its mount is a reason to load what has failed. */
  readonly retriesOnMount: boolean;
}

/** A hook, as its query sees it. */
export interface Watcher extends HookInput {
  /** The state, or whether it is stale, is different. */
  changed(): void;
}
