import { ListPolicy } from "./list-policy.ts";
import type { Strategy } from "./policy.ts";

/** First in, first out: evicts the entry that was added longest ago. An overwrite keeps its place. */
export function fifo(): Strategy {
  return { name: "fifo", create: () => new ListPolicy("nothing") };
}
