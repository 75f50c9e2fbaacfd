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
  isHeard: boolean;
  /** Whether anybody hears sets. */
  hearsSets = false;
  #onRemoval: RemovalListener<K, V> | undefined;
  #listeners: readonly { hear?: Listener<K, V> | undefined }[] = [];
  #queue: CacheEvent<K, V>[] = [];
  #delivering = false;
  #closing = false;
  #ticker: Ticker;

  constructor(onRemoval: RemovalListener<K, V> | undefined, ticker: Ticker) {
    this.#onRemoval = onRemoval;
    this.isHeard = onRemoval !== undefined;
    this.#ticker = ticker;
  }

  subscribe(hear: Listener<K, V>): () => void {
    const subscription: { hear?: Listener<K, V> | undefined } = { hear };
    this.#listenTo([...this.#listeners, subscription]);
    return () => {
      subscription.hear = undefined;
      this.#listenTo(this.#listeners.filter((each) => each !== subscription));
    };
  }

  push(event: CacheEvent<K, V>): void {
    // As iteration tells it, -0 is 0.
    this.#queue.push(event.key === 0 ? { ...event, key: plainKey(event.key) } : event);
  }

  /** Delivers what waits. Does nothing inside a delivery: the outer one goes on. */
  flush(): void {
    const queue = this.#queue;
    if (this.#delivering || queue.length === 0) return;
    this.#delivering = true;
    const end = queue.length + MAX_CAUSED;
    let next = 0;
    // The bound is for listeners that answer every removal with another set: the page must stay alive.
    while (next < queue.length && next < end) this.#deliver(queue[next++]!);
    if (next === queue.length) queue.length = 0;
    else queue.splice(0, next);
    this.#delivering = false;
    // Where the host has no timer, the next operation goes on with it.
    if (queue.length > 0) this.#ticker.arm(() => this.flush(), 0);
    else if (this.#closing) this.#dropListeners();
  }

  /** Drops every listener, after what they are owed was delivered. */
  close(): void {
    this.#closing = true;
    if (this.#queue.length === 0) this.#dropListeners();
  }

  #dropListeners(): void {
    for (const subscription of this.#listeners) subscription.hear = undefined;
    this.#onRemoval = undefined;
    this.#listenTo([]);
  }

  #listenTo(listeners: readonly { hear?: Listener<K, V> | undefined }[]): void {
    this.#listeners = listeners;
    this.hearsSets = listeners.length > 0;
    this.isHeard = this.hearsSets || this.#onRemoval !== undefined;
  }

  #deliver(event: CacheEvent<K, V>): void {
    const onRemoval = this.#onRemoval;
    if (onRemoval && event.type === "removal") guarded(() => onRemoval(event.key, event.value, event.cause));
    for (const { hear } of this.#listeners) if (hear) guarded(hear, event);
  }
}

/** A key as iteration tells it: `-0` is 0. */
export function plainKey<K>(key: K): K {
  // The only key that is 0 and of this type is a number.
  return key === 0 ? (0 as K) : key;
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
