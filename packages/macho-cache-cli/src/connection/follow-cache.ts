import { age } from "../figures.ts";
import { visible } from "../visible-text.ts";
import { Away, gone } from "./away.ts";
import { CacheSearch, type SearchHost } from "./cache-search.ts";
import { PLACE_WORDS } from "./realm.ts";
import type { Choice, RunningCache } from "./running-cache.ts";

/** A cache, as long as its page or process is there. */
export interface Visit {
  readonly cache: RunningCache;
  /** Aborts when it is gone, and when the following is to end. */
  readonly signal: AbortSignal;
  /** Whether it is the page of the visit before, which only slept: what was left in it is there. */
  readonly isSamePage: boolean;
}

export interface FollowOptions {
  /** Hears, in a sentence or two, that the cache cannot be asked and what is waited for. */
  readonly lost: (words: string) => void;
  /** Hears that it answers again, and whether something was missed. */
  readonly back: (words: string) => void;
  /** Ends the following. */
  readonly signal?: AbortSignal;
  /** Time, and the way to find caches; tests pass their own. */
  readonly host?: SearchHost;
}

/**
 * Gives a cache to `use`, and again each time that it comes back: after its page was left, loaded anew, crashed, closed
 * or slept, or its process was started again. The first one must be there.
 *
 * `use` must settle soon after its signal aborts, and reject with what a failed question rejects with. What it gives ends
 * the following, unless the cache has gone meanwhile.
 *
 * @returns what `use` gave; `undefined` where `signal` ended it while nothing was there
 * @throws CommandError where there is no such cache, or it does not come back within ten minutes
 */
export async function followCache<T>(
  choice: Choice,
  options: FollowOptions,
  use: (visit: Visit) => Promise<T>,
): Promise<T | undefined> {
  const { lost, back, signal = new AbortController().signal, host } = options;
  const search = new CacheSearch(choice, host);
  let isSamePage = false;
  try {
    let cache = await search.first();
    while (!signal.aborted) {
      const ended = await visit(cache, signal, isSamePage, use);
      if ("value" in ended) return ended.value;
      if (signal.aborted) break;
      const leftAt = search.now();
      const tell = (away: Away): void => lost(`${away.message} ${waitingWords(away, cache)}`);
      tell(ended.away);
      const found = await search.again(cache, ended.away, { signal, tell });
      isSamePage = found === cache;
      cache = found;
      back(backWords(cache, isSamePage, search.now() - leftAt));
    }
    return undefined;
  } catch (error) {
    if (signal.aborted && isEnd(error, signal)) return undefined;
    throw error;
  } finally {
    search.close();
  }
}

/** One visit: what `use` gave, or why it could not go on. */
async function visit<T>(
  cache: RunningCache,
  signal: AbortSignal,
  isSamePage: boolean,
  use: (visit: Visit) => Promise<T>,
): Promise<{ readonly value: T } | { readonly away: Away }> {
  const left = new AbortController();
  const undo = cache.onEnd((why) => left.abort(gone(why)));
  try {
    const value = await use({ cache, signal: AbortSignal.any([left.signal, signal]), isSamePage });
    return left.signal.aborted && !signal.aborted ? { away: left.signal.reason as Away } : { value };
  } catch (error) {
    if (left.signal.aborted && isEnd(error, left.signal)) return { away: left.signal.reason as Away };
    if (error instanceof Away && !signal.aborted) return { away: error };
    throw error;
  } finally {
    undo();
  }
}

/** Whether a failure only says that something was ended. */
function isEnd(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || error instanceof Away || (error instanceof Error && error.name === "AbortError");
}

function waitingWords(away: Away, { name, place }: RunningCache): string {
  if (away.kind === "silent") return `It goes on when the ${PLACE_WORDS[place.kind]} answers.`;
  return `Waiting for ${visible(name)} at port ${place.port}.`;
}

function backWords({ name, place }: RunningCache, isSamePage: boolean, ms: number): string {
  if (isSamePage) return `The ${PLACE_WORDS[place.kind]} answers again after ${age(ms)}.`;
  return `${visible(name)} is there again after ${age(ms)}. What happened meanwhile was not seen.`;
}
