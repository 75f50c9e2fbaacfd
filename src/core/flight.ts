import { reasonOf } from "./abort.ts";
import { guarded } from "./events.ts";
import type { LoadCounters } from "./metrics/counters.ts";

/** What a loader or fetcher gets besides its key. */
export interface LoadContext {
  /**
   * Aborted when nobody waits for the answer any more. It is made when it is first read: a loader that never reads
   * it runs to its end, and its answer is kept.
   */
  readonly signal: AbortSignal;
}

type Load<V> = (context: LoadContext) => V | PromiseLike<V>;

/** How a flight ended. */
type Outcome = "succeeded" | "failed" | "aborted";

/** Hears the end of a flight, before its callers do: the value of one that succeeded, the error of one that failed. */
type Tower = (outcome: Outcome, result?: unknown) => void;

/** Sets a caller's deadline: `late` gives up for that caller. Returns the undo. */
export type Deadline = (late: (error: unknown) => void) => () => void;

/** One load under way: a promise that callers join and leave. The last one to leave aborts it. */
export class Flight<V = unknown> {
  /** Settles with the load's answer. It may reject unheard: callers get a promise of their own by `follow`. */
  readonly promise: Promise<V>;
  /** Whether a value that is written meanwhile is as good an answer. */
  readonly takesWrites: boolean;
  /** One of the same key that is older than anybody would wait for, and has callers still. */
  late: Flight<V> | undefined;
  /** When nobody joins it any more. */
  joinableUntil: number = Infinity;
  /** Whether its loader is being called just now. */
  isStarting = false;
  #callers = 0;
  #isKept = false;
  #over = false;
  #controller: AbortController | undefined;
  #tower: Tower;
  #resolve!: (value: V) => void;
  #reject!: (error: unknown) => void;

  constructor(takesWrites: boolean, tower: Tower) {
    this.takesWrites = takesWrites;
    this.#tower = tower;
    this.promise = new Promise<V>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
  }

  /** Whether it landed, failed or was aborted. */
  get over(): boolean {
    return this.#over;
  }

  /** Whether anybody waits for it. */
  get isWanted(): boolean {
    return this.#callers > 0;
  }

