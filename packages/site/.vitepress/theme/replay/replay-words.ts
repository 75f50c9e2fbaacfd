import type { PolicyResult } from "./replays.ts";
import { words } from "./trace.ts";

/** A policy that is this much better is worth a change, in points. */
const WORTH = 1;

export const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)}%`;

interface AtSize {
  readonly result: PolicyResult;
  readonly lruSize: number | undefined;
}

/** What the numbers say about the size of a reader's cache. */
export function verdict(results: readonly AtSize[], sizes: readonly number[], size: number): string {
  const at = sizes.indexOf(size);
  const ratio = ({ result }: AtSize): number => result.hitRatios[at]!;
  const lru = results.find(({ result }) => result.policy === "lru")!;
  const best = results.reduce((one, other) => (ratio(other) > ratio(one) ? other : one));
  const gain = (ratio(best) - ratio(lru)) * 100;
  const now = `At ${words(size)} ${size === 1 ? "entry" : "entries"}, lru hits ${percent(ratio(lru))} of the accesses.`;
  const most = lru.result.hitRatios.at(-1)!;
  const limit = `With room for all keys, any policy hits ${percent(most)}.`;
  if (gain < WORTH) return `${now} No policy is better by a point or more. ${limit}`;
  const same =
    best.lruSize === undefined || best.lruSize <= size ? "" : ` lru needs ${words(best.lruSize)} entries for that.`;
  return `${now} ${best.result.policy} hits ${percent(ratio(best))}.${same} ${limit}`;
}
