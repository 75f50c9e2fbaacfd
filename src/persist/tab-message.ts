// What tabs tell each other. Another build may have sent it, so that nothing of it is taken for granted.
import type { QueryFilter } from "../query/store/filter.ts";
import { FORM, recordOf } from "./record.ts";
import { isStamp } from "./stamp.ts";
import type { Stamp, TierMeta } from "./tier.ts";

/** The form of these messages. Others are ignored. */
const PROTOCOL = 1;

/** Entries were marked stale or removed: those that a filter means, or those of some keys. */
export interface MarkMessage {
  readonly n: Stamp;
  readonly isGone: boolean;
  readonly filter?: Pick<QueryFilter, "queryKey" | "exact" | "tags" | "type"> | undefined;
  /** Keys by their text. */
  readonly keys?: readonly string[] | undefined;
}

/** Records that were written: keys by their text, and what is known of them without their data. */
type WrittenMessage = readonly (readonly [text: string, meta: TierMeta])[];

/** What is told: either of them. */
export interface Told {
  readonly written?: WrittenMessage | undefined;
  readonly mark?: MarkMessage | undefined;
}

/** What makes a message one of a tab: nobody else hears it. */
export interface Sender {
  readonly scope: string;
  readonly buster: string;
  /** The tab. */
  readonly from: string;
}

/** What one tab tells the others. */
export interface TabMessage extends Sender, Told {
  readonly v: typeof PROTOCOL;
  /** The number of this message. */
  readonly at: number;
}

/**
 * Forgets the scope of this channel, and tells that it has. This form stays as it is for ever: builds of any age have to
 * understand each other.
 */
export interface PurgeMessage {
  readonly macho: "purge" | "purged";
  readonly n: Stamp;
  readonly from: string;
}

export function messageOf(sender: Sender, at: number, told: Told): TabMessage {
  return { v: PROTOCOL, ...sender, at, ...told };
}

/** A message of a tab of the same scope and build; `undefined` for anything else. */
export function heardMessage(found: unknown, { scope, buster, from }: Sender): TabMessage | undefined {
  const message = objectOf<TabMessage>(found);
  const { v, at, written = [], mark } = message;
  const isOurs = v === PROTOCOL && message.scope === scope && message.buster === buster;
  const isOther = typeof message.from === "string" && message.from !== from && typeof at === "number";
  const isGood =
    isOurs && isOther && Array.isArray(written) && written.every(isWritten) && (mark === undefined || isMark(mark));
  return isGood ? (message as TabMessage) : undefined;
}

export function heardPurge(found: unknown): PurgeMessage | undefined {
  const { macho, n, from } = objectOf<PurgeMessage>(found);
  const isGood = (macho === "purge" || macho === "purged") && isStamp(n) && typeof from === "string";
  return isGood ? (found as PurgeMessage) : undefined;
}

function objectOf<T>(found: unknown): Partial<T> {
  return typeof found === "object" && found !== null ? found : {};
}

function isWritten(change: unknown): boolean {
  if (!Array.isArray(change) || typeof change[0] !== "string") return false;
  const meta = recordOf({ v: FORM, d: 0, t: 0, ...objectOf<TierMeta>(change[1]) });
  return typeof meta === "object";
}

function isMark(mark: unknown): boolean {
  const { n, isGone, filter, keys } = objectOf<MarkMessage>(mark);
  const isText = (text: unknown): boolean => typeof text === "string";
  const isGood = typeof isGone === "boolean" && isStamp(n);
  // What a filter holds is checked when it is used.
  return isGood && (keys ? Array.isArray(keys) && keys.every(isText) : typeof filter === "object" && filter !== null);
}
