import { type Flight, type LoadContext, MachoError } from "../../core/lru/index.ts";
import { check, checkBoolean, checkNames, checkTtl } from "../../core/lru/internal.ts";
import type { FetchContext, Lifetime } from "../model/fetcher.ts";
import { needsNetwork } from "../model/retry.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import { type Prepared, prepare } from "./prepared.ts";
import { type LoadHost, type Retried, withRetries } from "./retries.ts";
import type { QueryKey } from "../key/key.ts";
import type { QueryState } from "../model/state.ts";
import type { LoadRequest } from "./watcher.ts";

/** What a load needs of its query. */
export interface LoadOwner {
  readonly key: QueryKey;
  readonly state: QueryState;
  /** What the next try of a load is made with. */
  newestFor(load: CurrentLoad): LoadRequest;
  /** Something of a load is different. It only counts while that is the one under way. */
  loadChanged(load: CurrentLoad, change: Partial<QueryState>): void;
  /** Shows a part of an answer while the load goes on. */
  publish(load: CurrentLoad, data: unknown): void;
}

/** Tags that were invalidated while a load was under way: whether its answer has them, only that can say. */
interface PendingInvalidation {
  readonly tags: readonly string[];
  /** Whether what has them is loaded again. */
  readonly loads: boolean;
}

/** What a load is from its start: one for the network waits where there is none. */
export function statusAtStart(
  { isOnline }: Pick<LoadHost, "isOnline">,
  { networkMode }: Pick<ResolvedQueryOptions, "networkMode">,
): "fetching" | "paused" {
  return !isOnline && needsNetwork(networkMode, 0) ? "paused" : "fetching";
}

/** The load of a query: it calls a fetcher, and again after failures, for as long as somebody waits. */
export class CurrentLoad implements Retried<unknown> {
  readonly flight: Flight;
  /** As of its last try. */
  request: LoadRequest;
  /** What the fetcher said of its answer. */
  lifetime: Lifetime = {};
  /** Once it succeeded. */
  prepared: Prepared | undefined;
  /** The state after a first load that failed and is tried again by this one: it stands again when this is given up. */
  failureBefore: QueryState | undefined;
  /** What a render would load that waits for a promise of a server, should that fail. */
  instead: LoadRequest | undefined;
  #invalidations: PendingInvalidation[] | undefined;
  #owner: LoadOwner;
  #host: LoadHost;
  #fetchContext: FetchContext | undefined;
  /** The hooks' place among the callers of the flight: they count as one, together with the renders that wait. */
  #leaveFlight: (() => void) | undefined;
  #cancelLeaving: (() => void) | undefined;

  constructor(flight: Flight, request: LoadRequest, owner: LoadOwner, host: LoadHost) {
    this.flight = flight;
    this.request = request;
    this.#owner = owner;
    this.#host = host;
  }

  start(): void {
    this.flight.start(async (context) => {
      this.#fetchContext = this.#newContext(context);
      const data = await withRetries(this, this.#host);
      // Nothing is loaded for nobody.
      if (!this.prepared) this.flight.cancel();
      return data;
    });
  }

  /** The hooks, together, become a caller. */
  join(): void {
    this.#leaveFlight ??= this.flight.join();
  }

  /** The hooks have gone, and may come back in the same task. @param soon runs the leaving after that */
  leaveSoon(soon: () => () => void): void {
    if (this.#leaveFlight) this.#cancelLeaving = soon();
  }

  /** Hooks are there. Returns whether those before had only just gone. */
  stay(): boolean {
    const wasLeaving = this.#cancelLeaving !== undefined;
    this.#cancelLeaving?.();
    this.#cancelLeaving = undefined;
    return wasLeaving;
  }

  leave(): void {
    this.stay();
    this.#leaveFlight?.();
    this.#leaveFlight = undefined;
  }

  invalidateOnArrival(tags: readonly string[], loads: boolean): void {
    (this.#invalidations ??= []).push({ tags, loads });
  }

  /** The invalidations that an answer with these tags comes under. */
  invalidationsOf(tags: readonly string[] = []): readonly PendingInvalidation[] {
    return this.#invalidations?.filter((each) => each.tags.some((tag) => tags.includes(tag))) ?? [];
  }

  isWanted(): boolean {
    return !this.flight.over && this.flight.isWanted;
  }

  options(): ResolvedQueryOptions {
    return this.#newestRequest().options;
  }

  onceEnded(run: () => void): void {
    this.flight.promise.then(run, run);
  }

  onFailure(failureCount: number, failureReason: unknown): void {
    this.#owner.loadChanged(this, { failureCount, failureReason });
  }

  onPause(isPaused: boolean): void {
    this.#owner.loadChanged(this, { fetchStatus: isPaused ? "paused" : "fetching" });
  }

  /** Until there is a network, and for another try, a page that somebody sees. */
  mustWait(failures: number): boolean {
    return this.#isUnseen(failures) || (needsNetwork(this.options().networkMode, failures) && !this.#host.isOnline);
  }

  onceReady(run: () => void, failures: number): () => void {
    return this.#isUnseen(failures) ? this.#host.onceVisible(run) : this.#host.onceOnline(run);
  }

  /** Calls the fetcher once. @throws MachoError "undefined-data" when it resolves to `undefined` */
  async call(): Promise<unknown> {
    const owner = this.#owner;
    // The fetcher came with this very key. Its context is one for all tries, so that it may go on where the last failed.
    const data: unknown = await this.#newestRequest().fetcher(owner.key as never, this.#fetchContext!);
    if (data !== undefined) return (this.prepared = prepare(data, owner.state.data, this.options())).data;
    const message = "A fetcher must not resolve to undefined, which stands for no data. Return null instead.";
    throw new MachoError("undefined-data", message);
  }

  #isUnseen(failures: number): boolean {
    return failures > 0 && !this.#host.isVisible;
  }

  #newestRequest(): LoadRequest {
    return (this.request = this.#owner.newestFor(this));
  }

  #newContext(context: LoadContext): FetchContext {
    // Getters have a `this` of their own.
    // oxlint-disable-next-line typescript/no-this-alias
    const load = this;
    return {
      get signal() {
        return context.signal;
      },
      get meta() {
        return load.options().meta;
      },
      get isWanted() {
        return load.isWanted();
      },
      get previous() {
        return load.#owner.state.data;
      },
      direction: load.request.direction,
      setLifetime(lifetime) {
        checkLifetime(lifetime);
        load.lifetime = lifetime;
      },
      publish(data) {
        if (!load.flight.over && data !== undefined) load.#owner.publish(load, data);
      },
    };
  }
}

const LIFETIME = { staleTime: true, ttl: true, staleIfError: true, isStorable: true } satisfies Record<
  keyof Lifetime,
  true
>;

function checkLifetime(lifetime: Lifetime): void {
  checkNames("setLifetime", lifetime, LIFETIME);
  const { staleTime, ttl, staleIfError, isStorable } = lifetime;
  for (const [name, ms] of Object.entries({ staleTime, staleIfError })) {
    const isGood = ms === undefined || (typeof ms === "number" && ms >= 0);
    check(isGood, name, "must be a number of ms of 0 or more, or Infinity", ms, `${name}: 60_000`);
  }
  if (ttl !== undefined) checkTtl(ttl);
  if (isStorable !== undefined) checkBoolean("isStorable", isStorable);
}
