import { guarded } from "../../core/internal.ts";
import type { QueryClient } from "../client/client.ts";
import { hashKey } from "../key/key.ts";
import type { Mutation, MutationWatcher } from "./mutation.ts";
import { checkCallbacks } from "./mutation-checks.ts";
import type { MutateCallbacks, MutationOptions } from "./mutation-options.ts";
import { type MutationActions, type MutationField, type MutationResult, mutationResultOf } from "./mutation-result.ts";
import { IDLE, type MutationState } from "./mutation-state.ts";
import type { MutationStore } from "./mutation-store.ts";
import type { OptionsNow } from "./mutation-work.ts";
import { mutationsOf } from "./mutations.ts";

/** The newest options of one mutation, which its calls under way go by as well. */
interface Source<T, Variables, Context> {
  options: MutationOptions<T, Variables, Context>;
}

/** What a hook gives to its component: functions that act on whichever observer it has now. */
interface Hook<T, Variables, Context> {
  observer: MutationObserver<T, Variables, Context>;
  readonly actions: MutationActions<T, Variables, Context>;
}

/** One hook's view of its latest call. For bindings to other frameworks, and for code without one. */
export class MutationObserver<T = unknown, Variables = void, Context = unknown> implements MutationWatcher {
  #client: QueryClient;
  #store: MutationStore;
  #source: Source<T, Variables, Context>;
  #hook: Hook<T, Variables, Context>;
  /** The latest call, unless it was reset. */
  #mutation: Mutation | undefined;
  /** Of the latest call, until it settled. */
  #callbacks: MutateCallbacks<T, Variables, Context> | undefined;
  /** While somebody listens. */
  #unwatch: (() => void) | undefined;
  #listeners = new Set<{ readonly listener: () => void }>();
  #read = new Set<MutationField>();
  /** What `#latest` was made of. */
  #state: MutationState | undefined;
  #latest: MutationResult<T, Variables, Context> | undefined;
  #published: MutationResult<T, Variables, Context> | undefined;
  #idle: MutationResult<T, Variables, Context> | undefined;

  /**
   * @param before one of another client, which this one takes the place of with its first `update`: both have the same
   * actions
   * @throws MachoOptionError for an option that cannot be used or does not exist
   */
  constructor(
    client: QueryClient,
    options: MutationOptions<T, Variables, Context>,
    before?: MutationObserver<T, Variables, Context>,
  ) {
    this.#client = client;
    this.#store = mutationsOf(client);
    this.#store.check("MutationObserver", options);
    this.#source = { options };
    this.#hook = before ? before.#hook : this.#newHook();
  }

  /** The same functions for as long as the observer, and the one that takes its place. */
  get actions(): MutationActions<T, Variables, Context> {
    return this.#hook.actions;
  }

  /** Whether it is a view of this client's mutations. */
  isOf(client: QueryClient): boolean {
    return this.#client === client;
  }

  /**
   * Takes the newest options. Calls under way go on with these functions, too. With another `mutationKey` it is another
   * mutation: nothing is shown, and calls under way keep the options that they have.
   * @throws MachoOptionError for an option that cannot be used or does not exist
   */
  update(options: MutationOptions<T, Variables, Context>): void {
    this.#store.check("MutationObserver", options);
    this.#hook.observer = this;
    const { mutationKey: before, networkMode } = this.#source.options;
    const { mutationKey } = options;
    const isAnother = before !== undefined && mutationKey !== undefined && hashKey(before) !== hashKey(mutationKey);
    if (!isAnother) this.#source.options = options;
    else {
      this.#source = { options };
      this.#show(undefined);
    }
    if (options.networkMode !== networkMode) this.#store.lookAgain();
  }

