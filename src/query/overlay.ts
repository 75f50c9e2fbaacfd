import type { Answer } from "./answer.ts";
import type { QueryClient } from "./client.ts";
import type { QueryKey } from "./key.ts";

/**
 * What `mutateQuery` knows of one key, from the first of the calls that overlap to the end of the latest.
 * ```
 *  committed ---- begin ----> optimistic, shown ---- commit --> data
 *      ^                            |
 *      +--------- roll back --------+        loads are dismissed all along
 * ```
 */
export class Overlay {
  #client: QueryClient;
  #key: QueryKey;
  #hash: string;
  #over: () => void;
  #latest = 0;
  /** What was there before the optimistic data. */
  #before: Answer | undefined;
  /** Monotonic ms at which that may not be shown any more. */
  #beforeUntil = Infinity;
  /** The optimistic data as it is stored: whatever else is there was set by somebody else, also where it is equal. */
  #optimistic: Answer | undefined;
  #isOver = false;
  /** The key was removed, and nothing was set since. */
  #wasRemoved = false;
  /** A load that had nothing to fall back on was ended. */
  #owesLoad = false;

  /** @param over the latest of its calls has ended */
  constructor(client: QueryClient, key: QueryKey, hash: string, over: () => void) {
    this.#client = client;
    this.#key = key;
    this.#hash = hash;
    this.#over = over;
  }

  /** The data of the key now. */
  get displayed(): unknown {
    let displayed: unknown;
    // An updater that gives `undefined` only looks, and counts no lookup.
    this.#client.setQueryData(this.#key, (old: unknown) => void (displayed = old));
    return displayed;
  }

  /** The data of the key without what is only hoped for. What somebody else set meanwhile is committed. */
  get committed(): unknown {
    return this.#showsOptimistic ? this.#before?.state.data : this.displayed;
  }

  /** The latest of the calls has ended. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** A call overtakes those before it. @returns its number */
  begin(): number {
    if (!this.#showsOptimistic) {
      const { host, cache } = this.#client;
      this.#before = host.answerOf(this.#hash);
      this.#beforeUntil = host.now() + (cache.remainingTtl(this.#hash) ?? Infinity);
    }
    this.#wasRemoved = false;
    return ++this.#latest;
  }

  /** Shows what is hoped for, unless it is `undefined`; no load shows from now on. */
  show(optimistic: unknown): void {
    if (optimistic !== undefined) {
      this.#set(optimistic);
      this.#optimistic = this.#client.host.answerOf(this.#hash);
    }
    this.dismissLoad();
  }

  /** Who waits for the load gets its answer; the query does not. */
  dismissLoad(): void {
    const { cache, host } = this.#client;
    if (!cache.flights.get(this.#hash)) return;
    if (this.displayed === undefined) this.#owesLoad = true;
    const query = host.live.get(this.#hash);
    if (!query) return cache.flights.dismiss(this.#hash);
    query.dismissLoad();
    host.release(query);
  }

  /** The key was set, or removed by somebody. */
  heard(type: "set" | "removal"): void {
    this.#wasRemoved = type === "removal";
  }

  /** Whether the call may still write. */
  isLatest(call: number): boolean {
    return call === this.#latest && !this.#isOver && !this.#client.host.isDisposed;
  }

  /** Shows what the latest call brought; `undefined` leaves what is shown. */
  commit(data: unknown): void {
    if (data !== undefined && !this.#wasRemoved) this.#set(data);
    this.#end();
  }

  /** The latest call failed. */
  fail(goesBack: () => boolean): void {
    this.#end();
    if (!this.#showsOptimistic || !goesBack()) return;
    const ttl = this.#beforeUntil - this.#client.host.now();
    if (this.#before?.state.data !== undefined && ttl > 0) return this.#putBack(this.#before, ttl);
    // On screen, it is pending then, and loaded.
    this.#client.removeQueries({ queryKey: this.#key, exact: true });
    this.#owesLoad = false;
  }

  /** Shows an answer of before again, as old as it is. @param ttl ms that it has left */
  #putBack(answer: Answer, ttl: number): void {
    const { host } = this.#client;
    const query = host.acquire(this.#key, this.#hash);
    query.take(answer, ttl);
    host.release(query);
  }

  /** Marks the query stale, and loads it where it is on screen. */
  revalidate(isWanted: boolean): void {
    if (this.#client.host.isDisposed || !(isWanted || this.#owesLoad)) return;
    this.#owesLoad = false;
    void this.#client.invalidateQueries({ queryKey: this.#key, exact: true });
  }

  get #showsOptimistic(): boolean {
    return this.#optimistic !== undefined && this.#client.host.answerOf(this.#hash) === this.#optimistic;
  }

  #set(data: unknown): void {
    // As an updater, for data that is a function.
    this.#client.setQueryData(this.#key, () => data);
  }

  #end(): void {
    this.#isOver = true;
    this.#over();
  }
}
