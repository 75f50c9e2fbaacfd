import { ListPolicy } from "./list-policy.ts";
import type { Strategy } from "./policy.ts";

/**
 * Least recently used: evicts the entry that was read or written longest ago. The default.
 *
 * Mattson, Gecsei, Slutz, Traiger, "Evaluation Techniques for Storage Hierarchies", IBM Systems Journal 9(2), 1970.
 */
export function lru(): Strategy {
  return { name: "lru", create: () => new ListPolicy("relink") };
}
