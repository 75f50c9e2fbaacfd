import { definedOf, guarded } from "../../core/lru/internal.ts";
import type { QueryClient } from "../client/client.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { ResolvedMutationOptions } from "../model/mutation-settings.ts";
import { checkOptions, FLAG, FUNCTION, oneOf, type OptionRow } from "../model/option-table.ts";
import { matcherOf } from "../key/prefix.ts";
import type { Mutation, MutationStatus } from "./mutation.ts";
import { callsOf, type MutationCalls, type MutationEvent } from "./mutation-calls.ts";
import type { MutationOptions } from "./mutation-options.ts";

/** Which mutations a call is about. What is left out does not restrict; an empty filter means every mutation. */
export interface MutationFilter {
  /** Keys that begin with these elements; with `exact`, only this key. */
  readonly mutationKey?: QueryKey | undefined;
  /** @defaultValue false */
  readonly exact?: boolean | undefined;
  /** Only mutations with this status. */
  readonly status?: MutationStatus | undefined;
  /** Asked for each mutation that the rest lets through. */
  readonly predicate?: ((mutation: Mutation) => boolean) | undefined;
}

const FILTER: Record<keyof MutationFilter, OptionRow> = {
  mutationKey: [],
  exact: [FLAG],
  status: [/* @__PURE__ */ oneOf("idle", "pending", "success", "error")],
  predicate: [FUNCTION, undefined, "() => true"],
};

/** What a client tells of its mutations: of those that run, those that a hook shows, and the last 100 that settled. */
export class MutationStore {
  #calls: MutationCalls;
  #listeners = new Set<{ readonly listener: (event: MutationEvent) => void }>();

  /** Use `mutationsOf(client)`. */
  constructor(calls: MutationCalls) {
    this.#calls = calls;
    calls.listeners.add((type, mutation) => {
      const event: MutationEvent = Object.freeze({ type, mutation });
      for (const { listener } of this.#listeners) guarded(() => listener(event));
    });
  }

  /** The known mutations that a filter lets through, in the order of their calls. */
  getMutations(filter: MutationFilter = {}): Mutation[] {
    return [...this.#calls.known].filter(matcherOfFilter("getMutations", filter));
  }

  /** Hears of every mutation. Returns the undo. */
  subscribe(listener: (event: MutationEvent) => void): () => void {
    const subscription = { listener };
    this.#listeners.add(subscription);
    return () => void this.#listeners.delete(subscription);
  }

  /**
   * Forgets all mutations, as when a user leaves: what waits never runs, signals are aborted, whoever awaits gets an
   * AbortError, no callback is called, and hooks are idle. Defaults stay.
   */
  clear(): void {
    const calls = this.#calls;
    const mutations = [...calls.known];
    calls.known.clear();
    calls.settled.clear();
    calls.rest();
    for (const mutation of mutations) {
      mutation.abandon(true);
      calls.tell("removed", mutation);
    }
  }

  /** Options over the defaults. For bindings to other frameworks. @throws MachoOptionError for one that cannot be used */
  resolve(owner: string, options: { readonly mutationKey?: QueryKey | undefined }): ResolvedMutationOptions {
    return this.#calls.resolve(owner, options);
  }
}

const stores = new WeakMap<QueryClient, MutationStore>();

/** The mutations of a client. @throws MachoOptionError for the client's `defaultOptions.mutations` */
export function mutationsOf(client: QueryClient): MutationStore {
  const store = stores.get(client) ?? new MutationStore(callsOf(client));
  stores.set(client, store);
  return store;
}

/** How many mutations of a client are pending, also those that wait for the network or for others. */
export function isMutating(client: QueryClient, filter: MutationFilter = {}): number {
  const fits = matcherOfFilter("isMutating", filter);
  return [...callsOf(client).known].filter((mutation) => mutation.state.status === "pending" && fits(mutation)).length;
}

/**
 * What every mutation does whose key begins with these elements, unless it says otherwise. Of several that fit, the
 * one that was set last wins; setting the same key again takes the place of the first.
 * @throws MachoOptionError for an option that cannot be used or does not exist
 */
export function setMutationDefaults<T, Variables = void, Context = unknown>(
  client: QueryClient,
  key: QueryKey,
  options: MutationOptions<T, Variables, Context>,
): void {
  const calls = callsOf(client);
  calls.resolve("setMutationDefaults", options);
  const layers = defaults.get(calls) ?? new Map<string, KeyDefaults>();
  defaults.set(calls, layers);
  layers.set(hashKey(key), { fits: matcherOf(key), options: definedOf({ ...options, mutationKey: undefined }) });
  calls.defaultsOf = (mutationKey) => {
    const hash = hashKey(mutationKey);
    return Object.assign({}, ...[...layers.values()].map((layer) => layer.fits(hash) && layer.options)) as object;
  };
}

/** Options of mutations whose keys begin like another one. */
interface KeyDefaults {
  readonly fits: (hash: string) => boolean;
  readonly options: object;
}

/** By the hash of the key, in the order in which they came. */
const defaults = new WeakMap<MutationCalls, Map<string, KeyDefaults>>();

/** Mutations that wait for the network go on, if it is there. Resolves when they ended, well or not. */
export async function resumePausedMutations(client: QueryClient): Promise<void> {
  const calls = callsOf(client);
  if (!calls.host.isOnline) return;
  calls.wake();
  await calls.allEnded([...calls.running.keys()].filter(({ state }) => state.isPaused));
}

/** Whether a filter lets a mutation through. @throws MachoOptionError for a filter that cannot be used */
function matcherOfFilter(method: string, filter: MutationFilter): (mutation: Mutation) => boolean {
  checkOptions(method, FILTER, filter);
  const { mutationKey, exact, status, predicate } = filter;
  const isNamed = matcherOf(mutationKey, exact);
  return (mutation) => {
    const key = mutation.mutationKey;
    if (status !== undefined && mutation.state.status !== status) return false;
    if (mutationKey === undefined ? exact : key === undefined || !isNamed(hashKey(key))) return false;
    return !predicate || predicate(mutation);
  };
}
