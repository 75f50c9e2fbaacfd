import type { Anything } from "./options.ts";
import type { QueryObserver } from "./observer.ts";

/**
 * Several observers as one store: a list of hooks that grows, shrinks and changes its order. What a render matched is
 * not taken over before `commit`.
 */
export class ObserverGroup {
  #observers: readonly QueryObserver<Anything>[] = [];
  #leaves = new Map<QueryObserver<Anything>, () => void>();
  #shown: { readonly results: readonly object[]; readonly all: readonly unknown[] } = { results: [], all: [] };
  #listeners = new Set<{ readonly listener: () => void }>();

  /**
   * The observers of some keys: those of before where there is one, each used once.
   * @param hashes `undefined` for an idle one
   */
  match(
    hashes: readonly (string | undefined)[],
    make: (index: number) => QueryObserver<Anything>,
  ): readonly QueryObserver<Anything>[] {
    const free = new Map<string | undefined, QueryObserver<Anything>[]>();
    for (const observer of this.#observers) free.set(observer.hash, [...(free.get(observer.hash) ?? []), observer]);
    const kept = hashes.map((hash) => free.get(hash)?.shift());
    return kept.map((observer, index) => observer ?? this.#make(index, make, kept));
  }

  /** A key that takes the place of one that goes may show what was there, as `placeholderData` says. */
  #make(
    index: number,
    make: (index: number) => QueryObserver<Anything>,
    kept: readonly (QueryObserver<Anything> | undefined)[],
  ): QueryObserver<Anything> {
    const made = make(index);
    const before = this.#observers[index];
    if (before && !kept.includes(before)) made.follow(before);
    return made;
  }

  /** What is shown of each result, made anew for those that are another one; the same array while all are the same. */
  shown<R extends object, S>(results: readonly R[], show: (result: R, index: number) => S): readonly S[] {
    const { results: before, all } = this.#shown;
    if (results.length === before.length && results.every((result, index) => result === before[index])) {
      return all as readonly S[];
    }
    const next = results.map((result, index) => {
      // Most are where they were.
      const place = before[index] === result ? index : before.indexOf(result);
      return place < 0 ? show(result, index) : (all[place] as S);
    });
    this.#shown = { results, all: next };
    return next;
  }

  /** These are on screen now. */
  commit(observers: readonly QueryObserver<Anything>[]): void {
    const gone = new Set(this.#observers);
    this.#observers = observers;
    for (const observer of observers) gone.delete(observer);
    if (this.#listeners.size > 0) this.#follow();
    for (const observer of gone) this.#unfollow(observer);
  }

  subscribe = (listener: () => void): (() => void) => {
    const subscription = { listener };
    this.#listeners.add(subscription);
    this.#follow();
    return () => {
      this.#listeners.delete(subscription);
      if (this.#listeners.size === 0) for (const observer of this.#observers) this.#unfollow(observer);
    };
  };

  /** A number that changes when one of the results does, in a field that was read. */
  getSnapshot = (): string => this.#observers.map((observer) => observer.getSnapshot()).join();

  getServerSnapshot = (): string => this.#observers.map((observer) => observer.getServerSnapshot()).join();

  #follow(): void {
    for (const observer of this.#observers) {
      if (!this.#leaves.has(observer)) this.#leaves.set(observer, observer.subscribe(this.#tell));
    }
  }

  #unfollow(observer: QueryObserver<Anything>): void {
    this.#leaves.get(observer)?.();
    this.#leaves.delete(observer);
  }

  #tell = (): void => {
    for (const { listener } of this.#listeners) listener();
  };
}