  /** Somebody else brought the value: everybody who waits gets it where that will do, and the load is aborted. */
  supersede(value: V): void {
    this.late?.supersede(value);
    if (!this.takesWrites || !this.#end("aborted")) return;
    this.#tellLoader();
    this.#resolve(value);
  }

  /** Ends it for everybody who waits: they are rejected. @param reason an abort, when it is not given */
  cancel(reason?: unknown): void {
    if (this.#end("aborted")) this.#reject(this.#tellLoader(reason));
  }

  /** Whether it ended because everybody left. */
  get aborted(): boolean {
    return this.#controller?.signal.aborted ?? false;
  }

  /** Counts a caller. Returns its undo, which works once. */
  join(): () => void {
    this.#callers++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      if (--this.#callers === 0 && this.#controller) this.cancel();
    };
  }

  /**
   * Joins, and gives a promise that the caller's own signal and deadline reject without disturbing the others. A load
   * for which nobody else waits at the deadline is given up: it failed, and its loader is told by its signal.
   */
  follow(signal?: AbortSignal, deadline?: Deadline): Promise<V> {
    return new Promise((resolve, reject) => {
      const leave = this.join();
      const onAbort = (): void => {
        reject(reasonOf(signal!));
        stop();
        leave();
      };
      const disarm = deadline?.((error) => {
        reject(error);
        stop();
        if (this.#callers === 1 && this.#end("failed", error)) this.#reject(this.#tellLoader(error));
        leave();
      });
      const stop = (): void => {
        signal?.removeEventListener("abort", onAbort);
        disarm?.();
      };
      signal?.addEventListener("abort", onAbort);
      this.promise.then(resolve, reject).finally(stop);
      // A listener of the cache may have aborted it since its caller looked.
      if (signal?.aborted) onAbort();
    });
  }

  /** The cache itself waits for it, once at a time: no caller's leaving ends it. */
  keep(deadline?: Deadline): void {
    if (this.#isKept) return;
    this.#isKept = true;
    const free = (): void => void (this.#isKept = false);
    this.follow(undefined, deadline).then(free, free);
  }

  /**
   * Calls the loader. Only its owner does, once it can be joined.
   * @param accept sees the answer first; what it throws is the load's failure
   */
  start(load: Load<V>, accept?: (value: V) => void): void {
    void this.#run(load, accept);
  }

  async #run(load: Load<V>, accept: ((value: V) => void) | undefined): Promise<void> {
    const signal = (): AbortSignal => this.#signal();
    const context: LoadContext = {
      get signal() {
        return signal();
      },
    };
    try {
      this.isStarting = true;
      const answer = load(context);
      this.isStarting = false;
      const value = await answer;
      if (!this.#over) accept?.(value);
      if (this.#end("succeeded", value)) this.#resolve(value);
    } catch (error) {
      if (this.#end("failed", error)) this.#reject(error);
    }
  }

  #signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      // Read late, after everybody had left.
      if (this.#callers === 0) this.cancel();
    }
    return this.#controller.signal;
  }

  /** Tells also one that reads its signal later. Returns the reason. */
  #tellLoader(reason?: unknown): unknown {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
    return reason ?? reasonOf(this.#controller.signal);
  }

  /** Returns whether it was not over already. */
  #end(outcome: Outcome, result?: unknown): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#tower(outcome, result);
    return true;
  }
}

/**
 * The loads of one cache: at most one that is welcome for each key. Queries use the same machine and counters.
 * A load whose key was written or removed meanwhile is dismissed: its callers get its answer, the cache does not.
 */
export class Flights<K> {
  readonly counters: LoadCounters;
  /** From the first load on. */
  #flights: Map<K, Flight> | undefined;
  /** These and the dismissed ones. */
  #underWay = new Set<Flight>();
  /**
   * Monotonic ms, for the durations. Public on purpose: a copy of a cache would be an empty one, and `structuredClone`
   * refuses functions.
   */
  readonly now: () => number;
  #shardOf: (key: K) => number;

  /** @param shardOf the place of a key's shard, by which durations are told apart */
  constructor(counters: LoadCounters, now: () => number, shardOf: (key: K) => number) {
    this.counters = counters;
    this.now = now;
    this.#shardOf = shardOf;
  }

  get size(): number {
    return this.#flights?.size ?? 0;
  }

  /** The load that a caller of this key would join. */
  get(key: K): Flight | undefined {
    return this.#flights?.get(key);
  }

  /**
   * A flight that callers can join already. Its owner starts it.
   * @param landed gets the answer, unless the flight was dismissed or aborted
   * @param takesWrites whether a value that is written meanwhile is as good an answer
   * @param failed gets the error
   */
  prepare<V>(key: K, landed: (value: V) => void, takesWrites = false, failed?: (error: unknown) => void): Flight<V> {
    const began = this.now();
    const { counters } = this;
    const flight = new Flight<V>(takesWrites, (outcome, result) => {
      counters.end(outcome, this.now() - began, this.#shardOf(key));
      this.#underWay.delete(flight as Flight);
      const isWelcome = this.get(key) === (flight as Flight);
      if (isWelcome) this.dismiss(key);
      if (outcome === "failed") failed?.(result);
      else if (isWelcome && outcome === "succeeded") guarded(() => landed(result as V));
    });
    counters.started++;
    this.#underWay.add(flight as Flight);
    this.welcome(key, flight as Flight);
    return flight;
  }

  /** The answer of this key's load is not welcome any more. */
  dismiss(key: K): void {
    this.#flights?.delete(key);
  }

  /** The load of a key that is written, dismissed. */
  take(key: K): Flight | undefined {
    const flight = this.get(key);
    this.dismiss(key);
    return flight;
  }

  /** A write of its own owner does not make this load unwelcome. */
  welcome(key: K, flight: Flight): void {
    if (!flight.over) (this.#flights ??= new Map()).set(key, flight);
  }

  dismissAll(): void {
    this.#flights?.clear();
  }

  /** Ends every load under way, also the dismissed ones: who waits is rejected with `reason`, and loaders are told. */
  cancelAll(reason?: unknown): void {
    for (const flight of this.#underWay) flight.cancel(reason);
  }
}
