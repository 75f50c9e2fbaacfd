import type { AnyFetcher } from "../model/fetcher.ts";
import type { ResolvedQueryOptions, StaleTime } from "../model/options.ts";
import type { Direction } from "../model/state.ts";

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

/** What one load is made with. */
export interface LoadRequest {
  readonly fetcher: AnyFetcher;
  readonly options: ResolvedQueryOptions;
  /** Which page to add, where there are pages; all are loaded again otherwise. */
  readonly direction?: Direction | undefined;
  /** The fetcher stands for a load that goes on elsewhere: it can be asked only once, and is not to be remembered. */
  readonly isSent?: boolean | undefined;
  /** The hook that asked: what it gives later counts for the next try. A call has none, and keeps what it gave. */
  readonly watcher?: Pick<HookInput, "fetcher" | "options"> | undefined;
}

/** What a hook's load is made with; `undefined` for a hook that never loads. */
export function requestOf(
  watcher: Pick<HookInput, "fetcher" | "options">,
  direction?: Direction,
): LoadRequest | undefined {
  const { fetcher, options } = watcher;
  return fetcher && { fetcher, options, direction, watcher };
}

/** The tags that are known without an answer. */
export function tagsWithoutAnswer({ options: { tags } }: Pick<HookInput, "options">): readonly string[] {
  return typeof tags === "function" ? [] : (tags ?? []);
}

/**
 * What the next try of a load is made with. A hook that is there gives its newest; for one that has left, the newest hook
 * of the key does, or else it gave its last. A call keeps its own.
 */
export function newestOf(
  request: LoadRequest,
  { watchers, newest }: { readonly watchers: readonly Watcher[]; readonly newest: Watcher | undefined },
): LoadRequest {
  const { watcher, direction } = request;
  if (watcher === undefined) return request;
  return requestOf((watchers.includes(watcher as Watcher) ? undefined : newest) ?? watcher, direction) ?? request;
}
