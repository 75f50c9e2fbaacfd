import { type Flight, type LoadContext, MachoError } from "../../core/index.ts";
import { check, checkBoolean, checkNames, checkTtl } from "../../core/internal.ts";
import type { FetchContext, Lifetime } from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { LoadRequest } from "./load-request.ts";
import { needsNetwork } from "../model/retry.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import type { Prepared } from "./prepared.ts";
import { type LoadHost, type Retried, withRetries } from "./retries.ts";

/** What a load tells its query. */
export interface LoadListener {
  /** A try failed, and there will be another one. */
  onFailure(failureCount: number, error: unknown): void;
  /** It waits for the network or the page; or goes on. */
  onPause(isPaused: boolean): void;
  onPublish(data: unknown): void;
  /** The data that is there. */
  dataNow(): unknown;
  /** What the hook gives now that this load was asked for by; a call's own request. */
  newest(request: LoadRequest): LoadRequest;
  /** Makes of the fetcher's data what is stored. */
  prepare(data: unknown, request: LoadRequest): Prepared;
}

/** What a load is from its start: one for the network waits where there is none. */
export function statusAtStart(
  { isOnline }: Pick<LoadHost, "isOnline">,
  { networkMode }: Pick<ResolvedQueryOptions, "networkMode">,
): "fetching" | "paused" {
  return !isOnline && needsNetwork(networkMode, 0) ? "paused" : "fetching";
}

/** One load: calls a fetcher, and again after failures, for as long as somebody waits. */
export class Load implements Retried<unknown> {
  /** As of its last try. */
  request: LoadRequest;
  /** What the fetcher said of its answer. */
  lifetime: Lifetime = {};
  /** Once it succeeded. */
  prepared: Prepared | undefined;
  #context: FetchContext | undefined;
  #loadContext!: LoadContext;
  #key: QueryKey;
  #flight: Flight;
  #host: LoadHost;
  #listener: LoadListener;

  constructor(request: LoadRequest, key: QueryKey, flight: Flight, host: LoadHost, listener: LoadListener) {
    this.request = request;
    this.#key = key;
    this.#flight = flight;
    this.#host = host;
    this.#listener = listener;
  }

  async run(context: LoadContext): Promise<unknown> {
    this.#loadContext = context;
    const data = await withRetries(this, this.#host);
    // Nothing is loaded for nobody.
    if (!this.prepared) this.#flight.cancel();
    return data;
  }

  isWanted(): boolean {
    return !this.#flight.over && this.#flight.isWanted;
  }

  options(): ResolvedQueryOptions {
    return this.#newestRequest().options;
  }

  ended(): Promise<unknown> {
    return this.#flight.promise;
  }

  onFailure(failureCount: number, error: unknown): void {
    this.#listener.onFailure(failureCount, error);
  }

  onPause(isPaused: boolean): void {
    this.#listener.onPause(isPaused);
  }

  /** Until there is a network, and for another try, a page that somebody sees. */
  mustWait(failures: number): boolean {
    return this.#isUnseen(failures) || (needsNetwork(this.options().networkMode, failures) && !this.#host.isOnline);
  }

  onceReady(run: () => void, failures: number): () => void {
    return this.#isUnseen(failures) ? this.#host.onceVisible(run) : this.#host.onceOnline(run);
  }

  #isUnseen(failures: number): boolean {
    return failures > 0 && !this.#host.isVisible;
  }

  #newestRequest(): LoadRequest {
    return (this.request = this.#listener.newest(this.request));
  }

  /** Calls the fetcher once. @throws MachoError "undefined-data" when it resolves to `undefined` */
  async call(): Promise<unknown> {
    // The fetcher came with this very key.
    const data: unknown = await this.#newestRequest().fetcher(this.#key as never, this.#contextOf(this.#loadContext));
    if (data !== undefined) return (this.prepared = this.#listener.prepare(data, this.#newestRequest())).data;
    const message = "A fetcher must not resolve to undefined, which stands for no data. Return null instead.";
    throw new MachoError("undefined-data", message);
  }

  /** One for all tries, so that a fetcher may go on where the last one failed. */
  #contextOf(context: LoadContext): FetchContext {
    return (this.#context ??= this.#newContext(context));
  }

  #newContext(context: LoadContext): FetchContext {
    const flight = this.#flight;
    const listener = this.#listener;
    const { direction } = this.request;
    const newest = (): LoadRequest => this.#newestRequest();
    return {
      get signal() {
        return context.signal;
      },
      get meta() {
        return newest().options.meta;
      },
      setLifetime: (lifetime) => {
        checkLifetime(lifetime);
        this.lifetime = lifetime;
      },
      publish: (data) => {
        if (!flight.over && data !== undefined) listener.onPublish(data);
      },
      get isWanted() {
        return !flight.over && flight.isWanted;
      },
      get previous() {
        return listener.dataNow();
      },
      direction,
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
