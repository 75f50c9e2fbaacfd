import { describe, MachoError, MachoOptionError } from "../lru/errors.ts";
import { fifo } from "./fifo.ts";
import { lfu } from "./lfu.ts";
import { lru } from "./lru.ts";
import { mfu } from "./mfu.ts";
import type { Policy, Strategy } from "./policy.ts";
import { random } from "./random.ts";
import { sieve } from "./sieve.ts";

/** The names of the built-in policies. */
export type StrategyName = "lru" | "fifo" | "random" | "lfu" | "mfu" | "sieve";

const BUILT_IN: Readonly<Record<StrategyName, () => Strategy>> = { lru, fifo, random, lfu, mfu, sieve };

/** @throws MachoOptionError unless it is the name of a built-in policy, or a policy of another kind */
export function resolveStrategy(strategy: unknown): Strategy {
  if (typeof strategy === "string" && Object.keys(BUILT_IN).includes(strategy))
    return BUILT_IN[strategy as StrategyName]();
  const { name, create } = (strategy ?? {}) as Partial<Record<keyof Strategy, unknown>>;
  if (typeof strategy === "object" && typeof name === "string" && typeof create === "function")
    return strategy as Strategy;
  const known = Object.keys(BUILT_IN).map(describe).join(", ");
  const remedy = 'More come from "macho-cache/policies", as s3fifo(). Pass { strategy: "lru" }.';
  throw new MachoOptionError(
    "strategy",
    `must be one of ${known}, or a policy with name and create()`,
    strategy,
    remedy,
  );
}

/** @throws MachoError "invalid-policy" unless it has what a policy needs */
export function checkPolicy(policy: Policy, name: string): Policy {
  const { hit, list, marks } = (policy ?? {}) as Partial<Policy>;
  const methods = ["reserve", "add", "remove", "victim", "slots"] as const;
  const missing = methods.find((method) => typeof policy?.[method] !== "function");
  if (missing !== undefined) throw invalidPolicy(name, `has no method ${missing}()`);
  const isComplete =
    hit === "nothing" ||
    (hit === "mark" && marks !== undefined) ||
    (hit === "relink" && list !== undefined) ||
    (hit === "call" && typeof policy.touch === "function");
  if (!isComplete) {
    const needs = 'hit must be "nothing", "mark" with marks, "relink" with a list, or "call" with touch()';
    throw invalidPolicy(name, `has hit: ${describe(hit)}, and ${needs}`);
  }
  return policy;
}

export function invalidPolicy(name: string, what: string): MachoError {
  return new MachoError("invalid-policy", `The policy "${name}" ${what}. See docs/policies.md.`);
}
