import { FrequencyPolicy } from "./frequency-policy.ts";
import type { Strategy } from "./policy.ts";

/**
 * Most frequently used: evicts the entry that was accessed most often since it came, and of several the one that has had
 * its count for the longest. For loads that have done with what they used often.
 *
 * Silberschatz, Galvin, Gagne, "Operating System Concepts", in the section on counting-based page replacement.
 */
export function mfu(): Strategy {
  return { name: "mfu", create: () => new FrequencyPolicy(1) };
}
