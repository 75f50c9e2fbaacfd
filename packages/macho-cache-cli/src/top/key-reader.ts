import type { Answers, Requests } from "macho-cache/devtools/expose";
import type { RunningCache } from "../connection/running-cache.ts";
import type { KeyList, KeyRow } from "./top-state.ts";

/** The most keys that a list holds. */
export const MAX_KEYS = 100;

/** Which keys are wanted, and in which order. */
export type Wanted = Pick<Requests["keys"], "filter" | "isReversed"> & { readonly sort: string };

/**
 * The first keys of an order. A large cache is walked over in many answers, so that nothing of the walk is left in the
 * page when nobody goes on asking.
 */
export async function readKeys(
  cache: RunningCache,
  wanted: Wanted,
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): Promise<KeyList> {
  let rows: readonly KeyRow[] = [];
  let matched = 0;
  let cursor: Answers["keys"]["cursor"] | undefined;
  while (cursor !== null) {
    signal.throwIfAborted();
    const from = cursor ? { cursor } : {};
    const part: Answers["keys"] = await cache.ask("keys", { ...wanted, limit: MAX_KEYS, ...from });
    rows = firstOf([...rows, ...part.rows], part.isDescending);
    matched += part.matched;
    cursor = part.cursor;
  }
  return { rows, matched, isFiltered: (wanted.filter ?? "").trim() !== "", at: now() };
}

/** Those that have no rank come last. In the order of the cache where two are equal. */
function firstOf(rows: readonly KeyRow[], isDescending: boolean): readonly KeyRow[] {
  const sign = isDescending ? -1 : 1;
  const ranked = rows.toSorted((one, other) => {
    if (one.rank === other.rank || one.rank === undefined || other.rank === undefined) return 0;
    return one.rank < other.rank ? -sign : sign;
  });
  return ranked.slice(0, MAX_KEYS);
}
