import type { ResolvedQueryOptions } from "./options.ts";
import { shareStructure } from "./sharing.ts";

/** An answer, ready to be stored. */
export interface Prepared {
  readonly data: unknown;
  readonly tags: readonly string[] | undefined;
  readonly weight: number | undefined;
}

/** What the functions of the options make of an answer. They may throw, which the load then fails with. */
export function prepare(data: unknown, before: unknown, options: ResolvedQueryOptions): Prepared {
  const { structuralSharing, tags, weight } = options;
  const share = structuralSharing === true ? shareStructure : structuralSharing;
  const shared = share === false || before === undefined ? data : share(before, data);
  return {
    data: shared,
    tags: tagsOf(tags, shared),
    weight: typeof weight === "function" ? weight(shared) : weight,
  };
}

/** The tags of an answer. */
export function tagsOf(tags: ResolvedQueryOptions["tags"], data: unknown): readonly string[] | undefined {
  return typeof tags === "function" ? [...tags(data)] : tags;
}
