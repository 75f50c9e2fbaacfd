import type { allPolicies } from "../core/policy/all.ts";
import { hasOwn } from "../core/lru/own.ts";
import { arc } from "../core/policy/arc.ts";
import { Clock } from "../core/policy/clock.ts";
import { fifo } from "../core/policy/fifo.ts";
import { plainLfu } from "../core/policy/lfu.ts";
import { lru } from "../core/policy/lru.ts";
import { mfu } from "../core/policy/mfu.ts";
import type { Policy, PolicyContext, Strategy } from "../core/policy/policy.ts";
import { random } from "../core/policy/random.ts";
import { s3fifo } from "../core/policy/s3fifo.ts";
import { sieve } from "../core/policy/sieve.ts";
import { Slru } from "../core/policy/slru.ts";
import { TinyLfu } from "../core/policy/tinylfu.ts";
import { twoQueue } from "../core/policy/two-queue.ts";

/** The name of a policy that the package has. */
export type PolicyName = keyof typeof allPolicies;

/** `allPolicies` with the defaults alone: what takes no options brings no checks of them along. */
const POLICIES: Readonly<Record<PolicyName, () => Strategy>> = {
  lru,
  fifo,
  random,
  lfu: plainLfu,
  mfu,
  sieve,
  s3fifo,
  tinylfu: () => named("tinylfu", (context) => new TinyLfu(context)),
  clock: () => named("clock", () => new Clock()),
  twoQueue,
  arc,
  slru: () => named("slru", (context) => new Slru(context)),
};

/** Their names, in the order in which they are tried. */
export const POLICY_NAMES: readonly PolicyName[] = /* @__PURE__ */ Object.keys(POLICIES) as PolicyName[];

function named(name: PolicyName, create: (context: PolicyContext) => Policy): Strategy {
  return { name, create };
}

/** The policy of a name, with its defaults; `undefined` where the package has none. */
export function policyNamed(name: string): Strategy | undefined {
  return hasOwn(POLICIES, name) ? POLICIES[name as PolicyName]() : undefined;
}
