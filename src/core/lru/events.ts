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
type Subscription<K, V> = { readonly listener: Listener<K, V>; active: boolean };

/** Events that listeners may cause in one delivery before the rest waits for a later task. */
const MAX_CAUSED = 10_000;

/** Events for which room is kept between deliveries. */
const ROOM = 100;

/**
 * Events wait here until the structure is consistent, then go out in order.
 * A listener may call any method: what that causes is appended and delivered by the same, outer loop.
 */
export class Outbox<K, V> {
  /** Whether anybody listens; nothing is recorded otherwise. Who listens hears removals. */
  isHeard: boolean;
  /** Whether anybody hears sets. */
  hearsSets = false;
  #onRemoval: RemovalListener<K, V> | undefined;
  #subscriptions: readonly Subscription<K, V>[] = [];
  /** What waits is from the front to `#length`; behind it is room that need not be made again. */
  #queue: (CacheEvent<K, V> | undefined)[] = [];
  #length = 0;
  #delivering = false;
  #closing = false;
  #ticker: Ticker;

  constructor(onRemoval: RemovalListener<K, V> | undefined, ticker: Ticker) {
    this.#onRemoval = onRemoval;
    this.isHeard = onRemoval !== undefined;
    this.#ticker = ticker;
  }

  subscribe(listener: Listener<K, V>): () => void {
    const subscription = { listener, active: true };
    this.#listenTo([...this.#subscriptions, subscription]);
    return () => {
      subscription.active = false;
      this.#listenTo(this.#subscriptions.filter((each) => each !== subscription));
    };
  }

  push(event: CacheEvent<K, V>): void {
    this.#queue[this.#length++] = event.key === 0 ? { ...event, key: plainKey(event.key) } : event;
  }

  /** Delivers what waits. Does nothing inside a delivery: the outer one goes on. */
  flush(): void {
    if (this.#delivering || this.#length === 0) return;
    this.#delivering = true;
    const end = this.#length + MAX_CAUSED;
    let next = 0;
    // The bound is for listeners that answer every removal with another set: the page must stay alive.
    while (next < this.#length && next < end) this.#deliver(this.#queue[next++]!);
    if (next === this.#length && next <= ROOM) this.#queue.fill(undefined, 0, next);
    else this.#queue = this.#queue.slice(next, this.#length);
    this.#length -= next;
    this.#delivering = false;
    // Where the host has no timer, the next operation goes on with it.
    if (this.#length > 0) this.#ticker.arm(() => this.flush(), 0);
    else if (this.#closing) this.#dropListeners();
  }

  /** Drops every listener, after what they are owed was delivered. */
  close(): void {
    this.#closing = true;
    if (this.#length === 0) this.#dropListeners();
  }

  #dropListeners(): void {
    for (const subscription of this.#subscriptions) subscription.active = false;
    this.#listenTo([]);
    this.#onRemoval = undefined;
    this.isHeard = false;
  }

  #listenTo(subscriptions: readonly Subscription<K, V>[]): void {
    this.#subscriptions = subscriptions;
    this.hearsSets = subscriptions.length > 0;
    this.isHeard = this.hearsSets || this.#onRemoval !== undefined;
  }

  #deliver(event: CacheEvent<K, V>): void {
    const onRemoval = this.#onRemoval;
    if (onRemoval && event.type === "removal") guarded(() => onRemoval(event.key, event.value, event.cause));
    for (const subscription of this.#subscriptions) {
      if (subscription.active) guarded(subscription.listener, event);
    }
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
    report(error);
  }
}

function report(error: unknown): void {
  const { reportError, console: told } = globalThis as Partial<Pick<typeof globalThis, "reportError" | "console">>;
  if (typeof reportError === "function") reportError(error);
  // Node has none, and an error thrown later would end the process.
  else told?.error(error);
}
