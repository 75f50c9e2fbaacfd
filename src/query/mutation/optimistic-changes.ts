import { flightsOf } from "../../core/lru/internal.ts";
import type { QueryClient } from "../client/client.ts";
import type { QueryKey } from "../key/key.ts";
import { OptimisticCopy } from "./optimistic-copy.ts";
import {
  begun,
  type Effect,
  effectOf,
  has,
  isCommitted,
  landed,
  restarted,
  shownOf,
  type Stack,
  takenBack,
} from "./optimistic-stack.ts";

const NOTHING: Stack = { committed: undefined, floor: undefined, layers: [] };

/**
 * The calls of `mutateQuery` for one key that overlap, from the first to the end of the last. It writes what their stack
 * shows, and dismisses loads meanwhile.
 */
export class OptimisticChanges {
  #client: QueryClient;
  #key: QueryKey;
  #hash: string;
  #over: () => void;
  #copy: OptimisticCopy;
  #stack: Stack;
  /** Calls under way, also those that cannot change anything any more. */
  #running = 0;
  /** How often the client had been cleared when it was looked at last. */
  #clears: number;
  /** A call asked for a load afterwards. */
  #wantsLoad = false;
  /** A load that had nothing to fall back on was ended. */
  #owesLoad = false;

  /** @param over the last of its calls has ended */
  constructor(client: QueryClient, key: QueryKey, hash: string, over: () => void) {
    this.#client = client;
    this.#key = key;
    this.#hash = hash;
    this.#over = over;
    this.#clears = client.host.clears;
    this.#copy = new OptimisticCopy(client, key, hash);
    this.#stack = restarted(NOTHING, this.#copy.origin.answer?.state.data);
  }

  /** One call more is under way, until `end`. */
  enter(): this {
    this.#running++;
    return this;
  }

