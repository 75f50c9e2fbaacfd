import type { AnyFetcher } from "../model/fetcher.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import type { Direction } from "../model/state.ts";
import type { Watcher } from "./watcher.ts";

/** What one load is made with. */
export interface LoadRequest {
  readonly fetcher: AnyFetcher;
  readonly options: ResolvedQueryOptions;
  /** Which page to add, where there are pages; all are loaded again otherwise. */
  readonly direction?: Direction | undefined;
  /** The fetcher stands for a load that goes on elsewhere: it can be asked only once, and is not to be remembered. */
  readonly isSent?: boolean | undefined;
  /** The hook that asked: what it gives later counts for the next try. A call has none, and keeps what it gave. */
  readonly watcher?: HookInput | undefined;
}

/** What of a hook a load is made with. */
type HookInput = Pick<Watcher, "fetcher" | "options">;

/** What a hook's load is made with; `undefined` for a hook that never loads. */
export function requestOf(watcher: HookInput, direction?: Direction): LoadRequest | undefined {
  const { fetcher, options } = watcher;
  return fetcher && { fetcher, options, direction, watcher };
}
