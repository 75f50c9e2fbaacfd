import { ListPolicy } from "./list-policy.ts";
import type { Strategy } from "./policy.ts";

/**
 * First in, first out: evicts the entry that was added longest ago. An overwrite keeps its place.
 *
 * Belady, "A Study of Replacement Algorithms for a Virtual-Storage Computer", IBM Systems Journal 5(2), 1966.
 */
export function fifo(): Strategy {
  return { name: "fifo", create: () => new ListPolicy("nothing") };
}