  /** The newest result, whether or not a listener was told of it. The same one until something changed. */
  getResult = (): MutationResult<T, Variables, Context> => {
    const state = this.#mutation?.state ?? IDLE;
    if (this.#latest && this.#state === state) return this.#latest;
    this.#state = state;
    return (this.#latest = mutationResultOf(state, this.actions));
  };

  /** Replaced only when a field that was read has changed. */
  getSnapshot = (): MutationResult<T, Variables, Context> => {
    const latest = this.getResult();
    if (!this.#published || this.#differs(this.#published, latest)) this.#published = latest;
    return this.#published;
  };

  /** What a server renders, and a page that hydrates: idle. */
  getServerSnapshot = (): MutationResult<T, Variables, Context> =>
    (this.#idle ??= mutationResultOf(IDLE, this.actions));

  /** Changes of this field are told from now on. As long as nothing was read, every change is. */
  noteRead(field: MutationField): void {
    this.#read.add(field);
  }

  /** Hears of changes; while somebody does, the observer counts as mounted. Returns the undo. */
  subscribe = (listener: () => void): (() => void) => {
    const subscription = { listener };
    this.#listeners.add(subscription);
    this.#watch();
    return () => {
      if (this.#listeners.delete(subscription) && this.#listeners.size === 0) this.#leave();
    };
  };

  /** The latest call has news. */
  changed(): void {
    this.#notify();
    const { status } = this.#mutation?.state ?? IDLE;
    if (status === "success" || status === "error") this.#tellCallbacks();
  }

  #start(variables: Variables, callbacks: MutateCallbacks<T, Variables, Context> = {}): Promise<T> {
    checkCallbacks("mutate", callbacks);
    const source = this.#source;
    const options: OptionsNow = () => this.#store.resolve("MutationObserver", source.options);
    const promise = this.#store.start(options, variables, (mutation) => this.#show(mutation, callbacks));
    // The answer of a function of `T`.
    return promise as Promise<T>;
  }

  #newHook(): Hook<T, Variables, Context> {
    // Variables that are left out are `undefined`, which their type allows then.
    type Called = [variables: Variables, callbacks?: MutateCallbacks<T, Variables, Context>];
    const actions: MutationActions<T, Variables, Context> = {
      mutate: (...call) => void hook.observer.#start(...(call as Called)).catch(() => undefined),
      mutateAsync: async (...call) => hook.observer.#start(...(call as Called)),
      reset: () => hook.observer.#show(undefined),
      cancel: () => hook.observer.#cancel(),
    };
    const hook = { observer: this as MutationObserver<T, Variables, Context>, actions: Object.freeze(actions) };
    return hook;
  }

  #cancel(): void {
    const mutation = this.#mutation;
    mutation?.cancel();
    if (mutation?.state.status === "idle") this.#show(undefined);
  }

  #show(mutation: Mutation | undefined, callbacks?: MutateCallbacks<T, Variables, Context>): void {
    this.#leave();
    this.#mutation = mutation;
    this.#callbacks = callbacks;
    if (this.#listeners.size > 0) this.#watch();
    this.#notify();
  }

  #watch(): void {
    this.#unwatch ??= this.#mutation?.watch(this);
  }

  #leave(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #notify(): void {
    const before = this.#published;
    if (before && this.getSnapshot() === before) return;
    for (const { listener } of this.#listeners) guarded(listener);
  }

  /** Once, after the state. Only a watching observer hears of the end, so only a mounted one gets here. */
  #tellCallbacks(): void {
    const { onSuccess, onError, onSettled } = this.#callbacks ?? {};
    this.#callbacks = undefined;
    const result = this.getResult();
    // A settled call has variables, and its data where it succeeded.
    const [data, variables] = [result.data as T, result.variables as Variables];
    const { context, error } = result;
    if (result.isSuccess) tell(() => onSuccess?.(data, variables, context));
    else tell(() => onError?.(error, variables, context));
    tell(() => onSettled?.(result.data, error, variables, context));
  }

  #differs(one: MutationResult<T, Variables, Context>, other: MutationResult<T, Variables, Context>): boolean {
    if (one === other) return false;
    const fields = this.#read.size > 0 ? this.#read : (Object.keys(one) as MutationField[]);
    for (const field of fields) if (!Object.is(one[field], other[field])) return true;
    return false;
  }
}

/** Runs a callback that nobody awaits. What it throws is reported, at once or later. */
function tell(callback: () => unknown): void {
  guarded(() => void callback());
}
