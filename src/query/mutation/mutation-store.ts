import { MachoError } from "../../core/index.ts";
import { guarded } from "../../core/internal.ts";
import type { QueryClient } from "../client/client.ts";
import type { QueryKey } from "../key/key.ts";
import { Mutation, type MutationHome } from "./mutation.ts";
import type { ResolvedMutationOptions } from "./mutation-checks.ts";
import { type MutationFilter, mutationMatcher } from "./mutation-filter.ts";
import { MutationLayers } from "./mutation-layers.ts";
import { NetworkLine } from "./mutation-network.ts";
import { Turns } from "./mutation-turns.ts";
import { functionOf, type OptionsNow } from "./mutation-work.ts";

/** What a store tells its subscribers: there is a new mutation, its state is different, or it was forgotten. */
export interface MutationEvent {
  readonly type: "added" | "updated" | "removed";
  readonly mutation: Mutation;
}

/** Settled mutations that are kept, with variables and data, for whoever asks. Beyond, the oldest are forgotten. */
const MAX_SETTLED = 100;
/** Ms that loads wait for mutations at a reconnect. One that hangs does not hold them up for ever. */
const LONGEST_WAIT = 30_000;

/** The mutations of a client: those that run, those that a hook shows, and the last 100 that settled. */
export class MutationStore {
  #client: QueryClient;
  #layers: MutationLayers;
  #network: NetworkLine;
  #turns = new Turns();
  /** In the order of their calls. */
  #mutations = new Set<Mutation>();
  #running = new Set<Mutation>();
  /** In the order of their ends. */
  #settled = new Set<Mutation>();
  #listeners = new Set<{ readonly listener: (event: MutationEvent) => void }>();
  #calls = 0;

  /** Use `mutationsOf(client)`. @throws MachoOptionError for the client's `defaultOptions.mutations` */
  constructor(client: QueryClient) {
    this.#client = client;
    this.#layers = new MutationLayers(client.mutationDefaults);
    this.#network = new NetworkLine(client.host, () => (client.host.isDisposed ? this.#dispose() : this.#goFirst()));
  }

  /** The known mutations that a filter lets through, in the order of their calls. */
  getMutations(filter: MutationFilter = {}): Mutation[] {
    return [...this.#mutations].filter(mutationMatcher("getMutations", filter));
  }

  /** How many mutations are pending, also those that wait. */
  isMutating(filter: MutationFilter = {}): number {
    const fits = mutationMatcher("isMutating", filter);
    return [...this.#running].filter((mutation) => mutation.state.status === "pending" && fits(mutation)).length;
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
    const mutations = [...this.#mutations];
    this.#mutations.clear();
    this.#settled.clear();
    this.#end();
    for (const mutation of mutations) {
      mutation.abandon();
      this.#tell("removed", mutation);
    }
  }

  /** Options over the defaults. For bindings to other frameworks. @throws MachoOptionError for one that cannot be used */
  resolve(owner: string, options: { readonly mutationKey?: QueryKey | undefined }): ResolvedMutationOptions {
    return this.#layers.resolve(owner, options);
  }

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  check(owner: string, options: object): void {
    this.#layers.check(owner, options);
  }

  /** Calls that wait for the network look again whether they need it. */
  lookAgain(): void {
    this.#network.goOn();
  }

  /** What `setMutationDefaults` does. @throws like `resolve` */
  setDefaults(key: QueryKey, options: object): void {
    this.#layers.set(key, options);
  }

  /**
   * Calls a mutation. @param watch is told of it before anything runs
   * @throws MachoError "disposed", or "invalid-argument" when nobody said what function to call
   */
  start(options: OptionsNow, variables: unknown, watch: (mutation: Mutation) => void): Promise<unknown> {
    const now = options();
    this.#checkAlive();
    functionOf(now);
    const mutation = new Mutation(options, variables, this.#home(now.scope?.id));
    this.#mutations.add(mutation);
    this.#running.add(mutation);
    this.#network.listen();
    this.#tell("added", mutation);
    watch(mutation);
    return mutation.begin();
  }

  /** Paused mutations go on, if the network is there. Resolves when they ended, and those behind them. */
  async resumePaused(): Promise<void> {
    if (!this.#client.host.isOnline) return;
    await this.#goOn([...this.#running].filter(({ state }) => state.isPaused));
  }

  async #goOn(mutations: readonly Mutation[]): Promise<void> {
    this.#network.goOn();
    await Promise.all(mutations.map((mutation) => mutation.ended()));
  }

  /** The network is back: what waits goes on. @returns what loads wait for */
  #goFirst(): Promise<void> | undefined {
    const { host } = this.#client;
    // One whose `onMutate` is not done is not waited for: it may wait for a load that waits.
    const waiting = [...this.#running].filter(({ isWaiting }) => isWaiting);
    if (waiting.length === 0) return undefined;
    host.loadedSince = new Set();
    return new Promise((resolve) => {
      const stop = host.after(LONGEST_WAIT, resolve);
      void this.#goOn(waiting).finally(() => {
        stop();
        resolve();
      });
    });
  }

  #home(scope: string | undefined): MutationHome {
    const { host } = this.#client;
    const order = this.#calls++;
    return {
      client: this.#client,
      host,
      place: this.#turns.join(scope),
      onceOnline: (run) => this.#network.join(order, run),
      decided: () => host.loadedSince?.clear(),
      changed: (mutation) => this.#mutations.has(mutation) && this.#tell("updated", mutation),
      ended: (mutation) => this.#ended(mutation),
      release: (mutation) => this.#release(mutation),
    };
  }

  #ended(mutation: Mutation): void {
    if (!this.#running.delete(mutation)) return;
    if (this.#running.size === 0) this.#network.rest();
    if (mutation.state.status === "idle") return this.#forget(mutation);
    this.#settled.add(mutation);
    if (this.#settled.size <= MAX_SETTLED) return;
    const [oldest] = this.#settled as Iterable<Mutation> as [Mutation];
    this.#settled.delete(oldest);
    this.#release(oldest);
  }

  #release(mutation: Mutation): void {
    const isNeeded = this.#running.has(mutation) || this.#settled.has(mutation) || mutation.isWatched;
    if (!isNeeded) this.#forget(mutation);
  }

  #forget(mutation: Mutation): void {
    if (this.#mutations.delete(mutation)) this.#tell("removed", mutation);
  }

  /** Nothing waits or runs any more. Those who did are still to be told. */
  #end(): void {
    this.#running.clear();
    this.#network.rest();
    this.#turns = new Turns();
  }

  /** The client ended: nothing runs on, and what is shown stays. */
  #dispose(): void {
    const running = [...this.#running];
    this.#end();
    this.#listeners.clear();
    for (const mutation of running) mutation.abandon();
  }

  #tell(type: MutationEvent["type"], mutation: Mutation): void {
    const event: MutationEvent = Object.freeze({ type, mutation });
    for (const { listener } of this.#listeners) guarded(() => listener(event));
  }

  #checkAlive(): void {
    if (!this.#client.host.isDisposed) return;
    const message = "A mutation was called on a disposed QueryClient. Make a new one, or dispose of it later.";
    throw new MachoError("disposed", message);
  }
}
