/** A slower store behind a cache, as the cache uses it. It may hold more keys than the cache. It must not throw. */
export interface CacheTier<K> {
  /** A key was deleted, whether or not the cache holds it. */
  deleted(key: K): void;
  /** Everything was removed, or the cache was disposed of. */
  cleared(): void;
  /**
   * Brings the value of a load from there, or else by `load`. Without it, only `load` does.
   * @param kept is told that the value is in the cache already, as old as it is
   * @param staleTime age in ms from which a value is loaded again
   */
  load?<V>(key: K, load: () => V | PromiseLike<V>, kept: () => void, staleTime: number): V | PromiseLike<V>;
  /** For whoever shows it. */
  readonly view: TierView;
}

/** What a panel shows of a tier, and what it can do with it. */
export interface TierView {
  /** Made anew at each read. */
  readonly status: TierStatus;
  /** Removes everything of its scope, also from the cache. */
  purge(): Promise<void>;
  /** Brings what is there into the cache. Resolves to how many entries came. */
  restore(): Promise<number>;
  /** Whether it holds an entry of the cache; `undefined` where nobody can know. Without it, nobody can. */
  holds?(key: unknown): boolean | undefined;
}

/** How a tier does. Counters begin with the page. Plain data. */
export interface TierStatus {
  /** Such as `"IndexedDB"`. */
  readonly tier: string;
  /** Whose data it is. */
  readonly scope: string;
  /**
   * `opening`: it has not answered yet. `ready`: it works. `degraded`: it failed lately, and is asked again later.
   * `full`: it has no room, and takes nothing new until it has. `stopped`: nothing is written any more.
   */
  readonly state: "opening" | "ready" | "degraded" | "full" | "stopped";
  /** Whether calls go through: not while it is `open`. One is let through to try while it is `half-open`. */
  readonly breaker: "closed" | "open" | "half-open";
  /** Entries that it holds, and about how many bytes; `undefined` where nobody can know. */
  readonly entries: number | undefined;
  /** About how many bytes it holds; `undefined` where nobody can know. */
  readonly bytes: number | undefined;
  /** Wall time in ms at which its oldest entry was written; `undefined` without any, or where nobody can know. */
  readonly oldest: number | undefined;
  /** Changes that wait to be written. */
  readonly pending: number;
  /** Reads that found an entry, and those that did not. */
  readonly hits: number;
  /** Reads that found nothing. */
  readonly misses: number;
  /** Reads that were spared, since nothing is there. Part of the misses. */
  readonly absent: number;
  /** Reads that took longer than their deadline. Part of the misses, also where the answer was shown later. */
  readonly late: number;
  /** Reads that failed, or were spared while the breaker was open. They say nothing of what is there: no misses. */
  readonly unanswered: number;
  /** Records that could not be used: damaged, of another form, or of another key. */
  readonly unusable: number;
  /** Records and removals that were written, and values that no storage can hold. */
  readonly writes: number;
  /** Removals that were written. */
  readonly deletes: number;
  /** Values that no storage can hold. */
  readonly unpersistable: number;
  /** Entries that were removed to make room, and those that were too old. */
  readonly evicted: number;
  /** Entries that were too old. */
  readonly expired: number;
  /** Changes that were given up while the tier did not work. */
  readonly dropped: number;
  /** Calls that failed or took too long. */
  readonly failures: number;
  /** The last error of the storage; `undefined` for none. */
  readonly lastError: unknown;
  /** Wall time in ms of the last write that succeeded. */
  readonly lastWrite: number | undefined;
}
