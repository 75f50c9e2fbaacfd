// What the loads of a cache did of late. Its code comes with the record.
// docs/decisions/0044-loads-are-heard-at-one-place.md
import type { Flights, LoadListener, LoadStep } from "../core/lru/flight.ts";
import { Durations } from "./durations.ts";
import { LoadTallies } from "./load-tallies.ts";
import { valueWords } from "./panel/value-words.ts";
import { MutationLog } from "./mutation-log.ts";
import { Ring } from "./ring.ts";
import { cacheOf, type DevtoolsTarget, isClient } from "./source.ts";
import { idOf } from "./departures.ts";
import type { Stories } from "./stories.ts";

/** Loads that are remembered. */
export const MAX_LOADS = 250;
/** Of one load, the last tries, waits and pauses: as many as three more tries take. */
export const MAX_STEPS = 7;
/** Of one load, the last callers that joined it. */
export const MAX_JOINS = 4;
/** Characters of what a try failed with. */
export const MAX_ERROR = 80;
const NONE: readonly never[] = [];

/** How a load ended. `unseen`: the recording stopped before. */
export type LoadOutcome = "succeeded" | "failed" | "timed out" | "aborted" | "unseen";

/** A load of a query calls its fetcher, or fails with another try to come, or waits for network or page. */
interface LoggedStep {
  readonly kind: "fetching" | "retry" | "paused";
  /** Wall time in ms. */
  readonly at: number;
  /** What the try failed with. */
  readonly error: string | undefined;
}

/** One load. Others only read it. */
export interface LoggedLoad {
  /** In the order in which loads began, from 1. */
  readonly serial: number;
  /** The key; the text of it where it is an object, which must not be kept alive. */
  readonly key: unknown;
  /** Wall time in ms. */
  readonly start: number;
  /** It began before it was heard of, nobody knows when; `start` is when it was heard of. */
  readonly isLate?: boolean;
  /** There was a value already. */
  readonly isRefresh: boolean;
  steps: readonly LoggedStep[];
  /** Tries of a query that failed, with another one to come. */
  retries: number;
  /** When callers joined it: the last ones. */
  joins: readonly number[];
  joined: number;
  /** Wall time in ms; `undefined` while it runs. */
  end: number | undefined;
  outcome: LoadOutcome | undefined;
  /** What it failed with. */
  error: string | undefined;
}

/** A log of the loads of one cache or client: a ring of the last ones, and counts of all since it began. */
export class LoadLog {
  /** Another number after each change. */
  version = 0;
  readonly counts = { started: 0, succeeded: 0, failed: 0, aborted: 0, joined: 0 };
  /** Of loads that ended and were not aborted. */
  readonly durations: Durations = new Durations();
  readonly tallies: LoadTallies = new LoadTallies();
  readonly mutations: MutationLog;
  /** Loads that were not recorded: those of before, and while the recording was off. */
  missed = 0;
  #target: DevtoolsTarget;
  #stories: Pick<Stories, "fail">;
  #now: () => number;
  #loads: Ring<LoggedLoad>;
  #running = new Map<object, LoggedLoad>();
  /** Loads whose end the recording did not see. */
  #unseen = new WeakSet<object>();

  /** @param now wall time in ms */
  constructor(target: DevtoolsTarget, stories: Pick<Stories, "fail">, now?: () => number, most: number = MAX_LOADS) {
    this.#target = target;
    this.#stories = stories;
    this.#now = now ?? fineWallTime;
    this.#loads = new Ring(most);
    this.mutations = new MutationLog(target, now);
  }

  /** The last loads, the oldest first; a fresh array. */
  get loads(): LoggedLoad[] {
    return this.#loads.toArray();
  }

  get running(): number {
    return this.#running.size;
  }

  /** The time that the log is kept in: wall time in ms. */
  now(): number {
    return this.#now();
  }

