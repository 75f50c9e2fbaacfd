import type { BoundedCache } from "../core/lru/bounded-cache.ts";
import type { QueryClient } from "../query/client/client.ts";
import { hashKey, type QueryKey } from "../query/key/key.ts";
import { Answer, show, type Showing, weightOf } from "../query/machine/answer.ts";
import type { ResolvedQueryOptions } from "../query/model/options.ts";
import { pendingState, successState } from "../query/model/state.ts";
import type { QueryStore } from "../query/store/store.ts";
import type { Content, Recalled, Source } from "./source.ts";
import type { Stamp } from "./tier.ts";

/** What a client's answers are not persisted for. */
export interface ClientRules {
  /** Whether the tier is read by other machines: only what is marked `shared` goes there. */
  readonly isShared: boolean;
  /** Whether answers with these tags stay here. */
  isExcluded(hash: string, tags: readonly string[]): boolean;
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
  allows({ persist, shared }: ResolvedQueryOptions): boolean {
    return persist && (shared || !this.#rules.isShared);
  }

  contentOf(hash: unknown, answer: unknown): Content | null | undefined {
    // A cache may hold other things, and failures without data.
    if (!(answer instanceof Answer) || answer.state.data === undefined) return undefined;
    const { state, lifetime, tags, isInvalidated } = answer;
    const watchers = this.#store.live.get(state.hash)?.watchers ?? [];
    const options = answer.options ?? this.#store.defaults.resolve("persist", state.key, undefined);
    const isAllowed = this.allows(options) && watchers.every((hook) => hook.options.persist);
    if (!isAllowed || this.#rules.isExcluded(state.hash, tags ?? [])) return null;
    return {
      k: state.key,
      d: state.data,
      t: state.dataUpdatedAt,
      s: lifetime.staleTime,
      g: tags,
      isStale: isInvalidated,
    };
  }

  take(recalled: Recalled): unknown {
    const store = this.#store;
    const key = recalled.key as QueryKey;
    const hash = hashKey(key);
    const query = store.openForWrite(key, hash);
    const options = store.defaults.resolve("persist", key, undefined);
    const taken = query.state.data === undefined && this.show(query, recalled, new Answer(query.state, 0), options);
    store.release(query);
    return taken || undefined;
  }

  /** Shows an answer that came back, while its load goes on. */
  show(
    query: Showing,
    { data, age, left, updatedAt, staleTime, tags, isStale, n }: Recalled,
    { fetcher }: Pick<Answer, "fetcher">,
    options: ResolvedQueryOptions,
  ): Answer {
    const state = successState(pendingState(query.key, query.hash), data, updatedAt);
    const answer = new Answer(state, this.#store.now() - age, tags, { fetcher, options }, { staleTime });
    answer.isInvalidated = isStale;
    this.#restored.add(answer);
    this.stamps.set(answer, n);
    show(query, answer, left, weightOf(options.weight, data));
    return answer;
  }

  cameBack(_hash: unknown, value: unknown): boolean {
    return this.#restored.has(value as object);
  }

  stamped(value: unknown, n: Stamp): void {
    if (value instanceof Answer) this.stamps.set(value, n);
  }

  holds(hash: string): boolean {
    return this.cache.has(hash);
  }

  clear(): void {
    this.#client.clear();
  }
}
