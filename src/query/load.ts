import { type Flight, type LoadContext, MachoError } from "../core/index.ts";
import type { AnyFetcher } from "./answer.ts";
import type { QueryKey } from "./key.ts";
import { delayOf, type Retry, type RetryDelay, shouldRetry } from "./retry.ts";

/** What one load is made with. */
export interface LoadRequest {
  readonly fetcher: AnyFetcher;
  readonly ttl: number | undefined;
  readonly staleTime: number;
  readonly retry: Retry;
  readonly retryDelay: RetryDelay | undefined;
}

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
  /** Runs it once, when the network is back. Returns the undo. */
  onceOnline(run: () => void): () => void;
  /** Runs it after `ms`. Returns the undo. */
  after(ms: number, run: () => void): () => void;
}

/** Calls a fetcher, and again after failures as the request says, for as long as somebody waits. */
export async function runLoad(
  { fetcher, retry, retryDelay }: LoadRequest,
  key: QueryKey,
  context: LoadContext,
  flight: Flight,
  host: LoadHost,
  onFailure: (failureCount: number) => void,
): Promise<unknown> {
  for (let failures = 0; ; failures++) {
    try {
      return await callFetcher(fetcher, key, context);
    } catch (error) {
      if (flight.over || !flight.isWanted || !host.canWait || !shouldRetry(retry, failures, error)) throw error;
      onFailure(failures + 1);
      await wait(
        delayOf(retryDelay, failures, error, () => host.random()),
        flight,
        host,
      );
      if (flight.over || !flight.isWanted) throw error;
    }
  }
}

/** Resolves after `ms`. When the load ends before, the timer goes, and nobody waits any more. */
function wait(ms: number, flight: Flight, host: LoadHost): Promise<void> {
  return new Promise((resolve) => {
    const cancel = host.after(ms, resolve);
    flight.promise.then(cancel, cancel);
  });
}

/** Calls a fetcher once. @throws MachoError "undefined-data" when it resolves to `undefined` */
async function callFetcher(fetcher: AnyFetcher, key: QueryKey, context: LoadContext): Promise<unknown> {
  // The fetcher came with this very key.
  const data: unknown = await fetcher(key as never, context);
  if (data !== undefined) return data;
  const message = "A fetcher must not resolve to undefined, which stands for no data. Return null instead.";
  throw new MachoError("undefined-data", message);
}
