import { FUNCTION, type Kind } from "../lru/checks.ts";
import { describe, MachoError } from "../lru/errors.ts";
import { hasOwn } from "../lru/own.ts";
import { fifo } from "./fifo.ts";
import { plainLfu } from "./lfu.ts";
import { lru } from "./lru.ts";
import { mfu } from "./mfu.ts";
import type { Policy, Strategy } from "./policy.ts";
import { random } from "./random.ts";
import { sieve } from "./sieve.ts";

/** The names of the built-in policies. */
export type StrategyName = "lru" | "fifo" | "random" | "lfu" | "mfu" | "sieve";

const BUILT_IN: Readonly<Record<StrategyName, () => Strategy>> = {
  lru,
  fifo,
  random,
  lfu: plainLfu,
  mfu,
  sieve,
};

const METHODS = ["reserve", "add", "remove", "victim", "slots"] as const;

/** What each effect of a hit needs beside it. */
const NEEDS = { nothing: "hit", mark: "marks", relink: "list", call: "touch" } as const;

/** What the option `strategy` takes. */
export const STRATEGY: Kind = [
  '"lru", "fifo", "random", "lfu", "mfu", "sieve", or a policy, as s3fifo() of "macho-cache/policies"',
  (it) => (typeof it === "string" ? hasOwn(BUILT_IN, it) : isNamed(it)),
  '"lru"',
];

/** Whether it is something by name that makes others: a policy or a filter. */
export function isNamed(it: unknown): boolean {
  const { name, create } = (it ?? {}) as Partial<Record<keyof Strategy, unknown>>;
  return typeof name === "string" && typeof it === "object" && FUNCTION[1](create);
}

/** Of an option that was checked. */
export function resolveStrategy(strategy: StrategyName | Strategy): Strategy {
  return typeof strategy === "string" ? BUILT_IN[strategy]() : strategy;
}

/** @throws MachoError "invalid-policy" unless it has what a policy needs */
export function checkPolicy(policy: Policy, name: string): Policy {
  const missing = METHODS.find((method) => typeof policy?.[method] !== "function");
  if (missing !== undefined) throw invalidPolicy(name, `has no method ${missing}()`);
  if (policy[NEEDS[policy.hit]] !== undefined) return policy;
  throw invalidPolicy(name, `has hit: ${describe(policy.hit)}, without marks, list or touch()`);
}

export function invalidPolicy(name: string, what: string): MachoError {
  return new MachoError("invalid-policy", `The policy "${name}" ${what}. See docs/policies.md.`);
}
