import { ListPolicy } from "./list-policy.ts";
import type { Strategy } from "./policy.ts";

/** Least recently used: evicts the entry that was read or written longest ago. The default. */
export function lru(): Strategy {
  return { name: "lru", create: () => new ListPolicy("relink") };
}
