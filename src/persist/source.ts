import type { BoundedCache } from "../core/lru/bounded-cache.ts";
import type { Stamp } from "./tier.ts";

/** What of an entry goes into its record. */
export interface Content {
  readonly k: unknown;
  readonly d: unknown;
  /** Wall time in ms at which the data came. */
  readonly t: number;
  readonly s?: number | undefined;
  readonly g?: readonly string[] | undefined;
  readonly isStale?: boolean | undefined;
}

/** An entry that came back from a tier. */
export interface Recalled {
  /** Its key. */
  readonly key: unknown;
  readonly data: unknown;
  /** Ms since the data came, and ms that it may still be shown. */
  readonly age: number;
  readonly left: number;
  /** Wall time in ms at which it came. */
  readonly updatedAt: number;
  readonly staleTime: number | undefined;
  readonly tags: readonly string[] | undefined;
  readonly isStale: boolean;
  /** When it was written. */
  readonly n: Stamp;
}

/** What is persisted: the answers of a client, or the values of a cache. Keys go by their text. */
export interface Source {
  readonly cache: BoundedCache;
  /** A value in memory was written. */
  stamped?(value: unknown, n: Stamp): void;
  /** Whether a value is nobody else's, while others read the tier: not even its key goes there. */
  isPrivate?(value: unknown): boolean;
  /** A key of the cache as text; `undefined` for one that means nothing on another page. */
  textOf(key: unknown): string | undefined;
  /** The same for a key that a record holds. It may throw. */
  textOfStored(key: unknown): string | undefined;
  /** What is kept of a value; `null` for what must not be kept, `undefined` for what changes nothing. */
  contentOf(key: unknown, value: unknown): Content | null | undefined;
  /** Whether what is there of a key is not for good yet. */
  isHoped(key: unknown): boolean;
  /** Puts an entry into memory, unless that has its key or no room. Returns whether it did. It never throws. */
  take(recalled: Recalled): boolean;
  /** Whether a value that was written is one that `take` put there. */
  cameBack(key: unknown, value: unknown): boolean;
  /** Whether memory has a key. */
  holds(text: string): boolean;
  /** Removes everything from memory. */
  clear(): void;
}

/** Whether an entry evicts nothing. */
export function hasRoom({ parts }: BoundedCache, key: unknown, weight: number): boolean {
  const { size, capacity, weight: all, maxWeight } = parts.storeOf(key);
  return size < capacity && all + weight <= maxWeight;
}
