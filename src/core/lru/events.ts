import type { Ticker } from "./clock.ts";

/** Why a value left the cache. Eviction is by capacity only. */
export type RemovalCause = "evicted" | "expired" | "replaced" | "deleted" | "cleared";

/**
 * What a subscriber hears: a value was stored, left, or was refused because it is heavier than the bound; a load of
 * `getOrLoad` failed, which nobody else hears of one in the background.
 */
export type CacheEvent<K, V> =
  | { readonly type: "set"; readonly key: K; readonly value: V }
  | { readonly type: "refusal"; readonly key: K; readonly value: V }
  | { readonly type: "removal"; readonly key: K; readonly value: V; readonly cause: RemovalCause }
  | { readonly type: "failure"; readonly key: K; readonly error: unknown };

/** Called once for each stored value that leaves. */
export type RemovalListener<K, V> = (key: K, value: V, cause: RemovalCause) => void;

type Listener<K, V> = (event: CacheEvent<K, V>) => void;

/** Events that listeners may cause in one delivery before the rest waits for a later task. */
const MAX_CAUSED = 10_000;

/**
 * Events wait here until the structure is consistent, then go out in order.
 * A listener may call any method: what that causes is appended and delivered by the same, outer loop.
 */
export class Outbox<K, V> {
  /** Whether anybody listens; nothing is recorded otherwise. Listeners of any kind hear removals. */
  isHeard = false;
  /** Whether anybody hears sets. */
  hearsSets = false;
  #listeners: readonly Listener<K, V>[] = [];
  /** Those of them that hear removals alone. */
  #limited = 0;
  #queue: CacheEvent<K, V>[] = [];
  #delivering = false;
  #closing = false;
  #ticker: Ticker;

  constructor(onRemoval: RemovalListener<K, V> | undefined, ticker: Ticker) {
    this.#ticker = ticker;
    if (!onRemoval) return;
    this.#limited = 1;
    this.subscribe((event) => {
      if (event.type === "removal") onRemoval(event.key, event.value, event.cause);
    });
  }

  subscribe(hear: Listener<K, V>): () => void {
    // The same function may listen twice.
    const listener: Listener<K, V> = (event) => hear(event);
    this.#listenTo([...this.#listeners, listener]);
    return () => this.#listenTo(this.#listeners.filter((each) => each !== listener));
  }

  push(event: CacheEvent<K, V>): void {
    // As iteration tells it, -0 is 0: the only key that is 0 and of this type is a number.
    this.#queue.push(event.key === 0 ? { ...event, key: 0 as K } : event);
  }

  /** Delivers what waits. Does nothing inside a delivery: the outer one goes on. */
  flush(): void {
    const queue = this.#queue;
    if (this.#delivering || !queue.length) return;
    this.#delivering = true;
    // The bound is for listeners that answer every removal with another set: the page must stay alive.
    const end = queue.length + MAX_CAUSED;
    let done = 0;
    for (const event of queue) {
      for (const hear of this.#listeners) if (this.#listeners.includes(hear)) guarded(hear, event);
      if (++done === end) break;
    }
    queue.splice(0, done);
    this.#delivering = false;
    // Where the host has no timer, the next operation goes on with it.
    if (queue.length) this.#ticker.arm(() => this.flush(), 0);
    else if (this.#closing) this.#listenTo([]);
  }

  /** Drops every listener, after what they are owed was delivered. */
  close(): void {
    this.#closing = true;
    if (!this.#queue.length) this.#listenTo([]);
  }

  #listenTo(listeners: readonly Listener<K, V>[]): void {
    this.#listeners = listeners;
    this.isHeard = listeners.length > 0;
    this.hearsSets = listeners.length > this.#limited;
  }
}

/** Runs a listener. What it throws is reported to the host, or told on the console, and stops nobody. */
export function guarded(run: () => void): void;
export function guarded<E>(run: (event: E) => void, event: E): void;
export function guarded(run: (event?: unknown) => void, event?: unknown): void {
  try {
    run(event);
  } catch (error) {
    const { reportError, console: told } = globalThis as Partial<Pick<typeof globalThis, "reportError" | "console">>;
    // Node has no `reportError`, and an error thrown later would end the process.
    if (typeof reportError === "function") reportError(error);
    else told?.error(error);
  }
}
