import { checkOptions, countTo, FLAG, FUNCTION, type Kind, MS, type OptionTable } from "../core/lru/checks.ts";
import { definedOf } from "../core/lru/defined.ts";
import { describe, MachoOptionError } from "../core/lru/errors.ts";
import { checkBounds } from "../core/options.ts";
import type { Strategy } from "../core/policy/policy.ts";
import type { AccessRecord } from "./access-record.ts";
import { POLICY_NAMES, type PolicyName, policyNamed } from "./policies.ts";

/** What a replay changes of the options that the cache had. What is not there stays as it was. */
export interface ReplaySettings {
  /** The most entries; `Infinity` for no such bound. @defaultValue that of the recorded cache */
  readonly maxCacheSize?: number | undefined;
  /** The most weight, where the cache has such a bound; `Infinity` for none. @defaultValue that of the recorded cache */
  readonly maxWeight?: number | undefined;
  /**
   * The policy, by its name or as one of your own. One of your own that the cache itself has must be said here: a record
   * knows only its name.
   * @defaultValue that of the recorded cache
   */
  readonly strategy?: PolicyName | Strategy | undefined;
  /** Ms, of entries without one of their own. `Infinity` for no such bound. @defaultValue that of the recorded cache */
  readonly ttl?: number | undefined;
  /** Ms without an access; `Infinity` for no such bound. @defaultValue that of the recorded cache */
  readonly timeToIdle?: number | undefined;
  /** From 1 to the most entries. @defaultValue that of the recorded cache */
  readonly shardCount?: number | undefined;
  /** What the policy `random` draws, from 0 to below 1. @defaultValue the same numbers for each replay */
  readonly random?: (() => number) | undefined;
}

/** What a replay takes for granted. */
export interface Assumptions {
  /** Loads that failed brought a value. */
  readonly loadsSucceed?: boolean | undefined;
  /** Misses that nothing filled were filled: there is an empty answer to store. */
  readonly storeAbsent?: boolean | undefined;
  /** Nothing was deleted or cleared. */
  readonly ignoreRemovals?: boolean | undefined;
  /** Writes of keys that are not looked up afterwards were left out. */
  readonly skipUnreadWrites?: boolean | undefined;
  /** Ttls that entries have of their own were so many times as long. Above 0, or `Infinity`. @defaultValue 1 */
  readonly ownTtlTimes?: number | undefined;
}

const SIZE = /* @__PURE__ */ countTo();
/** What bounds a cache, or nothing. */
export const BOUND: Kind = [`${SIZE[0]}, or Infinity`, (bound) => bound === Infinity || SIZE[1](bound), "1_000"];

const TIMES: Kind = ["a number above 0, or Infinity", (times) => typeof times === "number" && times > 0, "2"];

const SETTINGS: OptionTable<ReplaySettings> = {
  maxCacheSize: [BOUND],
  maxWeight: [BOUND],
  // `policyOf` checks it.
  strategy: [],
  ttl: [MS],
  timeToIdle: [MS],
  shardCount: [SIZE],
  random: [FUNCTION, undefined, "Math.random"],
};
const ASSUMPTIONS: OptionTable<Assumptions> = {
  loadsSucceed: [FLAG],
  storeAbsent: [FLAG],
  ignoreRemovals: [FLAG],
  skipUnreadWrites: [FLAG],
  ownTtlTimes: [TIMES],
};

/** @throws MachoOptionError for a setting that does not exist, or that a cache like the recorded one cannot have */
export function checkSettings({ options }: AccessRecord, settings: ReplaySettings, assume: Assumptions = {}): void {
  checkOptions("replay", SETTINGS, settings);
  checkOptions("replay", ASSUMPTIONS, assume);
  const { maxCacheSize = Infinity, maxWeight = Infinity, shardCount } = { ...options, ...definedOf(settings) };
  checkBounds(maxCacheSize, maxWeight, shardCount);
}

/** @throws MachoOptionError for a name that no policy of the package has */
export function policyOf(strategy: string | Strategy): Strategy {
  if (typeof strategy !== "string") return strategy;
  const ours = policyNamed(strategy);
  if (ours) return ours;
  const known = POLICY_NAMES.map(describe).join(", ");
  const remedy = "Pass a policy of your own as { strategy: mru() }.";
  throw new MachoOptionError(
    "strategy",
    `must be one of ${known}, or a policy with name and create()`,
    strategy,
    remedy,
  );
}
