import { hashKey, type QueryKey } from "../key/key.ts";
import { checkOptions } from "../model/option-table.ts";
import { type ResolvedQueryOptions, SET_DATA_OPTIONS, type SetDataOptions } from "../model/options.ts";
import type { QueryStore } from "../store/store.ts";
import { checkAlive } from "./calls.ts";

/** What a write is made with. @throws MachoError for options that cannot be used, and after the end of the client */
export function writeOptions(
  store: QueryStore,
  owner: string,
  key: QueryKey,
  options: SetDataOptions | undefined,
): ResolvedQueryOptions {
  checkAlive(store, owner);
  if (options === undefined) return store.defaults.resolve(owner, key, undefined);
  checkOptions(owner, SET_DATA_OPTIONS, options);
  const { updatedAt: _updatedAt, ...others } = options;
  return store.defaults.resolve(owner, key, others);
}

/** Stores data for a key and shows it. @returns what is there afterwards */
export function setData(
  store: QueryStore,
  owner: string,
  key: QueryKey,
  valueOrUpdater: unknown,
  asked: SetDataOptions | undefined,
): unknown {
  const options = writeOptions(store, owner, key, asked);
  const hash = hashKey(key);
  const isUpdater = typeof valueOrUpdater === "function";
  const data: unknown = isUpdater ? valueOrUpdater(store.find(hash)?.state.data) : valueOrUpdater;
  if (data === undefined) return undefined;
  // Only now, since the updater may have loaded or removed it.
  const query = store.openForWrite(key, hash);
  try {
    const given = asked ?? {};
    // Newer data is never replaced by older.
    if (!(given.updatedAt! < query.state.dataUpdatedAt)) query.setData(data, options, given);
    return query.state.data;
  } finally {
    store.release(query);
  }
}
