// Calls about all queries that a filter lets through: the methods of the client that end with an s.
import { checkNames } from "../../core/lru/internal.ts";
import { Answer } from "../machine/answer.ts";
import type { Found } from "../machine/freshness.ts";
import { throwFailure } from "../model/state.ts";
import { type QueryFilter, type QueryTarget, resolveFilter } from "../store/filter.ts";
import type { QueryStore } from "../store/store.ts";

/** What happens after queries were marked or asked to load. */
export interface InvalidateOptions extends LoadAgainOptions {
  /** Which of them are loaded: those on screen, the others, all, or none. @defaultValue "active" */
  readonly refetchType?: "active" | "inactive" | "all" | "none" | undefined;
}

/** How queries are loaded again. */
export interface LoadAgainOptions {
  /** Whether a load under way is given up for a new one, where there is data. @defaultValue true */
  readonly cancelRefetch?: boolean | undefined;
  /** Whether the promise rejects with the first error of a load. @defaultValue false */
  readonly throwOnError?: boolean | undefined;
}

/** The options of each method that has some. */
const KNOWN: Readonly<Record<string, object>> = {
  invalidateQueries: { cancelRefetch: 1, throwOnError: 1, refetchType: 1 },
  refetchQueries: { cancelRefetch: 1, throwOnError: 1 },
  resetQueries: { throwOnError: 1 },
};

/** What a method is about. @throws MachoError for a key, a filter or options that cannot be used */
export function filterFor(method: string, which: QueryTarget | undefined, options: object = {}): QueryFilter {
  checkNames(method, options, KNOWN[method] ?? {});
  return resolveFilter(method, which);
}

/** Marks queries stale, and loads again those that the options say. Returns all of them. */
export function invalidate(store: QueryStore, filter: QueryFilter, options: InvalidateOptions): readonly Found[] {
  const { tags } = filter;
  const { refetchType = "active", cancelRefetch = true } = options;
  const isForActive = refetchType === "active" || refetchType === "all";
  const isForInactive = refetchType === "inactive" || refetchType === "all";
  // Whether the answer of a load under way has the tags is known when it comes.
  const loading = tags ? store.search({ ...filter, tags: undefined, fetchStatus: "fetching" }) : [];
  for (const { state } of loading) {
    store.live.get(state.hash)?.loading?.invalidations.push({ tags: tags!, loads: isForActive });
  }
  store.tier?.invalidated(filter);
  const found = store.search(filter);
  for (const each of found) {
    const { key, hash } = each.state;
    // What is only stored, and not loaded, needs no more than a mark.
    if (each instanceof Answer && !isForInactive && !store.live.has(hash)) {
      each.invalidate();
      store.changed(each.state);
      continue;
    }
    const query = store.open(key, hash);
    query.invalidate(cancelRefetch);
    const isActive = query.newest !== undefined;
    // `static` data is not loaded even then.
    if (isActive && isForActive) query.loadIfStale();
    else if (!isActive && isForInactive && !query.isStatic) query.load();
  }
  return found;
}

/** Removes the data of queries. Returns all of them. */
export function remove(store: QueryStore, filter: QueryFilter): readonly Found[] {
  store.tier?.removed(filter);
  const found = store.search(filter);
  for (const { state } of found) store.remove(state);
  return found;
}

/** Resolves when the loads of queries ended, or failed for the first time: how often they are tried again is theirs. */
export async function ended(
  store: QueryStore,
  found: readonly Found[],
  { throwOnError }: LoadAgainOptions = {},
): Promise<void> {
  const queries = found.flatMap(({ state }) => store.live.get(state.hash) ?? []);
  const ends = queries.map((query) => {
    store.release(query);
    return query.ended(true);
  });
  await Promise.all(ends);
  if (throwOnError) for (const { state } of queries) throwFailure(state);
}
