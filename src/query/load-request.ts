import type { AnyFetcher } from "./fetcher.ts";
import type { ResolvedQueryOptions } from "./options.ts";
import type { Direction } from "./state.ts";
import type { Watcher } from "./watcher.ts";

/** What one load is made with. */
export interface LoadRequest {
  readonly fetcher: AnyFetcher;
  readonly options: ResolvedQueryOptions;
  /** Which page to add, where there are pages; all are loaded again otherwise. */
  readonly direction?: Direction | undefined;
  /** The fetcher stands for a load that goes on elsewhere: it can be asked only once, and is not to be remembered. */
  readonly isSent?: boolean | undefined;
}

/** What a hook's load is made with; `undefined` for a hook that never loads. */
export function requestOf({ fetcher, options }: Watcher, direction?: Direction): LoadRequest | undefined {
  return fetcher && { fetcher, options, direction };
}
