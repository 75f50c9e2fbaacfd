import type { Fetcher, QueryClient, QueryKey, QueryObserver, QueryOptions, QueryResult } from "macho-cache/query";

/** A hook without React: what it shows, and everything that it was told. */
export class Watched {
  readonly observer: QueryObserver;
  /** Data of each result that it was told of. */
  readonly shown: unknown[] = [];
  readonly leave: () => void;

  constructor(client: QueryClient, key: QueryKey, fetcher: Fetcher<unknown>, options?: QueryOptions) {
    this.observer = client.observe(key, fetcher, options);
    this.leave = this.observer.subscribe(() => this.shown.push(this.result.data));
  }

  get result(): QueryResult<unknown> {
    return this.observer.getResult();
  }

  get data(): unknown {
    return this.result.data;
  }
}
