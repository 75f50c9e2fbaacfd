import type { QueryKey } from "../key/key.ts";
import type { Answer } from "../machine/answer.ts";
import type { Query } from "../machine/query.ts";
import type { QueryStore } from "../store/store.ts";

/** What writes the data of a key: a client. */
interface Writer {
  readonly host: QueryStore;
  setQueryData(key: QueryKey, updater: (old: unknown) => unknown): unknown;
  removeQueries(filter: { readonly queryKey: QueryKey; readonly exact: true }): void;
}

/** Where committed data is from. */
export interface Origin {
  /** There before all calls; `undefined` for what a call brought. */
  readonly answer: Answer | undefined;
  /** Monotonic ms at which that may not be shown any more. */
  readonly until: number;
  /** Wall time in ms at which a call brought it. */
  readonly landedAt: number;
}

/** The stored data of a key whose changes are under way. It tells its own writes from those of others. */
export class OptimisticCopy {
  /** Where the committed data is from, to be put back as old as it is. */
  origin: Origin;
  /** Somebody marked the key stale meanwhile, which a call that brings data would undo. */
  wasMarked = false;
  #client: Writer;
  #key: QueryKey;
  #hash: string;
  /** The answer that is known here. Any other answer was set by somebody else, also if it is equal. */
  #known: Answer | undefined;
  #wasStale = false;
  /** While it writes: how many answers there are afterwards. A listener may call again before the write is over. */
  #expected = 0;
  /** Whether it removes something itself just now. */
  isRemoving = false;

  constructor(client: Writer, key: QueryKey, hash: string) {
    this.#client = client;
    this.#key = key;
    this.#hash = hash;
    this.origin = this.#found();
  }

  /** The data of the key now. @throws MachoError "disposed" */
  get displayed(): unknown {
    let displayed: unknown;
    // An updater that gives `undefined` only looks, and counts no lookup.
    this.#client.setQueryData(this.#key, (old: unknown) => void (displayed = old));
    return displayed;
  }

  /** Looks whether somebody else has changed the key since. */
  isForeign(): boolean {
    const answer = this.#answer;
    if (this.#known?.isInvalidated && !this.#wasStale) this.wasMarked = true;
    if (answer === this.#known) return false;
    if (answer?.state.dataUpdateCount !== this.#expected) return true;
    this.#know(answer);
    return false;
  }

  /** Takes what is there for committed. @returns its data */
  restart(): unknown {
    this.origin = this.#found();
    // It may have been marked before it was looked at.
    this.wasMarked = this.#wasStale;
    return this.#known?.state.data;
  }

  /** The committed data is what a call brought just now. */
  landed(): void {
    this.origin = { answer: undefined, until: Infinity, landedAt: this.#client.host.wallNow() };
  }

  set(data: unknown): void {
    // An updater, since data may be a function.
    this.#write(() => void this.#client.setQueryData(this.#key, () => data));
  }

  /** Shows committed data again, as old as it is, as long as it may be shown. */
  putBack(data: unknown): void {
    const { host } = this.#client;
    const { answer, until, landedAt } = this.origin;
    const ttl = until - host.now();
    if (data === undefined || ttl <= 0) return this.remove();
    const query = host.open(this.#key, this.#hash);
    try {
      if (answer) {
        this.#know(answer);
        // An answer that the cache may not hold leaves it, which is no news.
        this.#unheard(() => query.take(answer, ttl));
      } else this.#setBack(query, data, landedAt);
    } finally {
      host.release(query);
    }
  }

  /** On screen, it is pending then, and loaded. */
  remove(): void {
    this.#unheard(() => this.#client.removeQueries({ queryKey: this.#key, exact: true }));
    this.#know(this.#answer);
  }

  get #answer(): Answer | undefined {
    return this.#client.host.find(this.#hash)?.answer;
  }

  #found(): Origin {
    const { host } = this.#client;
    const answer = this.#answer;
    this.#know(answer);
    const left = host.cache.remainingTtl(this.#hash);
    // The cache does not hold every answer.
    const isRefused = left === undefined && answer !== undefined;
    const until = isRefused ? answer.freshSince + (answer.options?.ttl ?? host.ttl) : host.now() + (left ?? Infinity);
    return { answer, until, landedAt: 0 };
  }

  #know(answer: Answer | undefined): void {
    this.#known = answer;
    this.#wasStale = answer?.isInvalidated ?? false;
  }

  /** Writes one answer, which is known then, unless a listener has written another one since. */
  #write(write: () => void): void {
    const { host } = this.#client;
    const expected = (host.find(this.#hash)?.state?.dataUpdateCount ?? 0) + 1;
    this.#expected = expected;
    try {
      write();
      const answer = this.#answer;
      if (answer?.state.dataUpdateCount === expected) this.#know(answer);
    } finally {
      this.#expected = 0;
    }
  }

  #setBack(query: Query, data: unknown, updatedAt: number): void {
    const hoped = this.#answer;
    const options = this.#client.host.defaults.resolve("mutateQuery", this.#key, undefined);
    this.#write(() => query.setData(data, options, { updatedAt }));
    // It was too old already.
    if (this.#answer === hoped) this.remove();
  }

  #unheard(run: () => void): void {
    this.isRemoving = true;
    try {
      run();
    } finally {
      this.isRemoving = false;
    }
  }
}