  /** What is committed, and what is shown, which may be the hope of calls before. */
  look(): { committed: unknown; displayed: unknown } {
    this.#sync();
    return { committed: this.#stack.committed, displayed: this.#copy.displayed };
  }

  /** Shows what a call hopes for; no load shows from now on. @param hoped what its effect makes of what is shown */
  begin(call: object, effect: Effect | undefined, hoped: unknown): void {
    this.#step(begun(this.#stack, call, effect, hoped), false);
    this.dismissLoad();
  }

  /** A call landed. Without an effect, what it hoped for stays. @throws what its function throws; it has not landed then */
  land(call: object, effect: Effect | undefined): void {
    if (this.#mayWrite(call)) this.#step(landed(this.#stack, call, effect), effect !== undefined);
  }

  /** A call failed. @param goesBack whether what it hoped for is taken back */
  fail(call: object, goesBack: () => boolean): void {
    if (!this.#mayWrite(call)) return;
    let isBack = true;
    try {
      if (effectOf(this.#stack, call)) isBack = goesBack();
    } finally {
      // Where nothing is left to show, it is loaded, and that load shows.
      if (this.#running === 1) this.#over();
      if (has(this.#stack, call)) {
        this.#step(isBack ? takenBack(this.#stack, call) : landed(this.#stack, call, undefined), false);
      }
    }
  }

  /** A call is not under way any more. @param asks whether it wants the key to be loaded again */
  end(asks: () => boolean): void {
    const isOver = --this.#running === 0;
    if (isOver) this.#over();
    try {
      if (asks()) this.#wantsLoad = true;
    } finally {
      if (isOver && !this.#client.host.isDisposed) this.#loadAgain();
    }
  }

  /** Callers that wait for the load get its answer. The query does not. */
  dismissLoad(): void {
    const { cache, host } = this.#client;
    if (!flightsOf(cache).get(this.#hash)) return;
    if (this.#copy.displayed === undefined) this.#owesLoad = true;
    const query = host.live.get(this.#hash);
    if (!query) return flightsOf(cache).dismiss(this.#hash);
    query.cancel(false);
    host.release(query);
  }

  /** Something of the key is different. Data that somebody else set may be evicted before it is looked at again. */
  heardChange(): void {
    if (!this.#copy.isRemoving) this.#sync();
    this.dismissLoad();
  }

  /** Somebody removed the key. The calls under way change it no more. */
  heardRemoval(): void {
    if (!this.#copy.isRemoving) this.#restart(NOTHING);
  }

  #mayWrite(call: object): boolean {
    if (this.#client.host.isDisposed) return false;
    this.#sync();
    return has(this.#stack, call);
  }

  /** Looks whether somebody else has changed the key. */
  #sync(): void {
    const { clears } = this.#client.host;
    const isCleared = clears !== this.#clears;
    this.#clears = clears;
    if (isCleared) this.#restart(NOTHING);
    else if (this.#copy.isForeign()) this.#restart(this.#stack);
  }

  #restart(before: Stack): void {
    this.#stack = restarted(before, this.#copy.restart());
  }

  /** Goes over to another stack, and shows it. @param isNews a call brought data */
  #step(next: Stack, isNews: boolean): void {
    const before = this.#stack;
    const { origin } = this.#copy;
    // Whoever hears of it may call again.
    this.#stack = next;
    if (isNews || !Object.is(next.committed, before.committed)) this.#copy.landed();
    try {
      this.#show(next, before, isNews);
    } catch (error) {
      if (this.#stack === next) {
        this.#stack = before;
        this.#copy.origin = origin;
      }
      throw error;
    }
  }

  #show(next: Stack, before: Stack, isNews: boolean): void {
    const shown = shownOf(next);
    if (isNews && isCommitted(next)) return this.#copy.set(shown);
    if (Object.is(shown, shownOf(before))) return;
    if (isCommitted(next)) return this.#copy.putBack(shown);
    if (shown === undefined) this.#copy.remove();
    else this.#copy.set(shown);
  }

  /** Marks the query stale, and loads it where it is on screen, if somebody wants that. */
  #loadAgain(): void {
    this.#sync();
    const isGone = this.#copy.displayed === undefined;
    // A query that was removed just now is loading already.
    if (isGone && this.#client.host.live.get(this.#hash)?.state.fetchStatus !== "idle") return;
    if (this.#wantsLoad || this.#copy.wasMarked || (this.#owesLoad && isGone)) {
      void this.#client.invalidateQueries({ queryKey: this.#key, exact: true });
    }
  }
}

/** The keys of a client that are being changed. It hears of loads and removals only while there are any. */
class ChangedKeys {
  #client: QueryClient;
  #keys = new Map<string, OptimisticChanges>();
  #leave: (() => void)[] = [];

  constructor(client: QueryClient) {
    this.#client = client;
  }

  enter(key: QueryKey, hash: string): OptimisticChanges {
    const changes = this.#keys.get(hash) ?? new OptimisticChanges(this.#client, key, hash, () => this.#delete(hash));
    this.#keys.set(hash, changes);
    if (this.#leave.length === 0) this.#listen();
    return changes.enter();
  }

  #delete(hash: string): void {
    this.#keys.delete(hash);
    if (this.#keys.size > 0) return;
    for (const leave of this.#leave) leave();
    this.#leave = [];
    this.#client.host.hopes = undefined;
  }

  #listen(): void {
    const { cache } = this.#client;
    this.#client.host.hopes = this.#keys;
    this.#leave = [
      this.#client.subscribe(({ hash }) => this.#keys.get(hash)?.heardChange()),
      cache.subscribe((event) => {
        // Not when the cache made room, or the data was too old: it is as welcome as before.
        const isRemoval = event.type === "removal" && ["deleted", "cleared"].includes(event.cause);
        if (isRemoval) this.#keys.get(event.key)?.heardRemoval();
      }),
    ];
  }
}

/** So that a client knows nothing of it, and an app without it ships none of this. */
const changedKeys = new WeakMap<QueryClient, ChangedKeys>();

/** The changes of one key, for one call more: until that ends. */
export function changesOf(client: QueryClient, key: QueryKey, hash: string): OptimisticChanges {
  const keys = changedKeys.get(client) ?? new ChangedKeys(client);
  changedKeys.set(client, keys);
  return keys.enter(key, hash);
}
