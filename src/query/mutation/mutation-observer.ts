import { guarded } from "../../core/lru/internal.ts";
import { checkAlive } from "../client/calls.ts";
import type { QueryClient } from "../client/client.ts";
import { hashKey } from "../key/key.ts";
import { CALLBACKS } from "../model/mutation-settings.ts";
import { checkOptions } from "../model/option-table.ts";
import { bitOf, differ } from "../observer/result-fields.ts";
import { IDLE, type MutationState, type MutationWatcher } from "./mutation.ts";
import { callsOf, type MutationCalls } from "./mutation-calls.ts";
import type { MutationOptions } from "./mutation-options.ts";
import {
  type MutateCallbacks,
  type MutationActions,
  type MutationField,
  type MutationResult,
  mutationResultOf,
} from "./mutation-result.ts";
import { MutationRun } from "./mutation-run.ts";

/** One hook's view of its latest call. For bindings to other frameworks, and for code without one. */
export class MutationObserver<T = unknown, Variables = void, Context = unknown> implements MutationWatcher {
  /** The same functions for as long as the observer. */
  readonly actions: MutationActions<T, Variables, Context>;
  #calls!: MutationCalls;
  /** The newest options of one mutation, which its calls under way go by as well. */
  #source!: { options: MutationOptions<T, Variables, Context> };
  /** The latest call, unless it was reset. */
  #run: MutationRun | undefined;
  /** Of the latest call, until it settled. */
  #callbacks: MutateCallbacks<T, Variables, Context> | undefined;
  #listeners = new Set<() => void>();
  /** The fields that were read, as bits. */
  #read = 0;
  /** What `#latest` was made of. */
  #state: MutationState = IDLE;
  #idle: MutationResult<T, Variables, Context>;
  #latest: MutationResult<T, Variables, Context>;
  #published: MutationResult<T, Variables, Context>;

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  constructor(client: QueryClient, options: MutationOptions<T, Variables, Context>) {
    // Variables that are left out are `undefined`, which their type allows then.
    type Called = [variables: Variables, callbacks?: MutateCallbacks<T, Variables, Context>];
    this.actions = Object.freeze<MutationActions<T, Variables, Context>>({
      mutate: (...call) => void this.#start(...(call as Called)).catch(() => undefined),
      mutateAsync: async (...call) => this.#start(...(call as Called)),
      reset: () => this.#show(undefined),
      cancel: () => {
        this.#run?.cancel();
        if (this.#run?.state === IDLE) this.#show(undefined);
      },
    });
    this.#idle = this.#latest = this.#published = mutationResultOf(IDLE, this.actions);
    this.update(options, client);
  }

  /** Whether it is a view of this client's mutations. */
  isOf(client: QueryClient): boolean {
    return this.#calls.client === client;
  }

  /**
   * Takes the newest options. Calls under way go on with these functions, too. With another `mutationKey` or client it is
   * another mutation: nothing is shown, and calls under way keep the options that they have.
   * @param client whose mutation it is from now on. @defaultValue the one that it had
   * @throws MachoOptionError for an option that cannot be used or does not exist
   */
  update(options: MutationOptions<T, Variables, Context>, client: QueryClient = this.#calls.client): void {
    const calls = callsOf(client);
    calls.resolve("MutationObserver", options);
    const before = this.#source?.options;
    const keys = [before?.mutationKey, options.mutationKey];
    const isSame = keys.includes(undefined) || hashKey(keys[0]!) === hashKey(keys[1]!);
    if (before && isSame && calls === this.#calls) {
      this.#source.options = options;
      if (options.networkMode !== before.networkMode) calls.wake();
      return;
    }
    this.#calls = calls;
    this.#source = { options };
    this.#show(undefined);
  }

  /** The newest result, whether or not a listener was told of it. The same one until something changed. */
  getResult = (): MutationResult<T, Variables, Context> => {
    const { state = IDLE } = this.#run ?? {};
    if (state === IDLE) return this.#idle;
    if (state !== this.#state) this.#latest = mutationResultOf((this.#state = state), this.actions);
    return this.#latest;
  };

  /** Replaced only when a field that was read has changed. */
  getSnapshot = (): MutationResult<T, Variables, Context> => {
    const latest = this.getResult();
    if (differ(this.#published, latest, this.#read)) this.#published = latest;
    return this.#published;
  };

  /** What a server renders, and a page that hydrates: idle. */
  getServerSnapshot = (): MutationResult<T, Variables, Context> => this.#idle;

  /** Changes of this field are told from now on. As long as nothing was read, every change is. */
  noteRead(field: MutationField): void {
    this.#read |= bitOf(field);
  }

  /** Hears of changes; while somebody does, the observer counts as mounted. Returns the undo. */
  subscribe = (listener: () => void): (() => void) => {
    const tell = (): void => guarded(listener);
    this.#listeners.add(tell);
    this.#run?.watch(this);
    return () => {
      if (this.#listeners.delete(tell) && this.#listeners.size === 0) this.#run?.watch(undefined);
    };
  };

  /** The latest call has news. */
  changed(): void {
    this.#notify();
    const { isSuccess, isError, data, error, variables, context } = this.getResult();
    if (!isSuccess && !isError) return;
    // Once, after the state. Only a mounted observer hears of the end.
    const { onSuccess, onError, onSettled } = this.#callbacks ?? {};
    this.#callbacks = undefined;
    // A settled call has variables and a context, and its data where it succeeded.
    guarded(() => void (isSuccess ? onSuccess?.(data, variables, context) : onError?.(error, variables, context)));
    guarded(() => void onSettled?.(data, error, variables, context));
  }

  #start(variables: Variables, callbacks: MutateCallbacks<T, Variables, Context> = {}): Promise<T> {
    checkOptions("mutate", CALLBACKS, callbacks);
    const calls = this.#calls;
    const source = this.#source;
    checkAlive(calls.host, "A mutation");
    const run = new MutationRun(() => calls.resolve("MutationObserver", source.options), variables, calls);
    calls.add(run);
    // Shown before anything runs.
    this.#show(run, callbacks);
    const promise = run.begin();
    if (calls.running.has(run)) calls.running.set(run, promise);
    // The answer of a function of `T`.
    return promise as Promise<T>;
  }

  #show(run: MutationRun | undefined, callbacks?: MutateCallbacks<T, Variables, Context>): void {
    this.#run?.watch(undefined);
    this.#run = run;
    this.#callbacks = callbacks;
    if (this.#listeners.size > 0) run?.watch(this);
    this.#notify();
  }

  #notify(): void {
    const before = this.#published;
    if (this.getSnapshot() !== before) for (const tell of this.#listeners) tell();
  }
}
