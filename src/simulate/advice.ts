import type { Assumptions, ReplaySettings } from "./replay-settings.ts";
import type { MissCause } from "./simulation.ts";

/** What can be changed: options, or how the app uses its cache. */
export type ChangeKind =
  | "size"
  | "policy"
  | "ttl"
  | "idle"
  | "shards"
  /** Fewer deletes and clears. */
  | "removals"
  /** The answer that there is nothing is stored. */
  | "absent"
  /** Loads succeed. */
  | "failures"
  /** What is not looked up is not stored. */
  | "unread-writes";

/** What the advice comes to: a change, or one of the other answers. */
export type AdviceKind =
  | ChangeKind
  /** Too few look-ups were recorded. */
  | "wait"
  /** A replay of the record is not what the cache did. */
  | "unexplained"
  /** More of the past is needed to tell about larger sizes. */
  | "unknown-past"
  /** No cache would help. */
  | "no-use"
  /** Less room is enough. */
  | "smaller"
  /** Few look-ups hit, whatever is changed. */
  | "little"
  | "nothing";

/** One thing to change, and what it would have given in the record. */
export interface AdvisedChange {
  /** The kind of change. */
  readonly kind: ChangeKind | "smaller";
  /** Options, as `replay` takes them: none for a change of the app. */
  readonly settings: ReplaySettings;
  /** What is taken for granted. */
  readonly assume: Assumptions;
  /** The options as they are written in code; empty for a change of the app. */
  readonly code: string;
  /** What the hit ratio would have gained, from -1 to 1, on top of a change that is said before. */
  readonly gain: number;
  /** The least and the most of it in eight parts of the record. */
  readonly from: number;
  /** The most that the hit ratio would have gained in a part of the record. */
  readonly to: number;
  /** The hit ratio that it would have had. */
  readonly hitRatio: number;
  /** Look-ups that missed, and may have been hits: the gain is "or more" by these. From 0 to 1. */
  readonly unknown: number;
}

/** What to change about a cache, if anything, and what that rests on. */
export interface Advice {
  /** `wait` for more, `change` something, `good` as it is, or `none` can be given. */
  readonly tone: "wait" | "good" | "change" | "none";
  /** What the advice is about. */
  readonly kind: AdviceKind;
  /** The advice in a few sentences. */
  readonly text: string;
  /** Look-ups that were measured: the later half of the record. */
  readonly lookups: number;
  /** Of those; `null` without look-ups. */
  readonly hitRatio: number | null;
  /** Why they missed. */
  readonly misses: Readonly<Record<MissCause, number>>;
  /** What to change. */
  readonly change?: AdvisedChange | undefined;
  /** What to change as well; its gain comes on top. */
  readonly then?: AdvisedChange | undefined;
  /** Other changes that gain something, the best first; also those that are not worth their price. */
  readonly others: readonly AdvisedChange[];
}
