import type { Answer } from "./answer.ts";
import type { QueryClient } from "./client.ts";
import type { QueryKey } from "./key.ts";
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
} from "./overlay-stack.ts";

/** Committed data that was there before the calls, and the monotonic ms at which it may not be shown any more. */
interface Found {
  readonly answer: Answer | undefined;
  readonly until: number;
}

/**
 * What `mutateQuery` knows of one key, from the first of the calls that overlap to the end of the last: it writes what
 * their stack shows. Loads are dismissed all along.
 */
export class Overlay {
  #client: QueryClient;
  #key: QueryKey;
  #hash: string;
  #over: () => void;
  /** Calls under way, also those that cannot change anything any more. */
  #running = 0;
  #stack: Stack = { committed: undefined, floor: undefined, layers: [] };
  /** Where the committed data is from; `undefined` where a call brought it, at this wall time. */
  #found: Found | undefined;
  #landedAt = 0;
  /** What is stored, as far as it is known here: whatever else is there was set by somebody else, also if it is equal. */
  #known: Answer | undefined;
  #wasStale = false;
  /** While it writes: how many answers there are afterwards. A listener may call again before that is over. */
  #expected = 0;
  #isRemoving = false;
  #clears: number;
  /** A call asked for a load afterwards. */
  #wantsLoad = false;
  /** Somebody marked the key stale meanwhile, which a call that brings data would undo. */
  #wasMarked = false;
  /** A load that had nothing to fall back on was ended. */
  #owesLoad = false;

  /** @param over the last of its calls has ended */
  constructor(client: QueryClient, key: QueryKey, hash: string, over: () => void) {
    this.#client = client;
    this.#key = key;
    this.#hash = hash;
    this.#over = over;
    this.#clears = client.host.clears;
    this.#restart();
    // That was before.
    this.#wasMarked = false;
  }

  /** A call is under way from now on, until `end`. */
  enter(): void {
    this.#running++;
  }

