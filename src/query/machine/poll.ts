import { answerOrDefault, checkedAnswer, type QueryInfo } from "../model/options.ts";
import type { Watcher } from "./watcher.ts";

/** A query, as far as it is polled. */
export interface Polled {
  readonly watchers: readonly Watcher[];
  info(): QueryInfo;
  load(): void;
}

/** What polling takes of a client. */
export interface PollHost {
  readonly isVisible: boolean;
  now(): number;
  after(ms: number, run: () => void): () => void;
}

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
    const now = this.#host.now();
    const turns = new Map<Watcher, Turn>();
    for (const watcher of this.#query.watchers) {
      const ms = this.#msOf(watcher);
      if (ms === Infinity) continue;
      const before = this.#turns.get(watcher);
      // What a function says of a query changes with it: that is no other interval.
      const isSame = before?.ms === ms || typeof watcher.options.refetchInterval === "function";
      turns.set(watcher, { ms, since: (isSame ? before?.since : undefined) ?? now });
    }
    this.#turns = turns;
    const dueAt = Math.min(...Array.from(turns.values(), (turn) => this.#dueAtOf(turn)));
    if (dueAt === this.#dueAt) return;
    this.stop();
    if (dueAt === Infinity) return;
    this.#dueAt = dueAt;
    this.#cancel = this.#host.after(Math.max(0, dueAt - now), () => this.#tick());
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
    let loads = false;
    for (const [{ options }, turn] of this.#turns) {
      if (this.#dueAtOf(turn) > now) continue;
      turn.since = now;
      loads ||= this.#host.isVisible || options.refetchIntervalInBackground;
    }
    if (loads) this.#query.load();
    this.plan();
  }

  /** `Infinity` where it is off. */
  #msOf(watcher: Watcher): number {
    const rule = watcher.options.refetchInterval;
    const ask = (): number | false =>
      typeof rule === "function" ? checkedAnswer("refetchInterval", rule(this.#query.info())) : rule;
    return (watcher.isEnabled && answerOrDefault(ask, false)) || Infinity;
  }
}
