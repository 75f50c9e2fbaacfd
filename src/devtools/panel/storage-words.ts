import type { TierStatus } from "../../core/lru/tier.ts";
import { count, plural } from "./format.ts";

/** How a store behind a cache does, in words. */
interface StorageWords {
  readonly tone: "good" | "change" | "calm";
  readonly verdict: string;
  readonly evidence: string;
  /** What to do; "" for nothing. */
  readonly remedy: string;
}

type State = TierStatus["state"];

const STATES: Readonly<Record<State, StorageWords>> = {
  opening: {
    tone: "calm",
    verdict: "It has not answered yet.",
    evidence: "Loads go on without it.",
    remedy:
      "If it stays so: another tab may hold the database open, or this page may store nothing, as in a private window.",
  },
  ready: { tone: "good", verdict: "It works.", evidence: "", remedy: "" },
  degraded: {
    tone: "change",
    verdict: "It failed lately.",
    evidence: "Loads go on without it. The next call tries it again.",
    remedy: "See the last error.",
  },
  full: {
    tone: "change",
    verdict: "It has no room.",
    evidence: "What is stored stays. Nothing new is stored until there is room.",
    remedy:
      "Pass a smaller maxBytes or maxEntries, leave out what need not be kept by exclude, or free what else this site stores.",
  },
  stopped: {
    tone: "calm",
    verdict: "It is stopped.",
    evidence: "Nothing is written any more. What is stored stays.",
    remedy: "persist() starts it anew.",
  },
};

/** What a breaker that is not closed adds. */
const BREAKERS = {
  open: "Three calls or more failed in a row, so none is made for now: loads do not wait for it. It is tried again by itself, within a minute.",
  "half-open": "Three calls or more failed in a row. The next one tries whether it works again.",
};

export function storageWords(status: TierStatus): StorageWords {
  const { state, breaker, hits, misses } = status;
  const words = STATES[state];
  if (breaker !== "closed") return { ...words, tone: "change", evidence: BREAKERS[breaker] };
  if (state !== "ready") return words;
  const reads = hits + misses;
  return {
    ...words,
    evidence:
      reads === 0 ? "Nothing was read from it yet." : `${count(hits)} of ${plural(reads, "read")} found an entry.`,
  };
}

/** Late reads that are worth a word, as a part of all. */
const MANY_LATE = 0.1;

/** What reads tell to do. */
export function readHints({ hits, misses, late, unusable }: TierStatus): string[] {
  return hintsOf(
    late > (hits + misses) * MANY_LATE && "Too late: pass a longer deadline to persist(), or look what keeps it busy.",
    unusable > 0 &&
      "Not usable: damaged, of another form or buster, or what codec or migrate threw at. The next write of the key takes their place.",
  );
}

/** What writes tell to do. */
export function writeHints({ unpersistable, dropped }: TierStatus): string[] {
  return hintsOf(
    unpersistable > 0 &&
      "No storage can hold functions, symbols or keys that are objects of a cache. Exclude them, or keep plain data.",
    dropped > 0 && "What was given up is not stored. The next write of its key is tried again.",
  );
}

/** What bounds tell to do. */
export function boundHints({ evicted }: TierStatus): string[] {
  return hintsOf(
    evicted > 0 && "Removed for room: maxEntries or maxBytes of persist() are reached, or the browser gives no more.",
  );
}

function hintsOf(...hints: readonly (string | false)[]): string[] {
  return hints.filter((hint) => hint !== false);
}
