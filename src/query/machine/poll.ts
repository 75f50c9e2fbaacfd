import { answerOrDefault, checkedAnswer, type QueryInfo, type ResolvedQueryOptions } from "../model/options.ts";
import type { Few } from "./few.ts";
import type { Watcher } from "./watcher.ts";

/** A query, as far as it is polled. */
export interface Polled {
  readonly watchers: Few<Watcher>;
  info(): QueryInfo;
  load(): void;
}

/** What polling takes of a client. */
export interface PollHost {
  readonly isVisible: boolean;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

type Rule = ResolvedQueryOptions["refetchInterval"];

/** The interval of one hook. */
interface Turn {
  readonly ms: number;
  /** When it was switched on, or came last. */
  since: number;
}

/** Loads one query again and again: one timer for all of its hooks, of which the one that is due first counts. */
export class Poll {
  #query: Polled;
  #host: PollHost;
  /** When the last load ended. */
  #from = -Infinity;
  /** Of the hooks whose interval is on. */
  #turns = new Map<Watcher, Turn>();
  #dueAt = Infinity;
  #cancel: (() => void) | undefined;

  constructor(query: Polled, host: PollHost) {
    this.#query = query;
    this.#host = host;
  }

  /** A load ended. */
  restart(): void {
    this.#from = this.#host.now();
    this.plan();
  }

  /** Hooks came, left or changed: sets the timer for the one that is due first. */
  plan(): void {
    this.#turns = this.#newTurns();
    const dueAt = Math.min(...Array.from(this.#turns.values(), (turn) => this.#dueAtOf(turn)));
    if (dueAt === this.#dueAt) return;
    this.stop();
    if (dueAt === Infinity) return;
    this.#dueAt = dueAt;
    this.#cancel = this.#host.after(Math.max(0, dueAt - this.#host.now()), () => this.#tick());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dueAt = Infinity;
  }

  /** An interval counts from when it was switched on, or from the last load if that is later. */
  #dueAtOf({ since, ms }: Turn): number {
    return Math.max(since, this.#from) + ms;
  }

  #tick(): void {
    this.#dueAt = Infinity;
    const now = this.#host.now();
    const { isVisible } = this.#host;
    let loads = false;
    for (const [{ options }, turn] of this.#turns) {
      if (this.#dueAtOf(turn) > now) continue;
      turn.since = now;
      loads ||= isVisible || options.refetchIntervalInBackground;
    }
    if (loads) this.#query.load();
    this.plan();
  }

  #newTurns(): Map<Watcher, Turn> {
    const turns = new Map<Watcher, Turn>();
    const now = this.#host.now();
    for (const watcher of this.#query.watchers) {
      const rule = watcher.options.refetchInterval;
      const ms = this.#msOf(watcher, rule);
      const before = this.#turns.get(watcher);
      // What a function says of a query changes with it: that is no other interval.
      const isSame = before?.ms === ms || typeof rule === "function";
      if (ms < Infinity) turns.set(watcher, { ms, since: (isSame ? before?.since : undefined) ?? now });
    }
    return turns;
  }

  /** `Infinity` where it is off. */
  #msOf(watcher: Watcher, rule: Rule): number {
    const ms =
      typeof rule === "function"
        ? answerOrDefault(() => checkedAnswer("refetchInterval", rule(this.#query.info())), false)
        : rule;
    return watcher.isEnabled && typeof ms === "number" && ms > 0 ? ms : Infinity;
  }
}
