import type { QueryInfo } from "../model/options.ts";
import { ruleOf, type Watcher } from "./watcher.ts";

/** A query, as far as it is polled. */
export interface Polled {
  readonly watchers: readonly Watcher[];
  info(): QueryInfo;
  load(): void;
}

/** What polling takes of a client. */
export interface PollHost {
  readonly isVisible: boolean;
  readonly now: () => number;
  after(ms: number, run: () => void): () => void;
}

/** The interval of one hook, and when it was switched on, or came last. */
interface Turn {
  readonly ms: number;
  readonly since: number;
}

/** Sets the timer anew: hooks came, left or changed, or a load ended. */
export type Poll = (hasEnded?: boolean) => void;

/** Loads one query again and again: one timer for all of its hooks, of which the one that is due first counts. */
export function pollOf(query: Polled, home: PollHost): Poll {
  /** When the last load ended. An interval counts from then, or from when it was switched on, if that is later. */
  let from = -Infinity;
  /** Of the hooks whose interval is on. */
  let turns = new Map<Watcher, Turn>();
  let cancel: (() => void) | undefined;
  return function plan(hasEnded?: boolean): void {
    const now = home.now();
    if (hasEnded) from = now;
    const before = turns;
    turns = new Map();
    let dueAt = Infinity;
    let loads = false;
    for (const watcher of query.watchers) {
      const { refetchInterval, refetchIntervalInBackground } = watcher.options;
      const turn = before.get(watcher);
      const isDue = turn && Math.max(turn.since, from) + turn.ms <= now;
      if (isDue) loads ||= home.isVisible || refetchIntervalInBackground;
      const ms = (watcher.isEnabled && ruleOf("refetchInterval", refetchInterval, query)) || Infinity;
      if (ms === Infinity) continue;
      // What a function says of a query changes with it: that is no other interval.
      const isSame = turn && !isDue && (turn.ms === ms || typeof refetchInterval === "function");
      const since = isSame ? turn.since : now;
      turns.set(watcher, { ms, since });
      dueAt = Math.min(dueAt, Math.max(since, from) + ms);
    }
    cancel?.();
    if (dueAt < Infinity) cancel = home.after(dueAt - now, plan);
    if (loads) query.load();
  };
}
