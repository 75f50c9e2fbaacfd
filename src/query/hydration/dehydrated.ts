// Hydration brings what one client knows to another, as from a server to its page: as plain data, as a script of the page, or
// as text. This is what is sent.
import type { QueryKey } from "../key/key.ts";

/** The version of what is sent. Another one is not taken. */
export const VERSION = 1;
/** Ms that stand for `Infinity`, which JSON does not know. */
export const NEVER: number = Number.MAX_SAFE_INTEGER;

/** A query on its way from one client to another. */
export interface DehydratedQuery {
  /** The key of the query. */
  readonly key: QueryKey;
  /** `undefined` for one that is loading. */
  readonly data?: unknown;
  /** Wall time in ms at which the data came. */
  readonly dataUpdatedAt: number;
  /** Ms since the data came, by the sender's clock. */
  readonly age: number;
  /** Ms that it may still be shown, or from its arrival where it is loading; `null` for as long as it is kept. */
  readonly ttl: number | null;
  /** Ms that it is fresh, as its fetcher said: `Number.MAX_SAFE_INTEGER` for not by age; `null` where each hook says so. */
  readonly staleTime: number | null;
  /** Whether it was marked stale. */
  readonly isInvalidated: boolean;
  /** The tags of its answer. */
  readonly tags: readonly string[];
  /** Of one that is loading: its data, for transports that can send a promise. */
  readonly promise?: Promise<unknown>;
}

/** What a client knows, as plain data. */
export interface DehydratedState {
  /** The form of the state. */
  readonly version: number;
  /** Wall time in ms. */
  readonly at: number;
  /** The queries. */
  readonly queries: readonly DehydratedQuery[];
}
