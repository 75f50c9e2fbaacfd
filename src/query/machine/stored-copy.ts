import { flightsOf } from "../../core/lru/internal.ts";
import type { Flight } from "../../core/lru/index.ts";
import type { QueryCache } from "./query-cache.ts";
import { Answer, type AnswerSource, type Storable } from "./answer.ts";
import { prepare, type Prepared, weightOf } from "./prepared.ts";
import type { LoadHost } from "./retries.ts";
import { type LoadRequest, tagsWithoutAnswer, type Watcher } from "./watcher.ts";
import type { Lifetime } from "../model/fetcher.ts";
import type { ResolvedQueryOptions, SetDataOptions } from "../model/options.ts";
import type { QueryKey } from "../key/key.ts";
import { pendingState, type QueryState, successState } from "../model/state.ts";

/** What the copy needs of a client. */
export interface CopyHome extends Pick<LoadHost, "after" | "wallNow"> {
  readonly cache: QueryCache;
  /** The cache's own TTL. */
  readonly ttl: number;
  /** Whether the cache has a `maxWeight`. */
  readonly isWeighed: boolean;
  readonly now: () => number;
  /** The time, as good as need be for the age of data. */
  readonly recent: () => number;
  /** What is left of a TTL for data of some age; the cache's own is `undefined`, too, for data of none. */
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
  /** An answer has other tags than the one before. */
  retag(hash: string, before: readonly string[] | undefined, after: readonly string[] | undefined): void;
}

/** The query of a copy. */
export interface CopyOwner {
  readonly key: QueryKey;
  readonly hash: string;
  state: QueryState;
  readonly watchers: readonly Watcher[];
  /** Whether a hook shows it, or a render waits to. */
  readonly isShown: boolean;
  /** A load that is under way. */
  readonly loading: { readonly flight: Flight } | undefined;
  /** Tells of another state, or of what else is another one. */
  become(state?: QueryState): void;
  loadIfStale(): void;
  /** Forgets data, error and load. */
  reset(): void;
}

/** The answer of a query, and its copy in the cache, which is pinned while something shows it. */
export class StoredCopy {
  answer: Answer | undefined;
  #owner: CopyOwner;
  #home: CopyHome;
  #unpin: (() => void) | undefined;
  #cancelExpiry: (() => void) | undefined;

  constructor(answer: Answer | undefined, owner: CopyOwner, home: CopyHome) {
    this.answer = answer;
    this.#owner = owner;
    this.#home = home;
  }

  /** Another answer is known, or none. */
  setAnswer(answer: Answer | undefined): void {
    // Cancels the expiry of an answer that the cache refused.
    this.#cancelExpiry?.();
    this.#cancelExpiry = undefined;
    this.#home.retag(this.#owner.hash, this.answer?.tags, answer?.tags);
    this.answer = answer;
  }

  /** Shows an answer, and stores its copy. @throws what a weigher throws; nothing has changed then */
  show(storable: Storable): void {
    const { answer, ttl = this.#home.ttl } = storable;
    const { answer: answerBefore } = this;
    const owner = this.#owner;
    const { state: stateBefore, loading } = owner;
    const { fetchStatus, direction } = stateBefore;
    // Listeners of the cache see what is stored.
    this.setAnswer(answer);
    owner.state = loading ? { ...answer.state, fetchStatus, direction } : answer.state;
    try {
      this.#store(storable);
    } catch (error) {
      this.setAnswer(answerBefore);
      owner.state = stateBefore;
      throw error;
    }
    // A part of an answer, or one from elsewhere, lets a load go on.
    if (loading && loading === owner.loading && answer.isStorable) {
      flightsOf(this.#home.cache).welcome(owner.hash, loading.flight);
    }
    // A listener of the cache may have removed it already.
    if (this.answer === answer) {
      if (owner.isShown) this.pin();
      // Where the cache refused what is on screen, it will not say when that is too old.
      if (this.#unpin === undefined && owner.watchers.length > 0 && ttl !== Infinity) {
        this.#cancelExpiry = this.#home.after(ttl, () => this.answer === answer && this.#expired());
      }
    }
    owner.become();
  }

  #store({ answer, ttl, weight }: Storable): void {
    const { cache } = this.#home;
    const { hash } = this.#owner;
    // Without the cache, the query is all that has it, and only while somebody watches.
    if (!answer.isStorable) cache.delete(hash);
    else cache.set(hash, answer, ttl === undefined && weight === undefined ? undefined : { ttl, weight });
  }

  #expired(): void {
    const owner = this.#owner;
    this.setAnswer(undefined);
    const { fetchStatus, direction } = owner.state;
    owner.become({ ...pendingState(owner.key, owner.hash), fetchStatus, direction });
    owner.loadIfStale();
  }

