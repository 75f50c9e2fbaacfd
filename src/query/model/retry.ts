import { fail } from "../../core/lru/internal.ts";
import type { NetworkMode, Retry, RetryDelay } from "./fetcher.ts";

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;

/** @param failureCount failures before this one */
export function shouldRetry(retry: Retry, failureCount: number, error: unknown): boolean {
  if (typeof retry === "function") return retry(failureCount, error);
  return retry === true || failureCount < Number(retry);
}

/**
 * Exponential backoff with "equal jitter": clients that failed together do not all come back together.
 * @param random from 0 to below 1
 * @returns ms
 * @throws MachoOptionError when the function gives something else than a number
 */
export function delayOf(
  delay: RetryDelay | undefined,
  failureCount: number,
  error: unknown,
  random: () => number,
): number {
  // What is made of a header that is not there says nothing, and must not hide why the load failed.
  const ms = (typeof delay === "function" ? delay(failureCount, error) : delay) ?? Number.NaN;
  if (Number.isNaN(ms)) return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failureCount) * (0.5 + random() / 2);
  if (typeof ms !== "number") fail("retryDelay", "must give a number of ms", ms, "retryDelay: 1_000");
  return Math.max(0, ms);
}

/** Whether the next try waits for the network. @param failureCount tries that failed before it */
export function needsNetwork(mode: NetworkMode, failureCount: number): boolean {
  return mode === "online" || (mode === "offlineFirst" && failureCount > 0);
}
