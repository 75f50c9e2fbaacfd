import type { RecordedOptions } from "./access-record.ts";
import type { Advice, AdvisedChange } from "./advice.ts";
import type { ReplaySettings } from "./replay-settings.ts";
import type { MissCause } from "./simulation.ts";

/** Points apart from which on a range is told instead of a number. */
const WIDE = 0.1;
/** With fewer reads an entry, no single number is told. */
const READS_PER_ENTRY = 10;
/** Shares of the reads from which on they are told: reads of unknown past, and loads that failed. */
const UNKNOWN_TOLD = 0.01;
const FAILED_TOLD = 0.001;
/** A smaller gain is not told. */
const GAIN_TOLD = 0.001;
const BUILT_IN: ReadonlySet<string> = new Set(["lru", "fifo", "random", "lfu", "mfu", "sieve"]);

/** What a text says beside the advice itself. */
export interface TextFacts {
  readonly recordedLookups: number;
  readonly options: RecordedOptions;
  /** The hit ratio that the cache itself had. */
  readonly recorded: number;
  /** That of a cache without bounds. */
  readonly ceiling: number;
  /** Other changes that are worth their price. */
  readonly worth: readonly AdvisedChange[];
}

/** Options as they are written in code. */
export function codeOf(settings: ReplaySettings): string {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${valueOf(value)}`)
    .join(", ");
}

function valueOf(value: unknown): string {
  if (typeof value === "number") return value === Infinity ? "Infinity" : grouped(value, "_");
  const name = typeof value === "string" ? value : (value as { readonly name: string }).name;
  return BUILT_IN.has(name) ? JSON.stringify(name) : `${name}()`;
}

function grouped(value: number, separator: string): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, separator);
}

/** The advice in a few sentences. */
export function textOf(advice: Omit<Advice, "text">, facts: TextFacts): string {
  const sentences = [verdictOf(advice, facts)];
  const { change, then } = advice;
  // A record forgets failures once their keys are stored: no ratio is promised for loads that succeed.
  if (change && advice.kind !== "smaller" && advice.kind !== "failures")
    sentences.push(gainText(advice, change, facts));
  if (then) sentences.push(`With ${actOf(then)} on top of it, ${points(then.gain)} more.`);
  const [other] = facts.worth;
  if (other) sentences.push(`Or ${actOf(other)}, which would have gained ${points(other.gain)}.`);
  const failed = advice.misses.failed / Math.max(1, advice.lookups);
  if (advice.kind === "failures") {
    sentences.push(`In the last ${grouped(advice.lookups, ",")} reads, ${percent(failed)} met a load that failed.`);
  } else if (failed >= FAILED_TOLD) sentences.push(`Loads failed at ${percent(failed)} of the reads.`);
  return sentences.filter(Boolean).join(" ");
}

function verdictOf(advice: Omit<Advice, "text">, facts: TextFacts): string {
  const { misses, lookups, hitRatio, change } = advice;
  const missed = Math.max(
    1,
    Object.values(misses).reduce((sum, count) => sum + count, 0),
  );
  const ofMisses = (...causes: readonly MissCause[]): string =>
    percent(causes.reduce((sum, cause) => sum + misses[cause], 0) / missed);
  const ratio = percent(hitRatio ?? 0);
  const measured = `the last ${grouped(lookups, ",")} reads`;
  switch (advice.kind) {
    case "wait":
      return `Not enough data: ${facts.recordedLookups} of 200 reads.`;
    case "unexplained":
      return `The record does not explain this cache. It hit ${percent(facts.recorded)} of ${measured}, and a replay hits ${ratio}. Pinned entries can be why. So no gain is promised.`;
    case "unknown-past":
      return `Not enough data about larger sizes. ${capital(measured)} hit ${ratio}; too many of the others ask for keys from before the record.`;
    case "no-use":
      return `Caching cannot help here. A cache without any bound would have hit ${percent(facts.ceiling)} of ${measured}: ${percent((misses.first + misses.unseen + misses.absent) / lookups)} ask for a key that was not there to be stored before.`;
    case "size":
      return `Too small. ${ofMisses("evicted")} of the misses ask for what was evicted before.`;
    case "smaller":
      return `Less room is enough. With ${change!.code}, ${measured} would have hit ${percent(change!.hitRatio)}; as it is, they hit ${ratio}.`;
    case "policy":
      return `${facts.options.strategy} evicts what is asked for again: ${ofMisses("evicted")} of the misses.`;
    case "ttl":
      return `The ttl is too short. ${ofMisses("expired")} of the misses ask for what has expired.`;
    case "idle":
      return `The timeToIdle is too short. ${ofMisses("expired")} of the misses ask for what has expired.`;
    case "shards":
      return `Too many shards. Each of the ${facts.options.shardCount} evicts by itself, while others have room.`;
    case "removals":
      return `Removed too early. ${ofMisses("deleted", "cleared")} of the misses ask for what was deleted or cleared before.`;
    case "absent":
      return `Nothing is stored for ${ofMisses("absent")} of the misses, and they are asked for again.`;
    case "failures":
      return `Loads fail. ${ofMisses("failed")} of the misses wait for one that fails.`;
    case "unread-writes":
      return `Writes that nobody reads push out others. ${ofMisses("evicted")} of the misses ask for what was evicted before.`;
    case "little":
      return `Caching helps little. ${capital(measured)} hit ${ratio}.${bestSeen(advice)}`;
    case "nothing":
      return `Nothing to change. ${capital(measured)} hit ${ratio}.${bestSeen(advice)}`;
  }
}

function bestSeen({ others }: Omit<Advice, "text">): string {
  const [best] = others;
  return best && best.gain >= GAIN_TOLD ? ` At best, ${actOf(best)} would have gained ${points(best.gain)}.` : "";
}

function gainText({ lookups, hitRatio }: Omit<Advice, "text">, change: AdvisedChange, facts: TextFacts): string {
  const { from, to, gain, unknown } = change;
  const size = change.settings.maxCacheSize ?? facts.options.maxCacheSize ?? 0;
  const ratio = hitRatio ?? 0;
  // A range may be wider than what is possible.
  const range = `from ${numberOf(Math.max(from, -ratio))} to ${numberOf(Math.min(to, 1 - ratio))}`;
  const isWide = to - from > WIDE || lookups < READS_PER_ENTRY * size;
  const amount = isWide ? `${range} points` : `${points(gain)} (${range})`;
  const more = unknown >= UNKNOWN_TOLD ? ", or more" : "";
  const [then, now] = [percent(change.hitRatio), percent(ratio)];
  const ratios = isWide || then === now ? "" : `: ${then} instead of ${now}`;
  return `In the last ${grouped(lookups, ",")} reads, ${actOf(change)} would have gained ${amount}${more}${ratios}.`;
}

/** What is done, as the subject of a sentence. */
function actOf(change: AdvisedChange): string {
  const app = appActOf(change);
  return app && change.code ? `${app} and ${change.code} together` : app || change.code;
}

/** What the app does; empty where options change alone. */
function appActOf({ kind }: AdvisedChange): string {
  switch (kind) {
    case "removals":
      return "fewer deletes and clears";
    case "absent":
      return "null stored for what is absent";
    case "failures":
      return "loads that succeed";
    case "unread-writes":
      return "no write of what is never read";
    default:
      return "";
  }
}

/** In whole percents. 100% is all, and 0% none. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return "under 1%";
  return `${share < 1 ? Math.min(99, Math.round(100 * share)) : 100}%`;
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

function points(gain: number): string {
  return `${numberOf(gain)} points`;
}

function numberOf(gain: number): string {
  return (100 * gain).toFixed(1);
}
