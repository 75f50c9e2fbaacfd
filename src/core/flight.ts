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

/** Hears the end of a flight, before its callers do; the value of one that succeeded. */
type Tower = (outcome: Outcome, value?: unknown) => void;

/** One load under way: a promise that callers join and leave. The last one to leave aborts it. */
export class Flight<V = unknown> {
  /** Settles with the load's answer. It may reject unheard: callers get a promise of their own by `follow`. */
  readonly promise: Promise<V>;
  /** Whether a value that is written meanwhile is as good an answer. */
  readonly takesWrites: boolean;
  #callers = 0;
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

  /** Somebody else brought the value: everybody who waits gets it, and the load is aborted. */
  supersede(value: V): void {
    if (!this.#end("aborted")) return;
    this.#controller?.abort();
    this.#resolve(value);
  }

  /** Gives it up: everybody who waits is rejected with this error, and the loader is told by its signal. */
  fail(error: unknown): void {
    this.#fail(error);
    this.#controller?.abort(error);
  }

  /** Ends it for everybody who waits: they are rejected, as by an abort. */
  cancel(): void {
    this.#controller ??= new AbortController();
    this.#abort();
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
      if (--this.#callers === 0 && this.#controller) this.#abort();
    };
  }

  /** Joins, and gives a promise that the caller's own signal rejects without disturbing the others. */
  async follow(signal: AbortSignal | undefined): Promise<V> {
    const leave = this.join();
    if (!signal) return this.promise;
    const aborted = new Promise<never>((_, reject) => {
      const onAbort = (): void => {
        reject(signal.reason);
        leave();
      };
      signal.addEventListener("abort", onAbort, { once: true });
      const stopListening = (): void => signal.removeEventListener("abort", onAbort);
      this.promise.then(stopListening, stopListening);
    });
    return Promise.race([this.promise, aborted]);
  }

  /** Calls the loader. Only its owner does, once it can be joined. */
  start(load: Load<V>): void {
    const signal = (): AbortSignal => this.#signal();
    const context: LoadContext = {
      get signal() {
        return signal();
      },
    };
    let answer: V | PromiseLike<V>;
    try {
      answer = load(context);
    } catch (error) {
      return this.#fail(error);
    }
    Promise.resolve(answer).then(
      (value) => this.#land(value),
      (error: unknown) => this.#fail(error),
    );
  }

  #signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      // Read late, after everybody had left.
      if (this.#callers === 0) this.#abort();
    }
    return this.#controller.signal;
  }

  #land(value: V): void {
    if (this.#end("succeeded", value)) this.#resolve(value);
  }

  #fail(error: unknown): void {
    if (this.#end("failed")) this.#reject(error);
  }

  #abort(): void {
    if (!this.#end("aborted")) return;
    this.#controller?.abort();
    this.#reject(this.#controller?.signal.reason);
  }

  /** Returns whether it was not over already. */
  #end(outcome: Outcome, value?: V): boolean {
    if (this.#over) return false;
    this.#over = true;
    this.#tower(outcome, value);
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
  #now: () => number;

  /** @param now monotonic ms, for the durations */
  constructor(counters: LoadCounters, now: () => number) {
    this.counters = counters;
    this.#now = now;
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
   */
  prepare<V>(key: K, landed: (value: V) => void, takesWrites = false): Flight<V> {
    const began = this.#now();
    const { counters } = this;
    const flight = new Flight<V>(takesWrites, (outcome, value) => {
      counters.end(outcome, this.#now() - began);
      if (this.#flights?.get(key) !== (flight as Flight)) return;
      this.#flights.delete(key);
      if (outcome === "succeeded") guarded(() => landed(value as V));
    });
    counters.started++;
    (this.#flights ??= new Map()).set(key, flight);
    return flight;
  }

  /** The answer of this key's load is not welcome any more. */
  dismiss(key: K): void {
    this.#flights?.delete(key);
  }

  /** A key was written: its load is dismissed, and who waits for it gets the new value where that will do. */
  written(key: K, value: unknown): void {
    const flight = this.#flights?.get(key);
    this.#flights?.delete(key);
    if (flight?.takesWrites) flight.supersede(value);
  }

  /** A write of its own owner does not make this load unwelcome. */
  welcome(key: K, flight: Flight): void {
    if (!flight.over) (this.#flights ??= new Map()).set(key, flight);
  }

  dismissAll(): void {
    this.#flights?.clear();
  }
}
