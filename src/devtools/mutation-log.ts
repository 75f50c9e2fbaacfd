// What mutations of a client did to its queries while they ran, as far as that can be seen.
import type { Mutation, QueryKey } from "../query/index.ts";
import { type InspectableClient, isClient, type DevtoolsTarget } from "./source.ts";

/** Keys that are told apart for one mutation. */
const MAX_KEYS = 100;

/** By shape: a page may hold two copies of the package. */
interface FollowedCalls {
  /** Those that run, those that a hook shows, and the last 100 that settled. */
  readonly known: Iterable<Mutation>;
  readonly running: ReadonlyMap<Mutation, unknown>;
  readonly listeners: Set<(type: string, mutation: Mutation) => void>;
}

/** What was seen while a mutation ran. Others may have done it. */
export interface MutationTrace {
  /** Wall time in ms; `undefined` while it runs. */
  readonly ended: number | undefined;
  /** How many queries became stale, were written, and were written once more after it had failed. */
  readonly invalidated: number;
  readonly written: number;
  readonly rolledBack: number;
}

/** The same, as it is found out. */
interface Trace {
  ended: number | undefined;
  readonly invalidated: Set<string>;
  readonly written: Set<string>;
  readonly rolledBack: Set<string>;
  /** The data that each query had last; held until the mutation ends. */
  readonly data: Map<string, unknown>;
}

/** Follows the mutations of a client, from when there are any. */
export class MutationLog {
  /** The hash of the query that a load has just brought an answer for: that is no write of a mutation. */
  landed: unknown;
  #client: InspectableClient | undefined;
  #now: () => number;
  #traces = new WeakMap<Mutation, Trace>();
  #followed: FollowedCalls | undefined;
  #leaveQueries: (() => void) | undefined;

  /** @param now wall time in ms, as a client takes it */
  constructor(target: DevtoolsTarget, now: () => number = Date.now) {
    this.#client = isClient(target) ? target : undefined;
    this.#now = now;
  }

  /** Those that are known, the latest first. */
  get mutations(): Mutation[] {
    // One that was cancelled shows nothing.
    return [...(this.#calls?.known ?? [])].filter(({ state }) => state.status !== "idle").reverse();
  }

  /** What a mutation did; `undefined` where it was not seen from its start. */
  traceOf(mutation: Mutation): MutationTrace | undefined {
    const trace = this.#traces.get(mutation);
    if (!trace) return undefined;
    const { ended, invalidated, written, rolledBack } = trace;
    return { ended, invalidated: invalidated.size, written: written.size, rolledBack: rolledBack.size };
  }

  /** Follows them; where there are none yet, from when there are. */
  follow(): void {
    const host = this.#client?.host;
    if (!host || this.#listen()) return;
    const mutations = { configurable: true, enumerable: true };
    const set = (value: object): void => {
      Object.defineProperty(host, "mutations", { ...mutations, writable: true, value });
      this.#listen();
    };
    Object.defineProperty(host, "mutations", { ...mutations, get: () => undefined, set });
  }

  stop(): void {
    const host = this.#client?.host;
    if (host && !host.mutations) Reflect.deleteProperty(host, "mutations");
    this.#followed?.listeners.delete(this.#hear);
    this.#followed = undefined;
    this.#rest();
  }

  /** Returns whether there are any. */
  #listen(): boolean {
    const calls = this.#calls;
    this.#followed = calls?.listeners && calls;
    this.#followed?.listeners.add(this.#hear);
    return calls !== undefined;
  }

  get #calls(): FollowedCalls | undefined {
    return this.#client?.host?.mutations as FollowedCalls | undefined;
  }

  readonly #hear = (type: string, mutation: Mutation): void => {
    const trace = this.#traces.get(mutation);
    if (type === "added") {
      const [invalidated, written, rolledBack] = [new Set<string>(), new Set<string>(), new Set<string>()];
      this.#traces.set(mutation, { ended: undefined, invalidated, written, rolledBack, data: new Map() });
      this.#leaveQueries ??= this.#client?.subscribe((event) => this.#hearQuery(event));
    } else if (trace && mutation.state.status !== "pending") {
      trace.ended ??= this.#now();
      trace.data.clear();
    }
  };

  #rest(): void {
    this.#leaveQueries?.();
    this.#leaveQueries = undefined;
  }

  #hearQuery({ hash, key }: { readonly hash: string; readonly key?: QueryKey }): void {
    const running = [...(this.#followed?.running.keys() ?? [])].filter(({ state }) => state.status === "pending");
    if (running.length === 0) return this.#rest();
    const isLoad = this.landed === hash;
    this.landed = undefined;
    const info = key === undefined ? undefined : this.#client?.getQueryState?.(key);
    for (const mutation of running) {
      const trace = this.#traces.get(mutation);
      if (!trace || (trace.data.size >= MAX_KEYS && !trace.data.has(hash))) continue;
      if (info?.isInvalidated) trace.invalidated.add(hash);
      const isOther = trace.data.has(hash)
        ? trace.data.get(hash) !== info?.data
        : // What was written just now is not stale.
          info !== undefined && !info.isInvalidated && info.dataUpdatedAt >= mutation.state.submittedAt;
      trace.data.set(hash, info?.data);
      if (isOther && !isLoad) noteWrite(trace, hash, mutation.state.failureCount > 0);
    }
  }
}

function noteWrite({ written, rolledBack }: Trace, hash: string, hasFailed: boolean): void {
  if (hasFailed && written.has(hash)) rolledBack.add(hash);
  written.add(hash);
}