  /** The cache lost a value, and its pin. Only what is shown matters, and not that it was evicted: it stays on screen. */
  heardRemoval(value: unknown, cause: string): void {
    this.forgetPin();
    if (value !== this.answer) {
      if (this.#owner.isShown) this.pin();
    } else if (cause === "expired") this.#expired();
    else if (cause !== "evicted") this.#owner.reset();
  }

  /** What is on screen is never evicted. An overwrite keeps the pin, and a removal ends it. */
  pin(): void {
    this.#unpin ??= this.#home.cache.pin(this.#owner.hash);
  }

  unpin(): void {
    this.#unpin?.();
    this.#unpin = undefined;
  }

  /** The cache has ended the pin, with the entry, or would not store another answer, nor keep the one before. */
  forgetPin(): void {
    this.#unpin = undefined;
  }

  /** What a load gave, or a part of it. */
  ofLoad(
    request: LoadRequest,
    { data, tags, weight }: Prepared,
    { staleTime, staleIfError = 0, isStorable = true, ttl = request.options.ttl }: Lifetime = {},
  ): Storable {
    const home = this.#home;
    const source = { ...sourceOf(request), ownStaleTime: staleTime, tags };
    const answer = new Answer(successState(this.#owner.state, data, home.wallNow()), home.now(), source);
    answer.staleIfError = staleIfError;
    answer.isStorable = isStorable;
    const before = this.answer;
    if (request.direction && before?.state.data !== undefined) {
      // One page more does not make the others newer.
      answer.freshSince = before.freshSince;
      answer.isInvalidated = before.isInvalidated;
    }
    return { answer, ttl, weight };
  }

  /**
   * Data that came from elsewhere; `undefined` where it is too old to be shown.
   * @param newest the options of the hook that shows it
   */
  ofData(
    data: unknown,
    options: ResolvedQueryOptions,
    given: SetDataOptions,
    newest: ResolvedQueryOptions | undefined,
  ): Storable | undefined {
    const home = this.#home;
    const { state } = this.#owner;
    const wall = home.wallNow();
    const { updatedAt: at = wall, ttl, weight } = given;
    const age = Math.max(0, wall - at);
    const { fetcher, options: before, staleTime, tags } = this.answer ?? {};
    // The query's own ttl and weight come before the client's, as those of its hooks do.
    const known = before ?? newest ?? options;
    const left = home.ttlLeft(ttl ?? known.ttl, age);
    if (left !== undefined && left <= 0) return undefined;
    const prepared = prepare(data, state.data, options, weight ?? known.weight);
    const hasOwn = ttl !== undefined || weight !== undefined;
    const answer = new Answer(successState(state, prepared.data, at), home.recent() - age, {
      fetcher,
      options: before ?? (hasOwn ? options : undefined),
      tags: prepared.tags ?? tags,
      staleTime,
    });
    return { answer, ttl: left, weight: prepared.weight };
  }

  /** A load failed: others meet the failure for a while, beside the data. @throws what a function of a weight throws */
  remember(request: LoadRequest): void {
    const { state, hash } = this.#owner;
    const { now, cache, isWeighed } = this.#home;
    const { errorTtl, weight } = request.options;
    const { answer: before } = this;
    const errorUntil = now() + errorTtl;
    const hasData = state.data !== undefined;
    const left = hasData ? cache.remainingTtl(hash) : undefined;
    // What the cache refused, or must not hold, it does not get by a failure either. Only what nobody shows is evicted.
    if (before && hasData && left === undefined && (this.#owner.isShown || !before.isStorable)) {
      before.errorUntil = errorUntil;
      return;
    }
    const { freshSince = now(), ownStaleTime, tags = tagsWithoutAnswer(request), staleIfError = 0 } = before ?? {};
    const answer = new Answer(state, freshSince, { ...sourceOf(request), ownStaleTime, tags });
    answer.staleIfError = staleIfError;
    answer.errorUntil = errorUntil;
    answer.isInvalidated = true;
    // No data weighs nothing: a weigher would look for it.
    this.show({
      answer,
      ttl: left ?? errorTtl,
      weight: hasData ? weightOf(weight, state.data) : isWeighed ? 0 : undefined,
    });
  }

  /** The last hook leaves. Whoever finds the answer later loads it as that hook would have. */
  keepAsShownBy({ staleTime, fetcher, options }: Watcher): void {
    const { answer } = this;
    if (!answer) return;
    answer.staleTime = staleTime;
    if (answer.fetcher && fetcher) {
      answer.fetcher = fetcher;
      answer.options = options;
    }
    // Data that was set or sent without tags is found by those of the hook afterwards, too.
    const tags = answer.tags?.length ? answer.tags : tagsWithoutAnswer({ options });
    this.#home.retag(this.#owner.hash, answer.tags, tags);
    answer.tags = tags;
  }
}

/** What an answer of a load knows of where it came from. */
function sourceOf({ options, fetcher, isSent }: LoadRequest): AnswerSource {
  // A function asks of the query, as each hook does for itself.
  const staleTime = typeof options.staleTime === "function" ? 0 : options.staleTime;
  return { fetcher: isSent ? undefined : fetcher, options, staleTime };
}
