/** What can be watched, by the words of `--only`. */
export const WATCH_KINDS = [
  "hit",
  "miss",
  "set",
  "refused",
  "evicted",
  "expired",
  "replaced",
  "deleted",
  "cleared",
  "invalidated",
  "load",
  "joined",
  "retry",
  "paused",
  "loaded",
  "failed",
  "aborted",
] as const;

export type WatchKind = (typeof WATCH_KINDS)[number];

/** Something that happened to a cache. */
export interface WatchedEvent {
  readonly kind: WatchKind;
  /** Wall time in ms. */
  readonly at: number;
  /** As text; not there for `cleared`, which is told once for all entries. */
  readonly key?: string;
  /** Of a write, and of a value that left: a short text, where values are asked for. */
  readonly value?: string;
  /** Of a `miss`: the key was there, and too old. */
  readonly hadExpired?: boolean;
  /** Of `cleared`: how many there were. */
  readonly entries?: number;
  /** Of a load that ended, in ms; not there for one that began before the watch. */
  readonly ms?: number;
  /** Of `failed` and `retry`, and of a load that was aborted for a reason. */
  readonly error?: string;
}

export interface WatchRequest {
  /** What the first answer called it; "" begins one. */
  readonly session: string;
  /** None for all. */
  readonly kinds: readonly WatchKind[];
  /** Only of keys that have each of these words. */
  readonly words: string;
  readonly withValues: boolean;
  /** Ms for which an answer may wait for news. */
  readonly wait: number;
  /** Whether it ends now, with what there is. */
  readonly ends: boolean;
}

export interface WatchAnswer {
  readonly session: string;
  /** Whether it begins now, since there is no such session, or not any more. */
  readonly isNew: boolean;
  /** The oldest first. */
  readonly events: readonly WatchedEvent[];
  /** How many happened before these, and could not be kept. */
  readonly lost: number;
  /** Whether reads of this cache can be seen: not where it is of another engine. */
  readonly seesReads: boolean;
}