  /** What is committed, and what is shown, which may be the hope of calls before. */
  look(): { committed: unknown; displayed: unknown } {
    this.#sync();
    return { committed: this.#stack.committed, displayed: this.#displayed };
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

  /** Who waits for the load gets its answer; the query does not. */
  dismissLoad(): void {
    const { cache, host } = this.#client;
    if (!cache.flights.get(this.#hash)) return;
    if (this.#displayed === undefined) this.#owesLoad = true;
    const query = host.live.get(this.#hash);
    if (!query) return cache.flights.dismiss(this.#hash);
    query.dismissLoad();
    host.release(query);
  }

  /** Somebody removed the key: what is under way changes it no more. */
  heardRemoval(): void {
    if (!this.#isRemoving) this.#forget();
  }

  get #displayed(): unknown {
    let displayed: unknown;
    // An updater that gives `undefined` only looks, and counts no lookup.
    this.#client.setQueryData(this.#key, (old: unknown) => void (displayed = old));
    return displayed;
  }

  #mayWrite(call: object): boolean {
    if (this.#client.host.isDisposed) return false;
    this.#sync();
    return has(this.#stack, call);
  }

  /** Looks whether somebody else has changed the key. */
  #sync(): void {
    const { host } = this.#client;
    if (host.clears !== this.#clears) {
      this.#clears = host.clears;
      return this.#forget();
    }
    const answer = host.answerOf(this.#hash);
    if (this.#known?.isInvalidated && !this.#wasStale) this.#wasMarked = true;
    if (answer === this.#known) return;
    if (answer?.state.dataUpdateCount === this.#expected) this.#know(answer);
    else this.#restart();
  }

  #restart(): void {
    const { host, cache } = this.#client;
    const answer = host.answerOf(this.#hash);
    const left = cache.remainingTtl(this.#hash);
    // The cache does not hold every answer.
    const until = left === undefined && answer ? answer.freshSince + (answer.options?.ttl ?? host.ttl) : undefined;
    this.#found = { answer, until: until ?? host.now() + (left ?? Infinity) };
    this.#know(answer);
    this.#wasMarked = this.#wasStale;
    this.#stack = restarted(this.#stack, answer?.state.data);
  }

  #forget(): void {
    this.#stack = { committed: undefined, floor: undefined, layers: [] };
    this.#restart();
  }

  #know(answer: Answer | undefined): void {
    this.#known = answer;
    this.#wasStale = answer?.isInvalidated ?? false;
  }

  /** Goes over to another stack, and shows it. @param isNews a call brought data */
  #step(next: Stack, isNews: boolean): void {
    const before = { stack: this.#stack, found: this.#found, landedAt: this.#landedAt };
    // Whoever hears of it may call again.
    this.#stack = next;
    if (isNews || !Object.is(next.committed, before.stack.committed)) {
      this.#found = undefined;
      this.#landedAt = this.#client.host.wallNow();
    }
    try {
      this.#show(next, before.stack, isNews);
    } catch (error) {
      if (this.#stack === next) {
        this.#stack = before.stack;
        this.#found = before.found;
        this.#landedAt = before.landedAt;
      }
      throw error;
    }
  }

  #show(next: Stack, before: Stack, isNews: boolean): void {
    const shown = shownOf(next);
    if (isNews && isCommitted(next)) return this.#set(shown);
    if (Object.is(shown, shownOf(before))) return;
    if (isCommitted(next)) return this.#putBack(shown);
    if (shown === undefined) this.#remove();
    else this.#set(shown);
  }

  #set(data: unknown): void {
    // As an updater, for data that is a function.
    this.#write(() => void this.#client.setQueryData(this.#key, () => data));
  }

  /** Writes one answer, which is known then, unless a listener has written another one since. */
  #write(write: () => void): void {
    const { host } = this.#client;
    const expected = (host.stateOf(this.#hash)?.dataUpdateCount ?? 0) + 1;
    this.#expected = expected;
    try {
      write();
      const answer = host.answerOf(this.#hash);
      if (answer?.state.dataUpdateCount === expected) this.#know(answer);
    } finally {
      this.#expected = 0;
    }
  }

  /** Shows what is committed again, as old as it is, as long as it may be shown. */
  #putBack(data: unknown): void {
    const { host } = this.#client;
    const { answer, until } = this.#found ?? { until: Infinity };
    const ttl = until - host.now();
    if (data === undefined || ttl <= 0) return this.#remove();
    const query = host.acquire(this.#key, this.#hash);
    try {
      if (answer) {
        this.#know(answer);
        this.#unheard(() => query.take(answer, ttl));
      } else this.#setBack(query, data);
    } finally {
      host.release(query);
    }
  }

  #setBack(query: ReturnType<QueryClient["host"]["acquire"]>, data: unknown): void {
    const { host } = this.#client;
    const hoped = host.answerOf(this.#hash);
    const options = host.defaults.resolve("mutateQuery", this.#key, undefined);
    this.#write(() => query.setData(data, options, { updatedAt: this.#landedAt }));
    // It was too old already.
    if (host.answerOf(this.#hash) === hoped) this.#remove();
  }

  /** On screen, it is pending then, and loaded. */
  #remove(): void {
    this.#unheard(() => this.#client.removeQueries({ queryKey: this.#key, exact: true }));
    this.#know(this.#client.host.answerOf(this.#hash));
  }

  /** Its own removals are no news; what the cache may not hold leaves it in a rollback. */
  #unheard(run: () => void): void {
    this.#isRemoving = true;
    try {
      run();
    } finally {
      this.#isRemoving = false;
    }
  }

  /** Marks the query stale, and loads it where it is on screen, if somebody wants that. */
  #loadAgain(): void {
    this.#sync();
    const isGone = this.#displayed === undefined;
    // What was removed just now is loaded already.
    if (isGone && this.#client.host.live.get(this.#hash)?.state.fetchStatus !== "idle") return;
    if (this.#wantsLoad || this.#wasMarked || (this.#owesLoad && isGone)) {
      void this.#client.invalidateQueries({ queryKey: this.#key, exact: true });
    }
  }
}
