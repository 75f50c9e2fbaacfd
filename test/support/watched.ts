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

type Occasion = "focus" | "online" | "offline";

/** A page that a test brings to the front, hides, and takes off the network. */
export class ManualPage {
  isVisibleNow = true;
  #listeners = { focus: new Set<() => void>(), online: new Set<() => void>(), offline: new Set<() => void>() };

  onFocus = (listener: () => void): (() => void) => this.#listen("focus", listener);
  onReconnect = (listener: () => void): (() => void) => this.#listen("online", listener);
  onDisconnect = (listener: () => void): (() => void) => this.#listen("offline", listener);
  isVisible = (): boolean => this.isVisibleNow;

  focus(): void {
    this.isVisibleNow = true;
    this.#tell("focus");
  }

  hide(): void {
    this.isVisibleNow = false;
  }

  connect(): void {
    this.#tell("online");
  }

  disconnect(): void {
    this.#tell("offline");
  }

  get listeners(): number {
    return Object.values(this.#listeners).reduce((sum, { size }) => sum + size, 0);
  }

  #listen(name: Occasion, listener: () => void): () => void {
    this.#listeners[name].add(listener);
    return () => void this.#listeners[name].delete(listener);
  }

  #tell(name: Occasion): void {
    for (const listener of this.#listeners[name]) listener();
  }
}
