// The world of a query test: a client whose time, page and answers come when the test says so.
import type { Cache, LruCacheOptions } from "macho-cache";
import {
  type Fetcher,
  QueryClient,
  type QueryClientOptions,
  type QueryKey,
  type QueryOptions,
} from "macho-cache/query";
import { beforeEach } from "vitest";
import { Backend } from "./backend.ts";
import { cacheWith } from "./cache-kind.ts";
import { ManualClock } from "./manual-clock.ts";
import { ManualPage } from "./manual-page.ts";
import { Watched } from "./watched.ts";

export interface WorldOptions extends Omit<QueryClientOptions, "cache"> {
  /** Options of its cache, beside the clock, `undefined` for the host's; or a cache that is given. */
  readonly cache?: LruCacheOptions<string, unknown> | ((clock: ManualClock) => Cache<string, unknown>);
  /** Defaults of its queries. */
  readonly queries?: QueryOptions;
}

/** A client that is mounted, and all that it hears of. */
export class QueryWorld {
  readonly clock = new ManualClock();
  readonly page = new ManualPage();
  readonly backend = new Backend();
  readonly client: QueryClient;

  constructor({ cache, queries = {}, ...options }: WorldOptions = {}) {
    this.client = new QueryClient({
      cache: typeof cache === "function" ? cache(this.clock) : cacheWith({ clock: this.clock, ...cache }),
      environment: this.page,
      defaultOptions: { queries },
      ...options,
    });
    this.client.mount();
  }
}

// Those of the test that runs.
export let clock: ManualClock;
export let page: ManualPage;
export let backend: Backend;
export let client: QueryClient;

/** Each test of the file, or of the `describe` that says so, has a world of its own. Its client ends with the test. */
export function inQueryWorld(options?: WorldOptions): void {
  beforeEach(() => {
    enterQueryWorld(options);
    return (): void => client.dispose();
  });
}

/** Leaves the world of the test for another one, in which nothing has happened yet. */
export function enterQueryWorld(options?: WorldOptions): void {
  client?.dispose();
  ({ clock, page, backend, client } = new QueryWorld(options));
}

/** A hook of the world's client. */
export function watch(key: QueryKey, options?: QueryOptions, fetcher: Fetcher<unknown> = backend.fetcher): Watched {
  return new Watched(client, key, fetcher, options);
}
