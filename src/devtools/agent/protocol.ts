import type { Change, ChangeRequest, Changed, Matching } from "./change.ts";
import type { EntryAnswer, EntryRequest } from "./entry.ts";
import type { KeyRequest } from "./key-lookup.ts";
import type { TopAnswer, TopRequest } from "./top.ts";
import type { AccessesAnswer, AccessesRequest } from "./accesses.ts";
import type { ExportAnswer, ExportRequest } from "./export.ts";
import type { RecordAnswer, RecordRequest } from "./record.ts";
import type { RemedyRequest } from "./remedy.ts";
import type { WatchAnswer, WatchRequest } from "./watch-events.ts";
import type { KeysAnswer, KeysRequest } from "./keys.ts";
import type { Piece, PieceRequest } from "./pieces.ts";
import type { WhyAnswer, WhyRequest } from "./why.ts";

export type { Change, KeyRequest, Matching };

/** What the command sends, by operation, beside the operation and the name of a cache: plain data. */
export interface Requests {
  change: ChangeRequest;
  top: TopRequest;
  watch: WatchRequest;
  entry: EntryRequest;
  keys: KeysRequest;
  piece: PieceRequest;
  summary: object;
  why: WhyRequest;
  record: RecordRequest;
  accesses: AccessesRequest;
  remedy: RemedyRequest;
  export: ExportRequest;
}

/** What it gets. Numbers may be `Infinity` and `NaN`: see wire.ts. */
export interface Answers {
  change: Changed;
  top: TopAnswer;
  watch: WatchAnswer;
  entry: EntryAnswer;
  keys: KeysAnswer;
  piece: Piece;
  summary: Summary;
  why: WhyAnswer;
  record: RecordAnswer;
  accesses: AccessesAnswer;
  remedy: { readonly words: string };
  export: ExportAnswer;
}

export type Operation = keyof Requests;

/** Instead of an answer. */
export interface AnswerError {
  /** For programs. */
  readonly code: "no-cache" | "no-code" | "no-operation" | "failed" | "refused" | "unclear";
  /** For people. */
  readonly message?: string;
  /** Of `no-cache`: those that are there. */
  readonly names?: readonly string[];
}

/** One line of the list of caches. */
export interface Summary {
  readonly kind: "cache" | "client";
  readonly strategy: string;
  readonly shardCount: number;
  readonly size: number;
  readonly maxCacheSize: number;
  readonly weight: number;
  /** `null` without that bound. */
  readonly maxWeight: number | null;
  /** `null` before the first look-up. */
  readonly hitRatio: number | null;
  readonly totalRequests: number;
  /** An estimate; `null` where the cache cannot be measured. */
  readonly bytes: number | null;
  /** How far the estimate may be off, in bytes. */
  readonly bytesError: number | null;
  readonly isRecording: boolean;
}
