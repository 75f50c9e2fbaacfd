import { MachoError } from "../../core/lru/index.ts";
import { guarded, reasonOf } from "../../core/lru/internal.ts";
import type { QueryKey } from "../key/key.ts";
import { type LoadHost, withRetries } from "../machine/retries.ts";
import type { MutationCall, MutationScope, ResolvedMutationOptions } from "../model/mutation-settings.ts";
import { needsNetwork } from "../model/retry.ts";
import { isSame } from "../observer/result-fields.ts";
import { IDLE, type Mutation, type MutationState, type MutationWatcher } from "./mutation.ts";

/** The options of a call as they are now: the newest of the hook that made it, or the last ones that it gave. */
export type OptionsNow = () => ResolvedMutationOptions;

/** What a run needs of the other calls of its client. */
export interface RunHome {
  readonly client: unknown;
  readonly host: Pick<LoadHost, "canWait" | "isOnline" | "random" | "wallNow" | "after"> & {
    /** Keys that were loaded since a function has ended for good. */
    readonly loadedSince: Set<string> | undefined;
  };
  /** Those of which something is under way, and be it the function of a cancelled one. */
  readonly running: { has(run: MutationRun): boolean };
  /** Which run of its scope goes first, where it has a scope. */
  firstOf(run: MutationRun): MutationRun | undefined;
  /** The state is different. */
  changed(run: MutationRun): void;
  /** It ended, well or not, and so did its function. */
  ended(run: MutationRun): void;
  /** Nobody watches it, perhaps. */
  unwatched(run: MutationRun): void;
}

/**
 * One call of a mutation, from its first callback to its end.
 * ```
 *  onMutate -> its turn -> the network -> mutationFn -> onSuccess -> onSettled -> success
 *     |           |            |            |  ^ retry      | threw
 *     |           |            |            +--+            v
 *     +-----------+------------+-----> onError ------> onSettled -> error, or idle when cancelled
 * ```
 * A run that has ended holds its state only: options and promise are let go. See
 * docs/decisions/0031-a-run-and-those-around-it.md.
 */
export class MutationRun implements Mutation {
  readonly mutationKey: QueryKey | undefined;
  readonly scope: MutationScope | undefined;
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  /** Others only read it. */
  state: MutationState = IDLE;
  #home: RunHome;
  /** Who hears of changes. */
  watcher: MutationWatcher | undefined;
  /** While it waits for its turn or for the network: looks again whether it has to. */
  goOn: (() => void) | undefined;
  /** While it runs. */
  #now: OptionsNow | undefined;
  /** While it runs: whoever listens to its signal holds the options. */
  #controller: AbortController | undefined = new AbortController();
  /** Until it is cancelled, or its function has ended for good. */
  #mayCancel = true;
  #reject: ((error: unknown) => void) | undefined;

  /** @throws MachoError "invalid-argument" when nobody said what function to call */
  constructor(now: OptionsNow, variables: unknown, home: RunHome) {
    const options = now();
    functionOf(options);
    this.mutationKey = options.mutationKey;
    this.scope = options.scope;
    this.meta = options.meta;
    this.#home = home;
    this.#now = now;
    const submittedAt = home.host.wallNow();
    this.state = Object.freeze({ ...IDLE, status: "pending", variables, submittedAt, isPaused: this.#mustWait(0) });
  }

  /** Only its maker does, once. @returns what settles when it ended, after the state has changed */
  begin(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      void this.#run(this.#controller!.signal, this.#now!, resolve);
    });
  }

  /** Says who hears of changes from now on, if anybody. */
  watch(watcher: MutationWatcher | undefined): void {
    this.watcher = watcher;
    if (!watcher) this.#home.unwatched(this);
  }

