// The same is done with another library and with Macho, on one fake clock, so that a page says what really differs.
import { QueryClient as TanStackClient, QueryObserver, type QueryObserverOptions } from "@tanstack/react-query";
import {
  type Fetcher,
  QueryClient,
  type QueryClientOptions,
  type QueryKey,
  type QueryOptions,
} from "macho-cache/query";
import { afterEach, beforeEach, vi } from "vitest";
import { type Deferred, deferred } from "./deferred.ts";
import { ManualPage } from "./manual-page.ts";

/** Clients that end with their test. */
const ends: (() => void)[] = [];

/** Each test has fake timers, and ends the clients that it made. */
export function onFakeTime(): void {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    for (const end of ends.splice(0)) end();
    vi.useRealTimers();
  });
}

/** Lets time pass, 1 ms by default: so long does a queue of notifications wait. */
export async function pass(ms = 1): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

/** A client of TanStack Query without retries. */
export function tanstack(queries: Partial<QueryObserverOptions> = {}): TanStackClient {
  const client = new TanStackClient({ defaultOptions: { queries: { retry: false, ...(queries as object) } } });
  client.mount();
  ends.push(() => {
    client.clear();
    client.unmount();
  });
  return client;
}

/** A mounted hook of TanStack Query. */
export function watchTanStack(client: TanStackClient, options: QueryObserverOptions) {
  const observer = new QueryObserver(client, options);
  const leave = observer.subscribe(() => undefined);
  return { leave, observer, result: () => observer.getCurrentResult() };
}

/** A client of Macho without retries, and the page that it listens to. */
export function macho(
  queries: QueryOptions = {},
  cache: object = {},
  options: QueryClientOptions = {},
): { client: QueryClient; page: ManualPage } {
  const page = new ManualPage();
  const client = new QueryClient({
    cache: { exactClock: true, ...cache },
    environment: page,
    defaultOptions: { queries: { retry: false, ...queries } },
    ...options,
  });
  client.mount();
  ends.push(() => client.dispose());
  return { client, page };
}

/** A mounted hook of Macho. */
export function watchMacho<T>(client: QueryClient, key: QueryKey, fetcher: Fetcher<T>, options: QueryOptions<T> = {}) {
  const observer = client.observe(key, fetcher, options);
  const leave = observer.subscribe(() => undefined);
  return { leave, observer, result: () => observer.getResult() };
}

/** Answers of a server, one for each request, given when the test says so. */
export function server<T = string>() {
  const requests: Deferred<T>[] = [];
  const signals: AbortSignal[] = [];
  const load = (signal?: AbortSignal): Promise<T> => {
    const request = deferred<T>();
    requests.push(request);
    if (signal) signals.push(signal);
    return request.promise;
  };
  return { requests, signals, load };
}
