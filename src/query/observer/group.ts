import type { QueryObserver } from "./observer.ts";
import type { QueryResult } from "./result.ts";
import { shareData } from "../model/sharing.ts";

/** Makes the object that a component gets for a result. */
type Show = (result: QueryResult<unknown>, observer: QueryObserver<unknown>) => unknown;
type Combine = (all: readonly unknown[]) => unknown;

/**
 * Several observers as one store: a list of hooks that grows, shrinks and changes its order. What a render matched is
 * not taken over before `commit`.
 */
export class ObserverGroup {
  #show: Show;
  #observers: readonly QueryObserver<unknown>[] = [];
  #leaves = new Map<QueryObserver<unknown>, () => void>();
  #shown: { readonly results: readonly object[]; readonly all: readonly unknown[] } = { results: [], all: [] };
  #combined: { readonly all: readonly unknown[]; readonly combine: Combine; readonly output: unknown } | undefined;
  /** What was combined when the snapshot was taken last, and the number that stands for it. */
  #published: unknown;
  #seen: { readonly versions: string; readonly combine: Combine | undefined } = { versions: "", combine: undefined };
  #version = 0;
  #listeners = new Set<{ readonly listener: () => void }>();

  /** @param show is called once for each result */
  constructor(show: Show) {
    this.#show = show;
  }

  /**
   * The observers of some keys. An observer that is there for a key is used again, once.
   * @param hashes `undefined` for an idle one
   */
  match(
    hashes: readonly (string | undefined)[],
    make: (index: number) => QueryObserver<unknown>,
  ): readonly QueryObserver<unknown>[] {
    const free = new Map<string | undefined, QueryObserver<unknown>[]>();
    for (const observer of this.#observers) free.set(observer.hash, [...(free.get(observer.hash) ?? []), observer]);
    const kept = hashes.map((hash) => free.get(hash)?.shift());
    return kept.map((observer, index) => observer ?? this.#make(index, make, kept));
  }

  /** A key that takes the place of another one may show its data, as `placeholderData` says. */
  #make(
    index: number,
    make: (index: number) => QueryObserver<unknown>,
    kept: readonly (QueryObserver<unknown> | undefined)[],
  ): QueryObserver<unknown> {
    const made = make(index);
    const before = this.#observers[index];
    if (before && !kept.includes(before)) made.follow(before);
    return made;
  }

  /** What is shown of each result, made anew for those that are another one; the same array while all are the same. */
  shown(
    observers: readonly QueryObserver<unknown>[],
    results: readonly QueryResult<unknown>[] = observers.map((observer) => observer.getResult()),
  ): readonly unknown[] {
    const { results: before, all } = this.#shown;
    if (results.length === before.length && results.every((result, index) => result === before[index])) return all;
    const next = results.map((result, index) => {
      // Most are where they were.
      const place = before[index] === result ? index : before.indexOf(result);
      return place < 0 ? this.#show(result, observers[index]!) : all[place];
    });
    this.#shown = { results, all: next };
    return next;
  }

  /** The output of a function of all results. It is called only for other results. Equal parts keep their references. */
  combined(all: readonly unknown[], combine: Combine): unknown {
    const before = this.#combined;
    if (before?.all === all && before.combine === combine) return before.output;
    const made = combine(all);
    const output = before ? shareData(before.output, made) : made;
    this.#combined = { all, combine, output };
    return output;
  }

  /** These are on screen now. @param combined the output of `combine`, if there is one */
  commit(observers: readonly QueryObserver<unknown>[], combined: unknown): void {
    this.#published = combined;
    const gone = new Set(this.#observers);
    this.#observers = observers;
    for (const observer of observers) gone.delete(observer);
    if (this.#listeners.size > 0) this.#follow();
    for (const observer of gone) this.#unfollow(observer);
  }

  /** Calls the listener after each change. Returns the undo. */
  subscribe = (listener: () => void): (() => void) => {
    const subscription = { listener };
    this.#listeners.add(subscription);
    this.#follow();
    return () => {
      this.#listeners.delete(subscription);
      if (this.#listeners.size === 0) for (const observer of this.#observers) this.#unfollow(observer);
    };
  };

  /** A value that changes with a field that was read of a result, or with the output of `combine`. */
  snapshotOf(observers: readonly QueryObserver<unknown>[], combine: Combine | undefined): string | number {
    const versions = observers.map((observer) => observer.getSnapshot()).join();
    if (!combine || observers.some(mayThrow)) return versions;
    const { versions: before, combine: combineBefore } = this.#seen;
    if (versions === before && combine === combineBefore) return this.#version;
    this.#seen = { versions, combine };
    const combined = this.combined(this.shown(observers), combine);
    if (!Object.is(combined, this.#published)) {
      this.#published = combined;
      this.#version++;
    }
    return this.#version;
  }

  /** The same for a server, and for a page that hydrates. */
  serverSnapshotOf(observers: readonly QueryObserver<unknown>[], combine: Combine | undefined): string | number {
    const versions = observers.map((observer) => observer.getServerSnapshot()).join();
    return combine ? this.#version : versions;
  }

  #follow(): void {
    for (const observer of this.#observers) {
      if (!this.#leaves.has(observer)) this.#leaves.set(observer, observer.subscribe(this.#tell));
    }
  }

  #unfollow(observer: QueryObserver<unknown>): void {
    this.#leaves.get(observer)?.();
    this.#leaves.delete(observer);
  }

  #tell = (): void => {
    for (const { listener } of this.#listeners) listener();
  };
}

/** Whether a component renders for the error of a hook, whatever it reads. */
function mayThrow(observer: QueryObserver<unknown>): boolean {
  return observer.options.throwOnError !== false && observer.getResult().isError;
}
