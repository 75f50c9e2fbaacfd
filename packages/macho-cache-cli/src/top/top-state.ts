import type { Answers } from "macho-cache/devtools/expose";
import type { Place } from "../connection/realm.ts";
import type { TopHistory } from "./history.ts";
import type { View } from "./view.ts";

export type KeyRow = Answers["keys"]["rows"][number];
type Entry = Answers["entry"];

/** Keys in the order that is asked for, as far as a screen may show them. */
export interface KeyList {
  readonly rows: readonly KeyRow[];
  /** All that match. */
  readonly matched: number;
  /** Whether the filter left any out. */
  readonly isFiltered: boolean;
  /** Ms of this process's time at which the walk over the keys ended. */
  readonly at: number;
}

/** All that the screen shows. */
export interface TopState {
  readonly cache: string;
  readonly place: Place | undefined;
  /** What happened so far. It changes in place: `version` tells. */
  readonly history: TopHistory;
  readonly version: number;
  readonly list: KeyList | undefined;
  /** What is wrong with the filter. */
  readonly problem: string | undefined;
  /** That the page is away, or back. */
  readonly notice: { readonly words: string; readonly isAway: boolean; readonly at: number } | undefined;
  readonly view: View;
  /** The entry that is looked at; `undefined` until it is known. */
  readonly entry: Entry | undefined;
  /** Ms of this process's time. */
  readonly now: number;
  /** Whether a record was asked for. */
  readonly wantsRecord: boolean;
}

/** What tells a row from the others, for as long as it is there. */
export function rowName({ type, key }: KeyRow): string {
  return `${type} ${key}`;
}
