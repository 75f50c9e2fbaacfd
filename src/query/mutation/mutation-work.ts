import { MachoError } from "../../core/index.ts";
import type { LoadHost } from "../machine/retries.ts";
import type { ResolvedMutationOptions } from "./mutation-checks.ts";
import type { MutationCallContext } from "./mutation-options.ts";
import type { MutationState } from "./mutation-state.ts";
import type { Place } from "./mutation-turns.ts";
import { delayOf, needsNetwork, shouldRetry } from "../model/retry.ts";

/** The options of a call as they are now: the newest of the hook that made it, or the last ones that it gave. */
export type OptionsNow = () => ResolvedMutationOptions;

/** What the work needs of its client and store. */
export interface WorkHome {
  readonly host: LoadHost;
  /** In the line of its scope. */
  readonly place: Place;
  /** Runs it once, when the network is back. Returns the undo. */
  onceOnline(run: () => void): () => void;
  /** Something is known that was not. */
  update(change: Partial<MutationState>): void;
}

/** The function of one call: it waits for its turn and for the network, and is tried as often as the options say. */
export class MutationWork {
  failureCount = 0;
  /** It waits for its turn or for the network. */
  isWaiting = false;
  #options: OptionsNow;
  #variables: unknown;
  #call: MutationCallContext;
  #home: WorkHome;
  /** The try under way, which an abort cannot stop, only ask to. */
  #trying: Promise<unknown> | undefined;

  constructor(options: OptionsNow, variables: unknown, call: MutationCallContext, home: WorkHome) {
    this.#options = options;
    this.#variables = variables;
    this.#call = call;
    this.#home = home;
  }

  /** The answer, or the last error. After an abort it may never settle, but calls no function any more. */
  async run(): Promise<unknown> {
    const { place } = this.#home;
    if (!place.isFirst) await this.#pause((go) => place.onTurn(go));
    for (;;) {
      // Without an await in between, so that it is still true when the function is called.
      while (this.#isOffline) await this.#pause((go) => this.#home.onceOnline(go));
      if (this.#isOver) return undefined;
      this.#home.update({ isPaused: false });
      try {
        return await (this.#trying = this.#try());
      } catch (error) {
        await this.#beforeNextTry(error);
      }
    }
  }

  /** Resolves when no function runs any more. */
  async quiet(): Promise<void> {
    await this.#trying?.catch(() => undefined);
  }

  get #isOver(): boolean {
    return this.#call.signal.aborted || this.#home.host.isDisposed;
  }

  get #isOffline(): boolean {
    return needsNetwork(this.#options().networkMode, this.failureCount) && !this.#home.host.isOnline;
  }

  async #try(): Promise<unknown> {
    return functionOf(this.#options())(this.#variables, this.#call);
  }

  /** @throws the error of the try, when it was the last one */
  async #beforeNextTry(error: unknown): Promise<void> {
    const { host } = this.#home;
    const failuresBefore = this.failureCount++;
    this.#home.update({ failureCount: this.failureCount, failureReason: error });
    const { retry, retryDelay } = this.#options();
    if (this.#isOver || !host.canWait || !shouldRetry(retry, failuresBefore, error)) throw error;
    const ms = delayOf(retryDelay, failuresBefore, error, () => host.random());
    await this.#until((go) => host.after(ms, go, true));
  }

  async #pause(wait: (go: () => void) => () => void): Promise<void> {
    this.#home.update({ isPaused: true });
    this.isWaiting = true;
    await this.#until(wait);
    this.isWaiting = false;
  }

  /** Resolves when it goes on. An abort undoes the wait, and then it never does. */
  #until(wait: (go: () => void) => () => void): Promise<void> {
    const { signal } = this.#call;
    return new Promise((resolve) => {
      let undo = (): void => undefined;
      undo = wait(() => {
        // A mutation may be tried for ever.
        signal.removeEventListener("abort", undo);
        resolve();
      });
      if (signal.aborted) undo();
      else signal.addEventListener("abort", undo, { once: true });
    });
  }
}

/** What a call runs. @throws MachoError "invalid-argument" when nobody said what function to call */
export function functionOf({
  mutationFn,
}: ResolvedMutationOptions): NonNullable<ResolvedMutationOptions["mutationFn"]> {
  if (mutationFn) return mutationFn;
  const message = "A mutation was called without a function, got no mutationFn. Pass one, or use setMutationDefaults.";
  throw new MachoError("invalid-argument", message);
}
