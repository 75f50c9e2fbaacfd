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
  /** Whether no other run of its scope goes first. */
  hasTurn(run: MutationRun): boolean;
  /** The state is different. */
  changed(run: MutationRun): void;
  /** It ended, well or not, and so did its function. */
  ended(run: MutationRun): void;
  /** Nobody watches it any more. */
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
  #state: MutationState;
  #home: RunHome;
  /** Who hears of changes. See `watch`. */
  watcher: MutationWatcher | undefined;
  /** While it waits for its turn or for the network: looks again whether it has to. */
  goOn: (() => void) | undefined;
  /** While it runs: whoever listens to its signal holds the options. */
  #controller: AbortController | undefined = new AbortController();
  /** Until it is cancelled, or its function has ended for good. */
  #mayCancel = true;
  /** While it runs. */
  #reject: ((error: unknown) => void) | undefined;

  constructor(options: ResolvedMutationOptions, variables: unknown, home: RunHome) {
    this.mutationKey = options.mutationKey;
    this.scope = options.scope;
    this.meta = options.meta;
    this.#home = home;
    const submittedAt = home.host.wallNow();
    const isPaused = this.#mustWait(options, 0);
    this.#state = Object.freeze({ ...IDLE, status: "pending", variables, submittedAt, isPaused });
  }

  get state(): MutationState {
    return this.#state;
  }

  /** Says who hears of changes from now on, if anybody. */
  watch(watcher: MutationWatcher | undefined): void {
    this.watcher = watcher;
    if (!watcher) this.#home.unwatched(this);
  }

  /** Only its client's `MutationCalls` does, once. @returns what settles when it ended, after the state has changed */
  begin(now: OptionsNow): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      void this.#run(now, this.#controller!.signal, resolve, reject);
    });
  }

  cancel(): void {
    if (!this.#mayCancel) return;
    this.#mayCancel = false;
    this.#controller?.abort();
    this.#show(IDLE);
  }

  /** Ends it without a callback, where it runs. @param isForgotten whether nothing is shown of it any more */
  abandon(isForgotten: boolean): void {
    if (this.#reject && this.#controller) {
      this.#controller.abort();
      this.#reject(reasonOf(this.#controller.signal));
      this.#reject = undefined;
    }
    if (isForgotten) this.#show(IDLE);
  }

  async #run(
    now: OptionsNow,
    signal: AbortSignal,
    resolve: (data: unknown) => void,
    reject: (error: unknown) => void,
  ): Promise<void> {
    const { mutationKey, meta } = this;
    const { variables } = this.#state;
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
        if (!failure) failure = { error };
        else guarded(() => throws(error));
      }
    };
    await step(async () => {
      const { onMutate } = now();
      if (onMutate) context = await onMutate(variables, call);
      this.#update({ context });
      if (!signal.aborted) data = await this.#work(now, signal, () => (trying = this.#try(now, variables, call)));
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
      reject(failure.error);
    } else {
      this.#update({ status: "success", data, failureCount: 0, failureReason: undefined, isPaused: false });
      resolve(data);
    }
    // An abort cannot stop the function, only ask it to end.
    await trying?.catch(() => undefined);
    this.#reject = this.goOn = this.#controller = undefined;
    if (this.#isRunning) this.#home.ended(this);
  }

  get #isRunning(): boolean {
    return this.#home.running.has(this);
  }

  /** The answer of the function, or its last error; rejects at once when it is cancelled. */
  #work(now: OptionsNow, signal: AbortSignal, call: () => Promise<unknown>): Promise<unknown> {
    const cancelled = new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(reasonOf(signal)), { once: true });
    });
    const answer = withRetries(
      {
        isWanted: () => !signal.aborted,
        waitOf: (failures) => {
          if (!this.#mustWait(now(), failures)) return undefined;
          return (run) => ((this.goOn = run), () => undefined);
        },
        onPause: (isPaused) => this.#update({ isPaused }),
        call,
        options: now,
        onceEnded: (run) => signal.addEventListener("abort", run),
      },
      this.#home.host,
    );
    return Promise.race([cancelled, answer]);
  }

  #mustWait({ networkMode }: ResolvedMutationOptions, failures: number): boolean {
    const { host } = this.#home;
    return !this.#home.hasTurn(this) || (needsNetwork(networkMode, failures) && !host.isOnline);
  }

  async #try(now: OptionsNow, variables: unknown, call: MutationCall<unknown>): Promise<unknown> {
    this.goOn = undefined;
    this.#update({ isPaused: false });
    try {
      return await functionOf(now())(variables, call);
    } catch (error) {
      this.#update({ failureCount: this.#state.failureCount + 1, failureReason: error });
      throw error;
    }
  }

  #update(change: Partial<MutationState>): void {
    const state = this.#state;
    if (!this.#isRunning || state.status === "idle") return;
    const next = { ...state, ...change };
    if (!isSame(state, next)) this.#show(Object.freeze(next));
  }

  #show(state: MutationState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.watcher?.changed();
    this.#home.changed(this);
  }
}

function throws(error: unknown): never {
  throw error;
}

/** What a call runs. @throws MachoError "invalid-argument" when nobody said what function to call */
export function functionOf({
  mutationFn,
}: ResolvedMutationOptions): NonNullable<ResolvedMutationOptions["mutationFn"]> {
  if (mutationFn) return mutationFn;
  const message = "A mutation was called without a function, got no mutationFn. Pass one, or use setMutationDefaults.";
  throw new MachoError("invalid-argument", message);
}
