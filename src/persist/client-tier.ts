// How a client's queries use a tier.
import { flightsOf } from "../core/lru/internal.ts";
import { hashKey } from "../query/key/key.ts";
import { isStale, mayLoad, wants } from "../query/machine/freshness.ts";
import type { Load, Loading } from "../query/machine/loading.ts";
import type { Query } from "../query/machine/query.ts";
import { ruleOf } from "../query/machine/watcher.ts";
import type { QueryFilter } from "../query/store/filter.ts";
import type { QueryTier } from "../query/store/store.ts";
import type { ClientSource } from "./client-source.ts";
import { fitsOf } from "./marks.ts";
import type { Persister } from "./persister.ts";
import type { Recalled } from "./source.ts";
import { isLater } from "./stamp.ts";
import { idOf } from "./tier-id.ts";

export class ClientTier implements QueryTier {
  readonly persister: Persister;
  readonly source: ClientSource;

  constructor(source: ClientSource, persister: Persister) {
    this.source = source;
    this.persister = persister;
  }

  async load(query: Loading, load: Load, begin: () => Promise<unknown>): Promise<unknown> {
    const fetch = (): Promise<unknown> => {
      load.joined = undefined;
      return begin();
    };
    const { reader, guarded, share, isStopped } = this.persister;
    const { request, flight } = load;
    const { isForced, isSent, options, direction, fetcher } = request;
    if (isForced || isSent || isStopped || !this.source.allows(query.hash, options)) return fetch();
    load.joined = [];
    // What is stale here may have been loaded by another machine since.
    if (query.state.data === undefined || guarded.tier.shared) {
      const recalled = await reader.recall(query.hash, (late) => this.#take(query, load, late));
      if (recalled && this.#take(query, load, recalled) && suffices(query, load)) return end(query, load);
    }
    if (share && !fetcher.staysOpen && !direction) {
      const accept = (recalled: Recalled, began: number): boolean =>
        this.#take(query, load, recalled, true) && (isSince(recalled, began) || suffices(query, load));
      return (await share({ text: query.hash, ended: flight.promise, fetch, accept })) ?? end(query, load);
    }
    return fetch();
  }

  /**
   * Shows what came back, unless something else came meanwhile. Its load goes on.
   * @param replaces whether it may take the place of what is older
   * @returns whether it is shown
   */
  #take(query: Loading, load: Load, recalled: Recalled, replaces?: boolean): boolean {
    const { flight, request } = load;
    const { cache, stamps } = this.source;
    const isWelcome = query.loading === load && flightsOf(cache).get(query.hash) === flight;
    if (!isWelcome || !this.source.allows(query.hash, request.options, recalled.tags)) return false;
    const { data, dataUpdatedAt } = query.state;
    const shown = replaces && query.answer && stamps.get(query.answer);
    // Another way may have brought this very one.
    if (shown && !isLater(recalled.n, shown)) return !isLater(shown, recalled.n);
    const isLoadedSince = this.persister.guarded.tier.shared && recalled.updatedAt > dataUpdatedAt;
    if (!(data === undefined || shown || isLoadedSince)) return false;
    try {
      this.source.show(query, recalled, request);
      return true;
    } catch {
      // A function of a weight threw. It will do so for what is loaded, too.
      return false;
    }
  }

  invalidated(filter: QueryFilter): void {
    this.#mark(filter, false);
  }

  removed(filter: QueryFilter): void {
    this.#mark(filter, true);
  }

  /** Other pages read what is written. Of what is not, they are told. */
  wrote(hash: string): void {
    const { others } = this.persister;
    const value: unknown = others && this.source.cache.peek(hash);
    if (others && !this.source.contentOf(hash, value)) others.wrote(hash);
  }

  #mark(filter: QueryFilter, isGone: boolean): void {
    const { persister } = this;
    // Of another page, which has done the rest.
    if (filter === persister.heard) return;
    const { queryKey, exact, tags, type, stale, fetchStatus = "idle", predicate } = filter;
    const n = persister.stamps.next();
    persister.others?.marked(filter, isGone, n);
    const isOfMemory = type === "active" || fetchStatus !== "idle" || stale || (isGone && predicate);
    if (isOfMemory) return isGone ? undefined : this.#markKnown(filter);
    const fits = fitsOf(filter);
    persister.mark({ n, isGone, fits });
    // Other machines would not hear of a mark. So what it means is removed, as far as the tier can tell.
    if (!persister.guarded.tier.shared || (predicate && !queryKey && !tags)) return;
    const hash = queryKey === undefined ? "" : hashKey(queryKey);
    const isOne = exact || typeof queryKey === "string";
    if (hash && !tags) persister.deleted(hash);
    if (isOne && !tags) return;
    // Keys that begin with these elements.
    const start = isOne ? hash : queryKey?.length ? hash.slice(0, -1) : "";
    void persister.upkeep.removeAll(idOf(start), fits);
  }

  /** Those that only memory can tell are marked one by one, so that it outlives the page. */
  #markKnown(filter: QueryFilter): void {
    const n = this.persister.stamps.next();
    for (const { state } of this.source.search(filter)) this.persister.add(state.hash, { n, isMark: true });
  }
}

/** Whether it was loaded after a load began, and is as good as its answer. */
function isSince(recalled: Recalled, began: number): boolean {
  return !recalled.isStale && recalled.updatedAt >= began;
}

/** What is shown is the answer. Whoever comes from now on does not join the load: it brings nothing newer. */
function end(query: Loading, load: Load): unknown {
  load.isEnding = true;
  load.joined = undefined;
  return query.state.data;
}

/** Whether what came back spares the load, for all who asked for it. */
function suffices(query: Loading, { request, render, joined = [] }: Load): boolean {
  // The loads of a client are its queries.
  const view = query as Query;
  const waiting = render ? [...joined, { ...render, fetcher: request.fetcher, watcher: render }] : joined;
  const hooks = query.watchers.filter((hook) => mayLoad(hook));
  return (
    !hooks.some((hook) => wants(view, hook, "refetchOnMount")) &&
    [request, ...waiting].every(({ fetcher, options, watcher, staleTime = 0, isForced, direction }) => {
      if (isForced || direction || fetcher.staysOpen) return false;
      if (!watcher) return !isStale(view, staleTime);
      // A render that waits for its first answer loads as its hook would that mounts.
      const own = ruleOf("staleTime", options.staleTime, view) || 0;
      return (
        hooks.length > 0 ||
        !wants(view, { fetcher, options, staleTime: own, isEnabled: true, retriesOnMount: true }, "refetchOnMount")
      );
    })
  );
}
