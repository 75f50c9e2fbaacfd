import type { ObserverView, QueryClient, QueryKey, QueryObserver, QueryOptions } from "../query/index.ts";
import { hashOf } from "../query/internal.ts";

/** A hook without a key yet does nothing: it is pending and idle. */
export type Idle = null | undefined | false;

/** Options whose key may be none yet. */
export type OrIdle<O, K> = Omit<O, "queryKey"> & { queryKey: K | Idle };

/** The arguments of a hook. */
export interface HookCall {
  readonly owner: string;
  readonly key: QueryKey | Idle;
  readonly fetcher: unknown;
  readonly options: QueryOptions | undefined;
}

/** A key and what goes with it, or all in one object. */
export { splitCall as callOfHook } from "../query/internal.ts";

/** The view of a key that a hook has. */
export function observerOf<O extends QueryObserver<unknown>>(
  client: QueryClient,
  { owner, key, fetcher, options }: HookCall,
  Observer: new (...view: ObserverView) => O,
  hash: string = hashOf(key),
): O {
  // Without a hash there is no key.
  return new Observer(client.host, owner, hash && (key as QueryKey), hash, fetcher, options);
}
