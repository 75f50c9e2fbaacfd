import { asked } from "./asked.ts";
import { checkedAnswer, type ForQuery } from "./options.ts";
import type { QueryInfo } from "./query-info.ts";
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

/** Loads one query again and again: one timer for all of its hooks, of which the shortest interval counts. */
export class Poll {
  #query: Polled;
  #host: PollHost;
  /** When the data was loaded last, or the first hook came. */
  #from: number;
  #dueAt = Infinity;
  #cancel: (() => void) | undefined;

  constructor(query: Polled, host: PollHost) {
    this.#query = query;
    this.#host = host;
    this.#from = host.now();
  }

  /** A load ended. */
  restart(): void {
    this.#from = this.#host.now();
    this.plan();
  }

  /** Hooks came, left or changed: sets the timer for the shortest interval that is asked for. */
  plan(): void {
    const dueAt = this.#from + this.#interval((each) => each.options.refetchInterval);
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

  #tick(): void {
    this.#dueAt = Infinity;
    const isSeen = this.#host.isVisible;
    const inBackground = this.#interval(
      (each) => each.options.refetchIntervalInBackground && each.options.refetchInterval,
    );
    if (isSeen || inBackground < Infinity) this.#query.load();
    this.restart();
  }

  #interval(of: (watcher: Watcher) => ForQuery<number | false>): number {
    let shortest = Infinity;
    for (const watcher of this.#query.watchers) {
      const rule = of(watcher);
      const ms =
        typeof rule === "function"
          ? asked(() => checkedAnswer("refetchInterval", rule(this.#query.info())), false)
          : rule;
      if (watcher.isEnabled && typeof ms === "number" && ms > 0 && ms < shortest) shortest = ms;
    }
    return shortest;
  }
}
