import { guarded } from "../core/internal.ts";
import type { QueryClient } from "./client.ts";
import type { Mutation, MutationWatcher } from "./mutation.ts";
import { checkCallbacks } from "./mutation-checks.ts";
import type { MutateCallbacks, MutationOptions } from "./mutation-options.ts";
import { type MutationActions, type MutationField, type MutationResult, mutationResultOf } from "./mutation-result.ts";
import { IDLE, type MutationState } from "./mutation-state.ts";
import type { MutationStore } from "./mutation-store.ts";
import { mutationsOf } from "./mutations.ts";

/** One hook's view of its latest call. For bindings to other frameworks, and for code without one. */
export class MutationObserver<T = unknown, Variables = void, Context = unknown> implements MutationWatcher {
  /** Its functions are stable for as long as the observer. */
  readonly actions: MutationActions<T, Variables, Context>;
  #store: MutationStore;
  #options: MutationOptions<T, Variables, Context>;
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

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(client: QueryClient, options: MutationOptions<T, Variables, Context>) {
    this.#store = mutationsOf(client);
    this.#store.resolve("MutationObserver", options);
    this.#options = options;
    // Variables that are left out are `undefined`, which their type allows then.
    type Called = [variables: Variables, callbacks?: MutateCallbacks<T, Variables, Context>];
    const actions: MutationActions<T, Variables, Context> = {
      mutate: (...call) => void this.#start(...(call as Called)).catch(() => undefined),
      mutateAsync: async (...call) => this.#start(...(call as Called)),
      reset: () => this.#show(undefined),
      cancel: () => this.#cancel(),
    };
    this.actions = Object.freeze(actions);
  }

  /** Calls from now on are made with these. */
  update(options: MutationOptions<T, Variables, Context>): void {
    this.#options = options;
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
    const options = this.#store.resolve("MutationObserver", this.#options);
    const promise = this.#store.start(options, variables, (mutation) => this.#show(mutation, callbacks));
    // The answer of a function of `T`.
    return promise as Promise<T>;
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
