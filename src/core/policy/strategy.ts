import { Fifo } from "./fifo.ts";
import { Lru } from "./lru.ts";
import type { Policy, PolicyContext } from "./policy.ts";
import { Random } from "./random.ts";

/** The names of the built-in policies. */
export type StrategyName = "lru" | "fifo" | "random";

/** One shard's policy. */
export function createPolicy(strategy: StrategyName, context: PolicyContext): Policy {
  switch (strategy) {
    case "lru":
      return new Lru();
    case "fifo":
      return new Fifo();
    case "random":
      return new Random(context);
  }
}

/** What an error lists; the type of the record keeps it complete. */
export const STRATEGY_NAMES: readonly string[] = Object.keys({
  lru: true,
  fifo: true,
  random: true,
} satisfies Record<StrategyName, true>);
