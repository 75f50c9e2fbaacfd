import type { TierRecord } from "./tier.ts";
import { isStamp } from "./stamp.ts";

/** The form of the records that are written here. */
export const FORM = 1;
/** Ms by which a clock may be ahead of ours. Data from further ahead is taken for stale. */
export const MOST_AHEAD = 300_000;

const isNumber = (value: unknown): boolean => typeof value === "number" && value === value;

/** What came from a tier: a record that is good, one that somebody else has to look after, something damaged, or nothing. */
export function recordOf(found: unknown): TierRecord | "foreign" | "damaged" | undefined {
  // Storages of text know `null` for nothing.
  if (found === undefined || found === null) return undefined;
  if (typeof found !== "object") return "damaged";
  const { v, t, x, s = 0, n, z, b, g = [], i = 1 } = found as Partial<TierRecord>;
  // Whoever wrote another form knows what to do with it.
  if (typeof v === "number" && v !== FORM) return "foreign";
  const isGood =
    v === FORM &&
    "d" in found &&
    [t, x, z, s].every(isNumber) &&
    typeof b === "string" &&
    i === 1 &&
    isStamp(n) &&
    Array.isArray(g) &&
    g.every((tag) => typeof tag === "string");
  return isGood ? (found as TierRecord) : "damaged";
}
