import { guarded, reasonOf } from "../../core/internal.ts";
import type { QueryClient } from "../client/client.ts";
import type { MutationCallContext } from "./mutation-options.ts";
import { MutationWork, type OptionsNow, type WorkHome } from "./mutation-work.ts";

/** What a run needs of the mutation around it. */
export interface RunHome extends WorkHome {
  readonly client: QueryClient;
  /** Its function has ended for good. */
  decided(): void;
  /** It ended, well or not, and so did its function. */
  ended(): void;
}

interface Failure {
  readonly error: unknown;
}

/**
 * One call of a mutation, from its first callback to its end. It is never used twice, and whoever holds the mutation
 * lets go of it when it ended.
 * ```
 *  onMutate -> its turn -> the network -> mutationFn -> onSuccess -> onSettled -> success
 *     |           |            |            |  ^ retry      | threw
 *     |           |            |            +--+            v
 *     +-----------+------------+-----> onError ------> onSettled -> error, or idle when cancelled
 * ```
 */
export class MutationRun {
  /** Settles when it ended, after the state has changed. */
  readonly promise: Promise<unknown>;
  #resolve!: (data: unknown) => void;
  #reject!: (error: unknown) => void;
  #options: OptionsNow;
  #variables: unknown;
  #home: RunHome;
  #controller = new AbortController();
  #call: MutationCallContext;
  #work: MutationWork;
  /** Its function has ended for good: what is left are callbacks. */
  #isDecided = false;
  #isAbandoned = false;

  constructor(options: OptionsNow, variables: unknown, home: RunHome) {
    this.#options = options;
    this.#variables = variables;
    this.#home = home;
    const { mutationKey, meta } = options();
    this.#call = Object.freeze({ signal: this.#signal, client: home.client, mutationKey, meta });
    this.#work = new MutationWork(options, variables, this.#call, home);
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
  }

  async start(): Promise<void> {
    let context: unknown;
    let data: unknown;
    let failure: Failure | undefined;
    try {
      const { onMutate } = this.#options();
      if (onMutate) context = await onMutate(this.#variables, this.#call);
      if (this.#isDead) return;
      this.#home.update({ context });
      if (!this.#signal.aborted) data = await this.#unlessAborted(this.#work.run());
    } catch (error) {
      failure = { error };
    }
    this.#isDecided = true;
    this.#home.decided();
    if (this.#signal.aborted) failure = { error: reasonOf(this.#signal) };
    this.#end(data, await this.#conclude(data, failure, context));
    await this.#work.quiet();
    if (this.#isDead) return;
    this.#home.place.leave();
    this.#home.ended();
  }

  /** Asks the function to stop, and fails with an AbortError. Gives false once the function has ended. */
  cancel(): boolean {
    if (this.#isDecided || this.#signal.aborted) return false;
    this.#controller.abort();
    return true;
  }

  /** Ends it at once, without a callback, whatever is under way. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#controller.abort();
    this.#reject(reasonOf(this.#signal));
  }

  /** It waits for its turn or for the network. */
  get isWaiting(): boolean {
    return this.#work.isWaiting;
  }

  get #signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Nothing of it runs any more. */
  get #isDead(): boolean {
    return this.#isAbandoned || this.#home.host.isDisposed;
  }

  #unlessAborted(work: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#signal.aborted) reject(reasonOf(this.#signal));
      this.#signal.addEventListener("abort", () => reject(reasonOf(this.#signal)), { once: true });
      work.then(resolve, reject);
    });
  }

  /** The callbacks. What they throw makes a success a failure; a failure stays what it was. */
  async #conclude(data: unknown, failed: Failure | undefined, context: unknown): Promise<Failure | undefined> {
    const [variables, call] = [this.#variables, this.#call];
    // Each is asked for when it is called: the one before it may have taken long.
    const failure = await this.#tell(failed, () =>
      failed
        ? this.#options().onError?.(failed.error, variables, context, call)
        : this.#options().onSuccess?.(data, variables, context, call),
    );
    return this.#tell(failure, () => this.#options().onSettled?.(data, failure?.error, variables, context, call));
  }

  async #tell(failure: Failure | undefined, callback: () => unknown): Promise<Failure | undefined> {
    try {
      if (!this.#isDead) await callback();
    } catch (error) {
      if (!failure) return { error };
      guarded(() => {
        throw error;
      });
    }
    return failure;
  }

  /** The state, then whoever awaits it. */
  #end(data: unknown, failure: Failure | undefined): void {
    if (this.#isDead) return;
    const isPaused = false;
    if (!failure) this.#home.update({ status: "success", data, failureCount: 0, failureReason: undefined, isPaused });
    else if (!this.#signal.aborted) {
      const { failureCount } = this.#work;
      this.#home.update({ status: "error", data, error: failure.error, failureCount, isPaused });
    }
    if (failure) this.#reject(failure.error);
    else this.#resolve(data);
  }
}
