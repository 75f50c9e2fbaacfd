import { hashKey, type QueryKey } from "../key/key.ts";
import { checkOptions } from "../model/option-table.ts";
import { type ResolvedQueryOptions, SET_DATA_OPTIONS, type SetDataOptions } from "../model/options.ts";
import type { QueryStore } from "../store/store.ts";

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
  const resolved = keys.map((key) => optionsOf(store, owner, key, options));
  return keys.map((key, place) => setOne(store, key, valueOrUpdater, resolved[place]!, options));
}

/** The same for one key. */
export function setDataOf(
  store: QueryStore,
  owner: string,
  key: QueryKey,
  valueOrUpdater: unknown,
  options?: SetDataOptions,
): unknown {
  return setOne(store, key, valueOrUpdater, optionsOf(store, owner, key, options), options);
}

function optionsOf(
  { defaults }: QueryStore,
  owner: string,
  key: QueryKey,
  options: SetDataOptions | undefined,
): ResolvedQueryOptions {
  if (options === undefined) return defaults.resolve(owner, key, undefined);
  checkOptions(owner, SET_DATA_OPTIONS, options);
  const { updatedAt: _updatedAt, ...others } = options;
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
    return query.state.data;
  } finally {
    store.release(query);
  }
}
