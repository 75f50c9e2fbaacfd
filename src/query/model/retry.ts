import { check } from "../../core/lru/internal.ts";
import type { NetworkMode, Retry, RetryDelay } from "./fetcher.ts";

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;

/** @param failureCount failures before this one */
export function shouldRetry(retry: Retry, failureCount: number, error: unknown): boolean {
  if (typeof retry === "function") return retry(failureCount, error);
  return typeof retry === "boolean" ? retry : failureCount < retry;
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
  const ms = typeof delay === "function" ? checkedDelay(delay(failureCount, error)) : delay;
  if (ms !== undefined) return ms;
  return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failureCount) * (0.5 + random() / 2);
}

/** What is made of a header that is not there says nothing, and must not hide why the load failed. */
function checkedDelay(ms: unknown): number | undefined {
  if (ms === undefined || ms === null || Number.isNaN(ms)) return undefined;
  const isGood = typeof ms === "number";
  check(isGood, "retryDelay", "must return a number of ms", ms, "retryDelay: (failures) => 1_000 * failures");
  return Math.max(0, ms as number);
}

/** Whether the next try waits for the network. @param failureCount tries that failed before it */
export function needsNetwork(mode: NetworkMode, failureCount: number): boolean {
  return mode === "online" || (mode === "offlineFirst" && failureCount > 0);
}
