import { type Flight, type LoadContext, MachoError } from "../../core/index.ts";
import { check, checkBoolean, checkNames, checkTtl } from "../../core/internal.ts";
import type { FetchContext, Lifetime } from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";
import type { LoadRequest } from "./load-request.ts";
import { needsNetwork } from "../model/network-mode.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import type { Prepared } from "./prepared.ts";
import { delayOf, shouldRetry } from "../model/retry.ts";

/** What loading takes of a client: waiting, chance, and the network. */
export interface LoadHost {
  /** Whether timers run: not before `mount()`, and not after `dispose()`. */
  readonly canWait: boolean;
  readonly isOnline: boolean;
  readonly isVisible: boolean;
  /** Nothing is loaded any more. */
  readonly isDisposed: boolean;
  /** From 0 to below 1. */
  random(): number;
  /** Wall time in ms. */
  wallNow(): number;
  /** Runs it once, when the network is back and mutations that waited for it have ended. Returns the undo. */
  onceOnline(run: () => void): () => void;
  /** Runs it once, when the network is back; loads wait for what it promises. Returns the undo. */
  firstOnline(run: () => unknown): () => void;
  /** Runs it once, when the page comes to the front. Returns the undo. */
  onceVisible(run: () => void): () => void;
  /** Runs it after `ms`. Returns the undo. @param isAwaited whether somebody waits for what it does */
  after(ms: number, run: () => void, isAwaited?: boolean): () => void;
}

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
export class Load {
  /** As of its last try. */
  request: LoadRequest;
  /** What the fetcher said of its answer. */
  lifetime: Lifetime = {};
  /** Once it succeeded. */
  prepared: Prepared | undefined;
  #context: FetchContext | undefined;
  /** Of the wait that is under way, or was last. */
  #stopWaiting: (() => void) | undefined;
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
    for (let failures = 0; ; failures++) {
      try {
        // Asked again at the very start: the network may have gone since.
        while (!this.#flight.over && this.#mustWait(failures)) await this.#untilReady(failures);
        return await this.#call(context);
      } catch (error) {
        const { retry, retryDelay } = this.#newestRequest().options;
        if (!this.#isWanted || !this.#host.canWait || !shouldRetry(retry, failures, error)) throw error;
        this.#listener.onFailure(failures + 1, error);
        await this.#wait(delayOf(retryDelay, failures, error, () => this.#host.random()));
        if (!this.#isWanted) throw error;
      }
    }
  }

  #newestRequest(): LoadRequest {
    return (this.request = this.#listener.newest(this.request));
  }

  get #isWanted(): boolean {
    return !this.#flight.over && this.#flight.isWanted;
  }

  #mustWait(failures: number): boolean {
    const { networkMode } = this.#newestRequest().options;
    return (needsNetwork(networkMode, failures) && !this.#host.isOnline) || (failures > 0 && !this.#host.isVisible);
  }

  /** Until there is a network, and for another try, a page that somebody sees. Nothing is loaded for nobody. */
  async #untilReady(failures: number): Promise<void> {
    this.#listener.onPause(true);
    while (this.#mustWait(failures)) {
      const isUnseen = failures > 0 && !this.#host.isVisible;
      await this.#until((run) => (isUnseen ? this.#host.onceVisible(run) : this.#host.onceOnline(run)));
      if (this.#flight.over) return;
    }
    if (!this.#flight.isWanted) this.#flight.cancel();
    else this.#listener.onPause(false);
  }

  /** Calls the fetcher once. @throws MachoError "undefined-data" when it resolves to `undefined` */
  async #call(context: LoadContext): Promise<unknown> {
    if (this.#flight.over) return undefined;
    // The fetcher came with this very key.
    const data: unknown = await this.#newestRequest().fetcher(this.#key as never, this.#contextOf(context));
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

  #wait(ms: number): Promise<void> {
    return this.#until((run) => this.#host.after(ms, run, true));
  }

  /** Resolves when it is called back. When the load ends before, nobody waits any more. */
  #until(begin: (run: () => void) => () => void): Promise<void> {
    // Once for all waits: a load may be tried for ever.
    if (!this.#stopWaiting) {
      const end = (): void => this.#stopWaiting?.();
      this.#flight.promise.then(end, end);
    }
    return new Promise((resolve) => {
      const cancel = begin(resolve);
      this.#stopWaiting = () => {
        cancel();
        resolve();
      };
    });
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
