// How a client's queries use a tier.
import { flightsOf } from "../core/lru/internal.ts";
import { hashKey } from "../query/key/key.ts";
import { matcherOf } from "../query/key/prefix.ts";
import { isStale, mayLoad, wants } from "../query/machine/freshness.ts";
import type { Load, Loading } from "../query/machine/loading.ts";
import type { Query } from "../query/machine/query.ts";
import type { QueryFilter } from "../query/store/filter.ts";
import type { QueryTier } from "../query/store/store.ts";
import type { ClientSource } from "./client-source.ts";
import type { Persister } from "./persister.ts";
import type { Recalled } from "./source.ts";
import { isLater } from "./stamp.ts";
import { idOf } from "./tier-id.ts";

export class ClientTier implements QueryTier {
  readonly persister: Persister;
  #source: ClientSource;

  constructor(source: ClientSource, persister: Persister) {
    this.#source = source;
    this.persister = persister;
  }

  async load(query: Loading, load: Load, fetch: () => Promise<unknown>): Promise<unknown> {
    const { request, flight } = load;
    const { reader, guarded, share, isStopped } = this.persister;
    if (request.isForced || request.isSent || isStopped || !this.#source.allows(request.options)) return fetch();
    // What is stale here may have been loaded by another machine since.
    if (query.state.data === undefined || guarded.tier.shared) {
      const take = (recalled: Recalled): boolean => this.#take(query, load, recalled);
      const recalled = await reader.recall(query.hash, take);
      if (recalled && take(recalled) && isEnough(query, load)) return query.state.data;
    }
    if (!share || request.fetcher.staysOpen || request.direction) return fetch();
    const accept = (recalled: Recalled, began: number): boolean =>
      this.#take(query, load, recalled, true) && (isSince(recalled, began) || isEnough(query, load));
    return (await share({ text: query.hash, ended: flight.promise, fetch, accept })) ?? query.state.data;
  }

  /**
   * Shows what came back, unless something else came meanwhile. Its load goes on.
   * @param replaces whether it may take the place of what is older
   * @returns whether it is shown
   */
  #take(query: Loading, load: Load, recalled: Recalled, replaces?: boolean): boolean {
    const { flight, request } = load;
    const isWelcome = query.loading === load && flightsOf(this.#source.cache).get(query.hash) === flight;
    const { data, dataUpdatedAt } = query.state;
    const shown = replaces && query.answer && this.#source.stamps.get(query.answer);
    // Another way may have brought this very one.
    if (isWelcome && shown && !isLater(recalled.n, shown)) return !isLater(shown, recalled.n);
    const isLoadedSince = this.persister.guarded.tier.shared && recalled.updatedAt > dataUpdatedAt;
    if (!isWelcome || !(data === undefined || shown || isLoadedSince)) return false;
    this.#source.show(query, recalled, request, request.options);
    return true;
  }

  invalidated(filter: QueryFilter): void {
    this.#mark(filter, false);
  }

  removed(filter: QueryFilter): void {
    this.#mark(filter, true);
  }

  /** What only the tier holds is nowhere on screen, and its data is not looked at. */
  #mark(filter: QueryFilter, isGone: boolean): void {
    const { queryKey, exact, tags, type, stale, fetchStatus = "idle", predicate } = filter;
    const isOfMemory = type === "active" || fetchStatus !== "idle" || stale || (isGone && predicate);
    if (isOfMemory) return;
    const fitsKey = matcherOf(queryKey, exact);
    const fits = (hash: string, own: readonly string[] = []): boolean =>
      fitsKey(hash) && (!tags || tags.some((tag) => own.includes(tag)));
    const { persister } = this;
    persister.mark({ n: persister.stamp(), isGone, fits });
    // Other machines would not hear of a mark. So what it means is removed, as far as the tier can tell.
    if (!persister.guarded.tier.shared || (predicate && !queryKey && !tags)) return;
    const hash = queryKey === undefined ? "" : hashKey(queryKey);
    const isOne = exact || typeof queryKey === "string";
    if (hash && !tags) persister.deleted(hash);
    if (isOne && !tags) return;
    // Keys that begin with these elements.
    const start = isOne ? hash : queryKey?.length ? hash.slice(0, -1) : "";
    void persister.removeAll(idOf(start), fits);
  }
}

/** Whether it was loaded after a load began, and is as good as its answer. */
function isSince(recalled: Recalled, began: number): boolean {
  return !recalled.isStale && recalled.updatedAt >= began;
}

/** Whether what came back spares the load. */
function isEnough(query: Loading, { request }: Load): boolean {
  const { watcher, staleTime, fetcher, options, isForced } = request;
  if (isForced || fetcher.staysOpen) return false;
  // The loads of a client are its queries.
  const view = query as Query;
  const hooks = query.watchers.filter((hook) => mayLoad(hook));
  if (hooks.some((hook) => wants(view, hook, "refetchOnMount"))) return false;
  if (hooks.length > 0 && watcher) return true;
  const asked = watcher ? options.staleTime : staleTime;
  return asked !== undefined && typeof asked !== "function" && !isStale(view, asked);
}
