import type { Answers } from "macho-cache/devtools/expose";
import { age, many } from "./figures.ts";
import { jsonText } from "./json-text.ts";
import type { Colors } from "./terminal.ts";
import { visible } from "./visible-text.ts";

export type WatchedEvent = Answers["watch"]["events"][number];

/** Letters of the longest kind. */
const KIND_LENGTH = 11;

/** An event as one line: time, kind, key, and what else is known of it. */
export function eventLine(event: WatchedEvent, colors: Colors): string {
  const { kind, at, key } = event;
  const name = colorOf(kind, colors)(visible(kind).padEnd(KIND_LENGTH));
  const parts = [colors.dim(clockTime(at)), name, ...(key === undefined ? [] : [visible(key)]), ...detailsOf(event)];
  return parts.join("  ");
}

/** An event as a JSON object without line ends. */
export function eventJson({ at, ...event }: WatchedEvent): string {
  return jsonText({ at: new Date(at).toISOString(), ...event });
}

function detailsOf({ ms, error, entries, hadExpired, value }: WatchedEvent): string[] {
  return [
    ...(hadExpired ? ["had expired"] : []),
    ...(entries === undefined ? [] : [many(entries, "entry", "entries")]),
    ...(ms === undefined ? [] : [`after ${age(ms)}`]),
    ...(error === undefined ? [] : [visible(error)]),
    ...(value === undefined ? [] : [visible(value)]),
  ];
}

function colorOf(kind: string, colors: Colors): (text: string) => string {
  switch (kind) {
    case "hit":
    case "loaded":
      return colors.green;
    case "miss":
    case "refused":
    case "failed":
      return colors.red;
    case "evicted":
    case "expired":
    case "deleted":
    case "cleared":
    case "invalidated":
    case "aborted":
      return colors.yellow;
    default:
      return colors.cyan;
  }
}

/** Of the day, to the ms, by the clock of this machine. */
function clockTime(at: number): string {
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, "0");
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${parts}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
