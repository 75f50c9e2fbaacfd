import { guarded, reasonOf } from "../../core/lru/internal.ts";
import type { AnyFetcher, Fetcher } from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";

/** A source gives its values to it. */
export interface Subscriber<T> {
  /** Shows a value, or the output of a function of the value before. */
  next(value: T | ((before: T | undefined) => T)): void;
  /** The source has failed: the data stays, beside the error. */
  error(error: unknown): void;
  /** There will be no more. */
  complete(): void;
}

/** Connects to a source of values. Returns a function that disconnects. */
export type SubscribeTo<T, K extends QueryKey = QueryKey> = (key: K, subscriber: Subscriber<T>) => (() => void) | void;

/**
 * A fetcher that stays connected to a source: its load goes on for as long as somebody looks, and each value is shown
 * when it comes. As one load serves every hook of a key, there is one connection.
 */
export function subscriptionFetcher<T, K extends QueryKey>(subscribe: SubscribeTo<T, K>): Fetcher<T, K> {
  const connect: Fetcher<T, K> = (key, context) =>
    new Promise<T>((resolve, reject) => {
      const { signal } = context;
      let isOver = false;
      let disconnect: (() => void) | void = undefined;
      const end = (settle: () => void): void => {
        if (isOver) return;
        isOver = true;
        if (disconnect) guarded(disconnect);
        settle();
      };
      const now = (): T | undefined => context.previous as T | undefined;
      const subscriber: Subscriber<T> = {
        next(value) {
          if (!isOver) context.publish(typeof value === "function" ? (value as (before: unknown) => T)(now()) : value);
        },
        error: (error) => end(() => reject(error)),
        // What was shown last is the answer.
        complete: () => end(() => resolve(now() as T)),
      };
      signal.addEventListener("abort", () => end(() => reject(reasonOf(signal))), { once: true });
      disconnect = subscribe(key, subscriber);
      if (isOver && disconnect) guarded(disconnect);
    });
  return Object.assign(connect, { staysOpen: true } satisfies Pick<AnyFetcher, "staysOpen">);
}
