import type { Timing } from "../timing/timing.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import { delayOf, needsNetwork, shouldRetry } from "../model/retry.ts";

/** What loading takes of a client: waiting, chance, and the network. */
export interface LoadHost extends Pick<
  Timing,
  "after" | "isCatchingUp" | "isOnline" | "isVisible" | "once" | "wallNow"
> {
  /** Whether timers run: not before `mount()`, and not after `dispose()`. */
  readonly canWait: boolean;
  /** Nothing is loaded any more. */
  readonly isDisposed: boolean;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** What a load is from its start: one for the network waits where there is none. */
export function statusAtStart(
  { isOnline }: Pick<LoadHost, "isOnline">,
  { networkMode }: Pick<ResolvedQueryOptions, "networkMode">,
): "fetching" | "paused" {
  return !isOnline && needsNetwork(networkMode, 0) ? "paused" : "fetching";
}

/** Runs something once, when a wait may be over. Returns the undo. */
type Wait = (run: () => void) => () => void;

/** Work that is tried again when it fails: a load, or a call of a mutation. */
export interface Retried<T> {
  /** Whether somebody waits for the outcome. Otherwise it is neither called nor tried again. */
  isWanted(): boolean;
  /** What the next call has to wait for, such as the network or the page. @param failures tries that failed before */
  waitOf(failures: number): Wait | undefined;
  /** It begins to wait, or goes on. */
  onPause(isPaused: boolean): void;
  /** One try. The first one is made at once, unless it has to wait. */
  call(): T | PromiseLike<T>;
  /** How it is tried again, as its owner would have it now. Asked after each failure. */
  options(): Pick<ResolvedQueryOptions, "retry" | "retryDelay">;
  /** A try failed, and there will be another one. */
  onFailure?(failureCount: number, error: unknown): void;
  /** Runs it when the work has ended, however it did: it waits no more then. */
  onceEnded(run: () => void): void;
}

/**
 * Calls a function until it succeeds, or is not to be tried again. Each call waits until it may be made.
 * @returns the answer; `undefined` where nobody wants it any more, so that it is not called
 * @throws the last error
 */
export async function withRetries<T>(
  work: Retried<T>,
  host: Pick<LoadHost, "canWait" | "random" | "after">,
): Promise<T | undefined> {
  let stopWaiting: (() => void) | undefined;
  // Once for all waits: it may be tried for ever.
  work.onceEnded(() => stopWaiting?.());
  const until = (wait: Wait): Promise<void> =>
    new Promise((resolve) => {
      const undo = wait(resolve);
      stopWaiting = () => (undo(), resolve());
    });
  // oxlint-disable no-await-in-loop -- One after the other is what this is for.
  for (let failures = 0; ; failures++) {
    let isPaused = false;
    for (let wait; work.isWanted() && (wait = work.waitOf(failures));) {
      if (!isPaused) work.onPause((isPaused = true));
      await until(wait);
    }
    // Without an await in between, so that all of this still holds when the function is called.
    if (!work.isWanted()) return undefined;
    if (isPaused) work.onPause(false);
    try {
      return await work.call();
    } catch (error) {
      const { retry, retryDelay } = work.options();
      if (!work.isWanted() || !host.canWait || !shouldRetry(retry, failures, error)) throw error;
      work.onFailure?.(failures + 1, error);
      await until((run) => host.after(delayOf(retryDelay, failures, error, host.random), run, true));
      if (!work.isWanted()) throw error;
    }
  }
  // oxlint-enable no-await-in-loop
}
