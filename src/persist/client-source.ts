import type { BoundedCache } from "../core/lru/bounded-cache.ts";
import type { QueryClient } from "../query/client/client.ts";
import { hashKey, type QueryKey } from "../query/key/key.ts";
import { Answer, show, type Showing, weightOf } from "../query/machine/answer.ts";
import type { LoadRequest } from "../query/machine/watcher.ts";
import type { ResolvedQueryOptions } from "../query/model/options.ts";
import { type QueryState, successState } from "../query/model/state.ts";
import type { Found } from "../query/machine/freshness.ts";
import type { QueryFilter } from "../query/store/filter.ts";
import type { QueryStore } from "../query/store/store.ts";
import { type Content, hasRoom, type Recalled, type Source } from "./source.ts";
import type { Stamp } from "./tier.ts";

/** What a client's answers are not persisted for. */
export interface ClientRules {
  /** Whether the tier is read by other machines: only what is marked `shared` goes there. */
  readonly isShared: boolean;
  /** Whether answers with these tags stay here. */
  isExcluded(hash: string, tags: readonly string[]): boolean;
}

/** What an answer that came back would be loaded with. */
interface Asked extends Pick<LoadRequest, "options"> {
  readonly fetcher?: LoadRequest["fetcher"] | undefined;
}

/** The answers of a client. */
export class ClientSource implements Source {
  readonly cache: BoundedCache;
  /** When each answer in memory was written. */
  readonly stamps: WeakMap<object, Stamp> = new WeakMap();
  #client: QueryClient;
  #store: QueryStore;
  #rules: ClientRules;
  #restored = new WeakSet<object>();

  constructor(client: QueryClient, rules: ClientRules) {
    this.#client = client;
    this.#store = client.host;
    // Every cache of a client is one.
    this.cache = client.cache as unknown as BoundedCache;
    this.#rules = rules;
  }

  textOf(key: unknown): string {
    // A client's cache goes by the hashes of its keys.
    return key as string;
  }

  textOfStored(key: unknown): string {
    // Anything else is refused.
    return hashKey(key as QueryKey);
  }

  /** Whether an answer that would be loaded so may be read and kept. */
  allows(hash: string, { persist, shared }: ResolvedQueryOptions, tags: readonly string[] = []): boolean {
    return persist && (shared || !this.#rules.isShared) && !this.#rules.isExcluded(hash, tags);
  }

  isPrivate(answer: unknown): boolean {
    if (!this.#rules.isShared || !(answer instanceof Answer)) return false;
    return !(answer.options ?? this.#optionsOf(answer.state.key)).shared;
  }

  contentOf(_hash: unknown, answer: unknown): Content | null | undefined {
    // A cache may hold other things, and failures without data. Initial data is the page's own: it replaces nothing.
    if (!(answer instanceof Answer) || answer.state.data === undefined || isInitial(answer.state)) return undefined;
    const { state, lifetime, tags, isInvalidated } = answer;
    const { hash, key } = state;
    const watchers = this.#store.live.get(hash)?.watchers ?? [];
    const options = answer.options ?? this.#optionsOf(key);
    if (!this.allows(hash, options, tags) || !watchers.every((hook) => hook.options.persist)) return null;
    return { k: key, d: state.data, t: state.dataUpdatedAt, s: lifetime.staleTime, g: tags, isStale: isInvalidated };
  }

  isHoped(hash: unknown): boolean {
    return this.#store.hopes?.has(hash as string) ?? false;
  }

  take(recalled: Recalled): boolean {
    const store = this.#store;
    const key = recalled.key as QueryKey;
    const hash = hashKey(key);
    const options = this.#optionsOf(key);
    const query = store.openForWrite(key, hash);
    try {
      const isAbsent = query.state.data === undefined || isInitial(query.state);
      if (store.isDisposed || !isAbsent || !this.allows(hash, options, recalled.tags)) return false;
      const weight = weightOf(options.weight, recalled.data);
      const answer = this.#answerOf(query, recalled, { options });
      const { writes } = this.cache.parts;
      const isRoomy = hasRoom(this.cache, hash, weight ?? writes.weigh({}, answer, hash).weight);
      if (isRoomy) show(query, answer, recalled.left, weight);
      return isRoomy;
    } catch {
      // A function of a weight threw.
      return false;
    } finally {
      store.release(query);
    }
  }

  /** Shows an answer that came back, while its load goes on. @throws what a function of a weight throws */
  show(query: Showing, recalled: Recalled, request: Asked): void {
    const weight = weightOf(request.options.weight, recalled.data);
    show(query, this.#answerOf(query, recalled, request), recalled.left, weight);
  }

  #optionsOf(key: QueryKey): ResolvedQueryOptions {
    return this.#store.defaults.resolve("persist", key, undefined);
  }

  #answerOf(query: Showing, { data, age, updatedAt, staleTime, tags, isStale, n }: Recalled, source: Asked): Answer {
    const state = successState(query.state, data, updatedAt);
    const answer = new Answer(state, this.#store.now() - age, tags, source, { staleTime });
    answer.isInvalidated = isStale;
    this.#restored.add(answer);
    this.stamps.set(answer, n);
    return answer;
  }

  cameBack(_hash: unknown, value: unknown): boolean {
    // Once: an answer that is put back later was replaced in between.
    return this.#restored.delete(value as object);
  }

  stamped(value: unknown, n: Stamp): void {
    if (value instanceof Answer) this.stamps.set(value, n);
  }

  search(filter: QueryFilter): Pick<Found, "state">[] {
    return this.#store.search(filter);
  }

  holds(hash: string): boolean {
    const state = this.#store.find(hash)?.state;
    return state?.data !== undefined && !isInitial(state);
  }

  clear(): void {
    this.#client.clear();
  }
}

/** Whether it is what a hook began with. */
function isInitial({ dataUpdateCount, data }: QueryState): boolean {
  return dataUpdateCount === 0 && data !== undefined;
}
