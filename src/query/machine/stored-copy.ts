import type { QueryCache } from "./query-cache.ts";
import type { Answer } from "./answer.ts";

/** What the copy needs of a client. */
export interface CopyHome {
  readonly cache: QueryCache;
  /** The cache's own TTL. */
  readonly ttl: number;
  /** Runs it after `ms`. Returns the undo. */
  after(ms: number, run: () => void): () => void;
  /** An answer has other tags than the one before. */
  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void;
}

/** What a query shows, and its copy in the cache, which is pinned while something shows it. */
export class StoredCopy {
  answer: Answer | undefined;
  #hash: string;
  #home: CopyHome;
  #unpin: (() => void) | undefined;
  #cancelExpiry: (() => void) | undefined;

  constructor(hash: string, answer: Answer | undefined, home: CopyHome) {
    this.#hash = hash;
    this.answer = answer;
    this.#home = home;
  }

  /** Another answer is known, or none. */
  setAnswer(answer: Answer | undefined): void {
    // Cancels the expiry of an answer that the cache refused.
    this.#cancelExpiry?.();
    this.#cancelExpiry = undefined;
    this.#home.retag(this.#hash, this.answer?.tags, answer?.tags);
    this.answer = answer;
  }

  setTags(tags: readonly string[]): void {
    const answer = this.answer!;
    this.#home.retag(this.#hash, answer.tags, tags);
    answer.tags = tags;
  }

  /** @throws what a weigher throws */
  store(ttl: number | undefined, weight: number | undefined): void {
    const { cache } = this.#home;
    // Without the cache, the query is all that has it, and only while somebody watches.
    if (!this.answer!.isStorable) cache.delete(this.#hash);
    else cache.set(this.#hash, this.answer, ttl === undefined && weight === undefined ? undefined : { ttl, weight });
  }

  /** What is on screen is never evicted. An overwrite keeps the pin, and a removal ends it. */
  pin(): void {
    this.#unpin ??= this.#home.cache.pin(this.#hash);
  }

  unpin(): void {
    this.#unpin?.();
    this.#unpin = undefined;
  }

  /** The cache has ended the pin, with the entry. */
  forgetPin(): void {
    this.#unpin = undefined;
  }

  /** Where the cache refused what is on screen, it will not say when that is too old. */
  expireUnstored(ttl: number = this.#home.ttl, expired: () => void): void {
    if (this.#unpin === undefined && ttl !== Infinity) this.#cancelExpiry = this.#home.after(ttl, expired);
  }
}
