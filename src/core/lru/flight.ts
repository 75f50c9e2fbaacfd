import { reasonOf } from "./abort.ts";
import { guarded } from "./events.ts";
import { type LoadCounters, NO_LOADS } from "./metrics.ts";

/** What a loader or fetcher gets besides its key. */
export interface LoadContext {
  /**
   * Aborted when nobody waits for the answer any more. It is made when it is first read: a loader that never reads
   * it runs to its end, and its answer is kept.
   */
  readonly signal: AbortSignal;
}

/** How a flight ended. */
type Outcome = "succeeded" | "failed" | "aborted";

/**
 * What is told of a load. One of a query calls its fetcher (`fetching`), fails with another try to come (`retry`), and
 * waits for the network or for a page that somebody sees (`paused`). One of `getOrLoad` is one try from start to end.
 */
export type LoadStep = "started" | "joined" | "fetching" | "retry" | "paused" | Outcome;

/** Hears of a load. It must not throw. @param error what a load or its try failed with */
export type LoadListener<K> = (key: K, flight: object, step: LoadStep, error?: unknown) => void;

/** Sets a caller's deadline: `giveUp` gives up for that caller. Returns the undo. */
export type Deadline = (giveUp: (error: unknown) => void) => () => void;

/** One load under way: a promise that callers join and leave. The last one to leave aborts it. */
export class Flight<V = unknown> {
  /** Settles with the load's answer. It may reject unheard: callers get a promise of their own by `follow`. */
  readonly promise: Promise<V>;
  /** Whether it landed, failed or was aborted. */
  over = false;
  /** Whether its loader was told to stop. */
  aborted = false;
  /** Whether anybody waits for it. Others only read it. */
  isWanted = false;
  /** Takes a value that somebody else wrote meanwhile, where that is as good an answer. */
  onWrite: ((value: V) => void) | undefined;
  /** Of `getOrLoad`: when nobody joins it any more. */
  declare joinableUntil?: number;
  /** Of `getOrLoad`: whether its loader is being called just now. */
  declare isStarting?: boolean;
  /** Of `getOrLoad`: where the cache itself waits for it. */
  declare kept?: Promise<void> | undefined;
  #callers = 0;
  #controller: AbortController | undefined;
  #onEnd: (outcome: Outcome, result: unknown) => void;
  #resolve!: (value: V | PromiseLike<V>) => void;
  #reject!: (error: unknown) => void;

