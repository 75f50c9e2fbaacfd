// A tier: a slower store behind a cache, as an adapter brings it. The library does the rest: names of records, checks of
// what comes back, times, order of writes, deadlines, the breaker, budgets and counters. So an adapter stays short.

/** A value, or a promise of it. */
export type MaybePromise<T> = T | PromiseLike<T>;

/**
 * When something was written, so that any two writes of one origin have an order: a number that never goes back in a tab,
 * near the wall time in ms, and the writer, which decides between equal numbers.
 */
export type Stamp = readonly [at: number, writer: string];

/** What is known of an entry of a tier without its data. Plain data. */
export interface TierMeta {
  /** When the entry was written. */
  readonly n: Stamp;
  /** Wall time in ms from which on it is never shown. */
  readonly x: number;
  /** About how many bytes it takes. */
  readonly z: number;
  /** The `buster` that it was written with. */
  readonly b: string;
  /** Its tags, where it has some. */
  readonly g?: readonly string[];
  /** 1 where it was marked stale. */
  readonly i?: 1;
}

/** An entry as a tier keeps it. Plain data, but for what is in `d`. */
export interface TierRecord extends TierMeta {
  /** The form of this record. Another one is a miss, and is left to whoever wrote it. */
  readonly v: 1;
  /** The scope. It is compared at each read, as the key is: data of another user is never shown. */
  readonly o?: string | undefined;
  /** The whole key. It is compared at each read: a storage may mix up names. */
  readonly k: unknown;
  /** The data, or what the `codec` made of it. */
  readonly d: unknown;
  /** Wall time in ms at which the data came. */
  readonly t: number;
  /** Ms that the data is fresh, where its fetcher said so. */
  readonly s?: number;
}

/** One change of one entry. */
export interface TierChange {
  /** The id of the record. */
  readonly id: string;
  /**
   * When it was made. A tier that can compare leaves out a change that is older than what is there. Two changes of one id
   * with one stamp are the same change.
   */
  readonly n: Stamp;
  /** What is there afterwards; `undefined` for nothing. */
  readonly record?: TierRecord | undefined;
  /** Only the mark `i` of what is there is set. What a tier that can compare is given later, but is older, is marked too. */
  readonly isMark?: true;
}

/**
 * A store behind a cache. Ids consist of `0-9 A-Z a-z _ - .` alone. Every method may throw, reject, or never settle: that is
 * taken care of. Three methods are enough.
 */
export interface Tier {
  /** For people, such as `"IndexedDB"`. */
  readonly name: string;
  /** Whether other machines write it: nobody can know then what is not there. @defaultValue false */
  readonly shared?: boolean | undefined;
  /** Ms that a read may take, unless `persist` says otherwise. @defaultValue 200 */
  readonly deadline?: number | undefined;
  /** Ms that a change waits before it is written, unless `persist` says otherwise. @defaultValue 1_000 */
  readonly delay?: number | undefined;
  /** What `set` got for this id; `undefined` where there is nothing. */
  get(id: string): MaybePromise<unknown>;
  /** Stores a record under an id. */
  set(id: string, record: TierRecord): MaybePromise<unknown>;
  /** Removes what is there under an id. */
  delete(id: string): MaybePromise<unknown>;
  /** Several at once, in their order. @defaultValue `get`, one by one */
  getMany?(ids: readonly string[]): MaybePromise<readonly unknown[]>;
  /**
   * Several changes, all or none, which are there for good when the promise resolves. A change that is older than what is
   * there is left out, and so is one that is older than the last `clear` of its `fence`. It may resolve to the ids whose data
   * cannot be stored anywhere: nothing is there under them then, and the other changes are made. While a page goes away, only
   * what is asked for before the first answer is done.
   * @defaultValue `set` and `delete`, one by one
   */
  write?(changes: readonly TierChange[], fence: string): MaybePromise<readonly string[] | void>;
  /**
   * What is there under ids that begin so. What was removed may be among it, with `x` 0, and so may be the last `clear` of
   * the prefix, under the prefix itself: what is written from then on is later, whatever the clock says.
   * @defaultValue nobody knows
   */
  list?(prefix: string): MaybePromise<readonly (readonly [id: string, meta: TierMeta])[]>;
  /** Removes all under ids that begin so. Changes that are older than `n` come too late from then on. @defaultValue `list` and `delete` */
  clear?(prefix: string, n: Stamp): MaybePromise<unknown>;
  /** Gives up what it holds open. */
  close?(): MaybePromise<unknown>;
  /**
   * Takes the only lock of an id, for at most so many ms. Resolves to what gives it back, or to `undefined` where somebody
   * else has it. It is for `withLock`; without, nobody calls it.
   */
  lock?(id: string, ms: number): MaybePromise<(() => MaybePromise<unknown>) | undefined>;
}
