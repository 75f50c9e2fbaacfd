import { check } from "../../core/lru/internal.ts";
import { checkedAnswer, type ResolvedQueryOptions } from "../model/options.ts";
import { shareData } from "../model/sharing.ts";

/** An answer, ready to be stored. */
export interface Prepared {
  readonly data: unknown;
  readonly tags: readonly string[] | undefined;
  readonly weight: number | undefined;
}

/**
 * What the functions of the options make of an answer. They may throw, which the load then fails with.
 * @param weight in place of that of the options
 */
export function prepare(
  data: unknown,
  before: unknown,
  { structuralSharing, tags, weight: own }: ResolvedQueryOptions,
  weight: ResolvedQueryOptions["weight"] = own,
): Prepared {
  const share = structuralSharing === true ? shareData : structuralSharing;
  const shared = share === false || before === undefined ? data : share(before, data);
  return {
    data: shared,
    tags: tagsOf(tags, shared),
    weight: weightOf(weight, shared),
  };
}

/** What an answer weighs, as far as the options say. */
export function weightOf(weight: ResolvedQueryOptions["weight"], data: unknown): number | undefined {
  if (typeof weight !== "function") return weight;
  const weighs: unknown = weight(data);
  const isGood = Number.isSafeInteger(weighs) && (weighs as number) >= 0;
  check(isGood, "weight", "must return an integer of 0 or more", weighs, "weight: (data) => data.length");
  return weighs as number;
}

/** The tags of an answer. */
export function tagsOf(tags: ResolvedQueryOptions["tags"], data: unknown): readonly string[] | undefined {
  return typeof tags === "function" ? [...checkedAnswer("tags", tags(data))] : tags;
}
