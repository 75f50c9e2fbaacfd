import type { QueryKey } from "../key/key.ts";
import { MutationRun, type RunHome } from "./mutation-run.ts";
import type { MutationScope } from "../model/mutation-settings.ts";
import { IDLE, type MutationState } from "./mutation-state.ts";
import type { OptionsNow } from "./mutation-work.ts";
import { needsNetwork } from "../model/retry.ts";

/** What a mutation needs of its store. */
export interface MutationHome extends Omit<RunHome, "update" | "ended"> {
  changed(mutation: Mutation): void;
  /** Nothing of it is under way any more. */
  ended(mutation: Mutation): void;
  /** Nobody watches it any more. */
  release(mutation: Mutation): void;
}

/** Whoever shows a mutation. */
export interface MutationWatcher {
  /** The state is different. */
  changed(): void;
}

/** One call of a mutation function, running or settled. It runs once. */
export class Mutation {
  readonly mutationKey: QueryKey | undefined;
  readonly scope: MutationScope | undefined;
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  #state: MutationState;
  #home: MutationHome;
  /** While it is under way: options, variables and promise go with it. */
  #run: MutationRun | undefined;
  #watchers = new Set<MutationWatcher>();

  constructor(options: OptionsNow, variables: unknown, home: MutationHome) {
    const { mutationKey, scope, meta, networkMode } = options();
    this.mutationKey = mutationKey;
    this.scope = scope;
    this.meta = meta;
    this.#home = home;
    const isPaused = !home.place.isFirst || (needsNetwork(networkMode, 0) && !home.host.isOnline);
    const submittedAt = home.host.wallNow();
    this.#state = Object.freeze({ ...IDLE, status: "pending", variables, submittedAt, isPaused });
    const { client, host, place, onceOnline, decided } = home;
    const update = (change: Partial<MutationState>): void => this.#update(change);
    this.#run = new MutationRun(options, variables, {
      client,
      host,
      place,
      onceOnline,
      decided,
      update,
      ended: () => this.#ended(),
    });
  }

  get state(): MutationState {
    return this.#state;
  }

  /** Whether something of it is under way, and be it the function of a cancelled one. */
  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** It waits for its turn in its scope, or for the network. */
  get isWaiting(): boolean {
    return this.#run?.isWaiting ?? false;
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Only its store does, once. */
  begin(): Promise<unknown> {
    const { promise } = this.#run!;
    void this.#run!.start();
    return promise;
  }

  /**
   * Aborts its signal and forgets it: it is idle at once, and its promise rejects with an AbortError when `onError` and
   * `onSettled` are done, which may roll back. One that still waits never runs. Does nothing once the function has
   * ended. The next of its scope waits for the function to end, which reading the signal makes soon.
   */
  cancel(): void {
    if (this.#run?.cancel()) this.#show(IDLE);
  }

  /** Forgets it without a callback; whoever awaits it gets an AbortError. */
  abandon(): void {
    this.#run?.abandon();
    this.#run = undefined;
    if (!this.#home.host.isDisposed) this.#show(IDLE);
  }

  /** Resolves when it has ended, well or not. */
  async ended(): Promise<void> {
    await this.#run?.promise.catch(() => undefined);
  }

  /** Hears of changes. Returns the undo. */
  watch(watcher: MutationWatcher): () => void {
    this.#watchers.add(watcher);
    return () => {
      if (this.#watchers.delete(watcher) && this.#watchers.size === 0) this.#home.release(this);
    };
  }

  #update(change: Partial<MutationState>): void {
    const state = this.#state;
    if (!this.#run || this.#home.host.isDisposed || state.status === "idle") return;
    // Names of a state, whose values are compared.
    const names = Object.keys(change) as (keyof MutationState)[];
    if (names.some((name) => !Object.is(change[name], state[name]))) this.#show(Object.freeze({ ...state, ...change }));
  }

  #show(state: MutationState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher.changed();
    this.#home.changed(this);
  }

  #ended(): void {
    this.#run = undefined;
    this.#home.ended(this);
  }
}