  cancel(): void {
    if (!this.#mayCancel) return;
    this.#mayCancel = false;
    this.#controller?.abort();
    this.#show(IDLE);
  }

  /** Ends it without a callback, where it runs. @param isForgotten whether nothing is shown of it any more */
  abandon(isForgotten: boolean): void {
    const controller = this.#controller;
    controller?.abort();
    if (controller) this.#reject?.(reasonOf(controller.signal));
    if (isForgotten) this.#show(IDLE);
  }

  async #run(signal: AbortSignal, now: OptionsNow, resolve: (data: unknown) => void): Promise<void> {
    const { mutationKey, meta } = this;
    const { variables } = this.state;
    const call = Object.freeze({ signal, client: this.#home.client, mutationKey, meta });
    let trying: Promise<unknown> | undefined;
    let context: unknown;
    let data: unknown;
    let failure: { readonly error: unknown } | undefined;
    /** What a step throws makes a success a failure; a failure stays what it was. */
    const step = async (run: () => unknown): Promise<void> => {
      try {
        if (this.#isRunning) await run();
      } catch (error) {
        if (failure) guarded(() => throws(error));
        else failure = { error };
      }
    };
    await step(async () => {
      const { onMutate } = now();
      if (onMutate) context = await onMutate(variables, call);
      this.#update({ context });
      if (!signal.aborted) data = await this.#work(signal, now, () => (trying = this.#try(now, call)));
    });
    this.#mayCancel = false;
    this.#home.host.loadedSince?.clear();
    if (signal.aborted) failure = { error: reasonOf(signal) };
    const failed = failure;
    // Each callback is asked for when it is called: the one before it may have taken long.
    await step(() =>
      failed
        ? now().onError?.(failed.error, variables, context, call)
        : now().onSuccess?.(data, variables, context, call),
    );
    await step(() => now().onSettled?.(data, failure?.error, variables, context, call));
    if (failure) {
      this.#update({ status: "error", data, error: failure.error, isPaused: false });
      this.#reject!(failure.error);
    } else {
      this.#update({ status: "success", data, failureCount: 0, failureReason: undefined, isPaused: false });
      resolve(data);
    }
    // An abort cannot stop the function, only ask it to end.
    await trying?.catch(() => undefined);
    this.#reject = this.goOn = this.#controller = this.#now = undefined;
    if (this.#isRunning) this.#home.ended(this);
  }

  get #isRunning(): boolean {
    return this.#home.running.has(this);
  }

  /** The answer of the function, or its last error; rejects at once when it is cancelled. */
  #work(signal: AbortSignal, now: OptionsNow, call: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onceEnded = (run: () => void): void => signal.addEventListener("abort", run);
      onceEnded(() => reject(reasonOf(signal)));
      const work = {
        isWanted: () => !signal.aborted,
        waitOf: (failures: number) => {
          if (!this.#mustWait(failures)) return undefined;
          return (run: () => void) => ((this.goOn = run), () => undefined);
        },
        onPause: (isPaused: boolean) => this.#update({ isPaused }),
        call,
        options: now,
        onceEnded,
      };
      withRetries(work, this.#home.host).then(resolve, reject);
    });
  }

  #mustWait(failures: number): boolean {
    const home = this.#home;
    const isNext = (home.firstOf(this) ?? this) === this;
    return !isNext || (!home.host.isOnline && needsNetwork(this.#now!().networkMode, failures));
  }

  async #try(now: OptionsNow, call: MutationCall<unknown>): Promise<unknown> {
    this.goOn = undefined;
    this.#update({ isPaused: false });
    try {
      return await functionOf(now())(this.state.variables, call);
    } catch (error) {
      this.#update({ failureCount: this.state.failureCount + 1, failureReason: error });
      throw error;
    }
  }

  #update(change: Partial<MutationState>): void {
    const next = { ...this.state, ...change };
    if (this.#isRunning && this.state !== IDLE && !isSame(this.state, next)) this.#show(Object.freeze(next));
  }

  #show(state: MutationState): void {
    this.state = state;
    this.watcher?.changed();
    this.#home.changed(this);
  }
}

function throws(error: unknown): never {
  throw error;
}

function functionOf({ mutationFn }: ResolvedMutationOptions): NonNullable<ResolvedMutationOptions["mutationFn"]> {
  if (mutationFn) return mutationFn;
  const message = "A mutation needs a function, got no mutationFn. Pass one, or use setMutationDefaults.";
  throw new MachoError("invalid-argument", message);
}