  /** Hears of the loads of its cache from now on. Returns the undo. */
  follow(): () => void {
    // By shape: a page may hold two copies of the package.
    const { flights } = cacheOf(this.#target) as { readonly flights?: Partial<Flights<unknown>> };
    const { listeners, counters } = flights ?? {};
    if (!listeners || !counters) return () => undefined;
    this.missed = Math.max(0, counters.started - this.counts.started);
    // Of a cache, the keys that are being loaded are not told: such a load is heard of by its next step.
    for (const { hash } of isClient(this.#target) ? this.#target.getQueries() : []) {
      const flight = flights?.get?.(hash);
      if (flight) this.#beginLate(hash, flight);
    }
    listeners.add(this.#hear);
    this.mutations.follow();
    return () => {
      this.mutations.stop();
      listeners.delete(this.#hear);
      for (const flight of this.#running.keys()) this.#end(flight, "unseen");
    };
  }

  readonly #hear: LoadListener<unknown> = (key, flight, step, error) => {
    this.version++;
    if (step === "failed") this.#stories.fail(key);
    this.mutations.landed = step === "succeeded" ? key : undefined;
    if (step === "started") return this.#begin(key, flight);
    this.#beginLate(key, flight);
    const load = this.#running.get(flight);
    if (load) this.#goOn(load, flight, step, error);
  };

  /** One that began before the recording, unless it is known. */
  #beginLate(key: unknown, flight: object): void {
    if (this.#running.has(flight) || this.#unseen.has(flight)) return;
    this.missed = Math.max(0, this.missed - 1);
    this.#begin(key, flight, { isLate: true });
  }

  #begin(key: unknown, flight: object, more?: { readonly isLate: true }): void {
    const load: LoggedLoad = {
      ...more,
      serial: ++this.counts.started,
      key: idOf(key),
      start: this.#now(),
      isRefresh: this.#isThere(key),
      steps: NONE,
      retries: 0,
      joins: NONE,
      joined: 0,
      end: undefined,
      outcome: undefined,
      error: undefined,
    };
    this.#running.set(flight, load);
    this.#loads.push(load);
  }

  #goOn(load: LoggedLoad, flight: object, step: Exclude<LoadStep, "started">, error: unknown): void {
    switch (step) {
      case "joined":
        this.counts.joined++;
        load.joined++;
        load.joins = withLast(load.joins, this.#now(), MAX_JOINS);
        return;
      case "retry":
        load.retries++;
        load.steps = withLast(load.steps, { kind: step, at: this.#now(), error: errorText(error) });
        return;
      case "fetching":
      case "paused":
        load.steps = withLast(load.steps, { kind: step, at: this.#now(), error: undefined });
        return;
      case "failed":
        load.error = errorText(error);
        return this.#end(flight, isTimeout(error, load.error) ? "timed out" : step);
      default:
        return this.#end(flight, step);
    }
  }

  #end(flight: object, outcome: LoadOutcome): void {
    const load = this.#running.get(flight)!;
    this.#running.delete(flight);
    load.end = this.#now();
    load.outcome = outcome;
    if (outcome === "unseen") return void this.#unseen.add(flight);
    const isFailed = outcome === "failed" || outcome === "timed out";
    this.counts[isFailed ? "failed" : outcome]++;
    if (outcome === "aborted" || load.isLate) return;
    const ms = load.end - load.start;
    this.durations.add(ms);
    this.tallies.add(load.key, ms, isFailed);
  }

  /** Whether a key has a value, which a load then brings anew. */
  #isThere(key: unknown): boolean {
    const target = this.#target;
    if (!isClient(target)) return target.remainingTtl(key as never) !== undefined;
    // What a query shows may have left the cache.
    return target.host?.find?.(key as string)?.state.data !== undefined;
  }
}

/** A new array, as long as need be: one that grows, or is spread, takes room for 17 and more. */
function withLast<T>(items: readonly T[], item: T, most: number = MAX_STEPS): readonly T[] {
  return items.slice(1 - most).concat([item]);
}

/** No code of an error runs, and neither the error is kept alive nor a text that this one is only a part of. */
function errorText(error: unknown): string {
  return JSON.parse(JSON.stringify(valueWords(error).text.slice(0, MAX_ERROR))) as string;
}

/** Of the engine, or of `AbortSignal.timeout`. */
function isTimeout(error: unknown, text: string): boolean {
  if (text.startsWith("TimeoutError")) return true;
  try {
    return Object.getOwnPropertyDescriptor(error, "code")?.value === "timeout";
  } catch {
    return false;
  }
}

/** Finer than that of `Date`: most loads of a page take few ms. */
function fineWallTime(): number {
  return performance.timeOrigin + performance.now();
}
