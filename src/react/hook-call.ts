import {
  hashKey,
  type ObserverView,
  type QueryClient,
  type QueryKey,
  type QueryObserver,
  type QueryOptions,
} from "../query/index.ts";
import { splitCall } from "../query/internal.ts";

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

/** The view of a key that a hook has. */
export function observerOf<O extends QueryObserver<unknown>>(
  client: QueryClient,
  { owner, key, fetcher, options }: HookCall,
  Observer: new (view: ObserverView) => O,
  hash: string = hashOf(key),
): O {
  // Without a hash there is no key.
  const target = hash === "" ? undefined : { key: key as QueryKey, hash };
  return client.watch(owner, target, fetcher, options, Observer);
}

/** The identity of a key; empty for none yet. */
export function hashOf(key: QueryKey | Idle): string {
  return key === null || key === undefined || key === false ? "" : hashKey(key);
}

/** A key and what goes with it, or all in one object. */
export function callOfHook(
  owner: string,
  which: unknown,
  fetcher: unknown,
  options: QueryOptions | undefined,
): HookCall {
  const { key, fetcher: own, options: given } = splitCall(owner, which, fetcher, options);
  return { owner, key, fetcher: own, options: given };
}