  /** @param onEnd hears the end before the callers do: the value when it succeeded, the error when it failed */
  constructor(onEnd: (outcome: Outcome, result: unknown) => void) {
    this.#onEnd = onEnd;
    this.promise = new Promise<V>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => undefined);
  }

  /** Gives a value to everybody who waits, and aborts the load. */
  supersede(value: V): void {
    if (!this.#end("aborted")) return;
    this.#abort();
    this.#resolve(value);
  }

  /** Ends it for everybody who waits: they are rejected. @param reason an abort, when it is not given */
  cancel(reason?: unknown): void {
    this.#fail("aborted", reason);
  }

  /** Counts a caller. Returns its undo, which works once. */
  join(): () => void {
    this.#callers++;
    this.isWanted = true;
    let left = 0;
    return () => {
      if (left++ > 0) return;
      this.isWanted = --this.#callers > 0;
      if (!this.isWanted && this.#controller) this.#fail("aborted");
    };
  }

  /**
   * Joins, and gives a promise that the caller's own signal and deadline reject without disturbing the others. A load
   * for which nobody else waits at the deadline is given up: it failed, and its loader is told by its signal.
   */
  follow(signal?: AbortSignal, deadline?: Deadline): Promise<V> {
    return new Promise((resolve, reject) => {
      const leave = this.join();
      const stop = (error: unknown): void => {
        reject(error);
        signal?.removeEventListener("abort", onAbort);
        disarm?.();
      };
      const onAbort = (): void => {
        stop(reasonOf(signal!));
        leave();
      };
      const disarm = deadline?.((error) => {
        stop(error);
        if (this.#callers === 1) this.#fail("failed", error);
        leave();
      });
      signal?.addEventListener("abort", onAbort);
      this.promise.then(resolve, reject).finally(stop as () => void);
      // A listener of the cache may have aborted it since its caller looked.
      if (signal?.aborted) onAbort();
    });
  }

  /**
   * Calls the loader. Only its owner does, once it can be joined.
   * @param accept sees the answer first; what it throws is the load's failure
   */
  async start(load: (context: LoadContext) => V | PromiseLike<V>, accept?: (value: V) => void): Promise<void> {
    const signal = (): AbortSignal => this.#signal();
    const context: LoadContext = {
      get signal() {
        return signal();
      },
    };
    try {
      const value = await load(context);
      accept?.(value);
      if (this.#end("succeeded", value)) this.#resolve(value);
    } catch (error) {
      if (this.#end("failed", error)) this.#reject(error);
    }
  }

  #signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      // Read late, after everybody had left.
      if (!this.isWanted) this.#fail("aborted");
    }
    return this.#controller.signal;
  }

  #fail(outcome: Outcome, reason?: unknown): void {
    if (this.#end(outcome, reason)) this.#reject(this.#abort(reason));
  }

  /** Tells the loader, also one that reads its signal later. Returns the reason. */
  #abort(reason?: unknown): unknown {
    this.aborted = true;
    const { signal } = (this.#controller ??= new AbortController());
    this.#controller.abort(reason);
    return reason ?? reasonOf(signal);
  }

  /** Returns whether it was not over already. */
  #end(outcome: Outcome, result?: unknown): boolean {
    if (this.over) return false;
    this.over = true;
    this.#onEnd(outcome, result);
    return true;
  }
}

/**
 * The loads of one cache: at most one that is welcome for each key. Queries use the same machine and counters.
 * A load whose key was written or removed meanwhile is dismissed: its callers get its answer, the cache does not.
 */
export class Flights<K> {
  readonly counters: LoadCounters = { ...NO_LOADS };
  /** Hears how many ms each load took. */
  onDuration: ((key: K, ms: number) => void) | undefined;
  /** Hear of each step of a load, while somebody records. */
  readonly listeners: Set<LoadListener<K>> = new Set();
  /** From the first load on. */
  #flights: Map<K, Flight> | undefined;
  /** These and the dismissed ones. */
  #underWay = new Set<Flight>();
  #clock: Timing;

  constructor(clock: Timing) {
    this.#clock = clock;
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
   * @param failed gets the error
   */
  prepare<V>(key: K, landed: (value: V) => void, failed?: (error: unknown) => void): Flight<V> {
    const began = this.#clock.now();
    const flight = new Flight<V>((outcome, result) => {
      const ms = this.#clock.now() - began;
      this.tell(key, flight as Flight, outcome, result);
      this.counters.duration += ms;
      this.onDuration?.(key, ms);
      this.#underWay.delete(flight as Flight);
      const isWelcome = this.get(key) === (flight as Flight);
      if (isWelcome) this.dismiss(key);
      if (outcome === "failed") failed?.(result);
      else if (isWelcome && outcome === "succeeded") guarded(() => landed(result as V));
    });
    this.tell(key, flight as Flight, "started");
    this.#underWay.add(flight as Flight);
    this.welcome(key, flight as Flight);
    return flight;
  }

  /** Counts a step of a load, where it is one that is counted, and tells it. */
  tell(key: K, flight: Flight, step: LoadStep, result?: unknown): void {
    if (step in this.counters) this.counters[step as keyof LoadCounters]++;
    for (const hear of this.listeners) hear(key, flight, step, result);
  }

  /** The answer of this key's load is not welcome any more. */
  dismiss(key: K): void {
    this.#flights?.delete(key);
  }

  /** The owner's own write keeps this load. */
  welcome(key: K, flight: Flight): void {
    if (!flight.over) (this.#flights ??= new Map()).set(key, flight);
  }

  dismissAll(): void {
    this.#flights?.clear();
  }

  /** Begins to count anew, with the loads that are under way. */
  resetCounters(): void {
    Object.assign(this.counters, NO_LOADS, { started: this.#underWay.size });
  }

  /** Ends every load under way, also the dismissed ones: callers are rejected with `reason`, and loaders are told. */
  cancelAll(reason?: unknown): void {
    for (const flight of this.#underWay) flight.cancel(reason);
  }
}

interface Timing {
  now(): number;
}

/** A cache, as layers that load know it. */
export interface Loading<K> {
  flights: Flights<K> | undefined;
  readonly clock: Timing;
}

/** The loads of a cache. The first layer that asks for them puts them there: a cache that nobody loads for has none. */
export function flightsOf<K>(cache: Loading<K>): Flights<K> {
  return (cache.flights ??= new Flights(cache.clock));
}
