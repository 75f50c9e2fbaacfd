import { check, checkNames } from "../lru/checks.ts";
import { FrequencyPolicy } from "./frequency-policy.ts";
import type { Strategy } from "./policy.ts";

/** How `lfu` is set up. */
export interface LfuOptions {
  /**
   * Accesses, for each entry that fits, after which every count is halved: without it, what was popular once stays
   * for ever. Above 0; 10 is usual. `Infinity` never ages. @defaultValue Infinity
   */
  halveEvery?: number | undefined;
}

/**
 * Least frequently used: evicts the entry that was accessed least often since it came, and of several the one that
 * has had its count for the longest. The worst choice when the load changes, unless it ages.
 *
 * Where keys are asked for independently of each other, the best is to evict the least likely one: Aho, Denning, Ullman,
 * "Principles of Optimal Page Replacement", JACM 18(1), 1971. Counts are what is known of that.
 * @throws MachoOptionError for an option that cannot be used
 */
export function lfu(options: LfuOptions = {}): Strategy {
  checkNames("lfu", options, { halveEvery: true } satisfies Record<keyof LfuOptions, true>);
  const { halveEvery = Infinity } = options;
  const isGood = typeof halveEvery === "number" && halveEvery > 0;
  check(isGood, "halveEvery", "must be a number above 0, or Infinity", halveEvery, "halveEvery: 10");
  return { name: "lfu", create: (context) => new FrequencyPolicy(context, 0, halveEvery) };
}
