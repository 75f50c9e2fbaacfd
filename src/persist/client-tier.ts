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
import { idOf } from "./tier-id.ts";

export class ClientTier implements QueryTier {
  #source: ClientSource;
  #persister: Persister;

  constructor(source: ClientSource, persister: Persister) {
    this.#source = source;
    this.#persister = persister;
  }

  async load(query: Loading, load: Load, fetch: () => Promise<unknown>): Promise<unknown> {
    const { request } = load;
    // What is stale here may have been loaded by another machine since.
    const isOpen = query.state.data === undefined || this.#persister.guarded.tier.shared;
    const isAsked = isOpen && !request.isForced && !request.isSent;
    if (!isAsked || this.#persister.isStopped || !this.#source.allows(request.options)) return fetch();
    const take = (recalled: Recalled): boolean => this.#take(query, load, recalled);
    const recalled = await this.#persister.reader.recall(query.hash, take);
    return recalled && take(recalled) && isEnough(query, load) ? query.state.data : fetch();
  }

  /** Shows what came back, unless something else came meanwhile. Its load goes on. */
  #take(query: Loading, load: Load, recalled: Recalled): boolean {
    const { flight, request } = load;
    const isWelcome = query.loading === load && flightsOf(this.#source.cache).get(query.hash) === flight;
    const { data, dataUpdatedAt } = query.state;
    const isNews = data === undefined || (this.#persister.guarded.tier.shared && recalled.updatedAt > dataUpdatedAt);
    if (!isWelcome || !isNews) return false;
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
    const persister = this.#persister;
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
