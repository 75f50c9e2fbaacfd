import { check, checkNames } from "../../core/lru/internal.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { ResolvedQueryOptions, SetDataOptions } from "../model/options.ts";
import { checkAlive } from "./calls.ts";
import type { QueryStore } from "../store/store.ts";

const SET_DATA = { ttl: true, weight: true, tags: true, updatedAt: true } satisfies Record<keyof SetDataOptions, true>;

/**
 * Stores data for some keys and shows it. Nothing is written where the options are wrong for one of them.
 * @returns what is there afterwards, key by key
 */
export function setData(
  store: QueryStore,
  owner: string,
  keys: readonly QueryKey[],
  valueOrUpdater: unknown,
  options?: SetDataOptions,
): unknown[] {
  checkAlive(store, owner);
  const resolved = keys.map((key) => optionsOf(store, owner, key, options));
  return keys.map((key, place) => setOne(store, key, valueOrUpdater, resolved[place]!, options));
}

function optionsOf(
  { defaults }: QueryStore,
  owner: string,
  key: QueryKey,
  options: SetDataOptions | undefined,
): ResolvedQueryOptions {
  if (options === undefined) return defaults.resolve(owner, key, undefined);
  checkNames(owner, options, SET_DATA);
  const { updatedAt, ...others } = options;
  const isGood = updatedAt === undefined || (typeof updatedAt === "number" && updatedAt >= 0);
  check(isGood, "updatedAt", "must be a wall time in ms", updatedAt, "updatedAt: Date.now()");
  return defaults.resolve(owner, key, others);
}

function setOne(
  store: QueryStore,
  key: QueryKey,
  valueOrUpdater: unknown,
  options: ResolvedQueryOptions,
  given: SetDataOptions = {},
): unknown {
  const hash = hashKey(key);
  const isUpdater = typeof valueOrUpdater === "function";
  const data: unknown = isUpdater ? valueOrUpdater(store.find(hash)?.state?.data) : valueOrUpdater;
  if (data === undefined) return undefined;
  // Only now, since the updater may have loaded or removed it.
  const query = store.openForWrite(key, hash);
  try {
    // Newer data is never replaced by older.
    if (!(given.updatedAt! < query.state.dataUpdatedAt)) query.setData(data, options, given);
    return query.data;
  } finally {
    store.release(query);
  }
}
