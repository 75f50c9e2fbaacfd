import type { Advice, AdvisedChange, MissCause } from "macho-cache/simulate";
import { age, many, percent } from "./figures.ts";
import type { GatheredRecord } from "./gathered-record.ts";
import type { Terminal } from "./terminal.ts";
import { visible } from "./visible-text.ts";

/** What the advice is about, and what the page says to it. */
export interface AdviceFacts {
  readonly cache: string;
  readonly place: string;
  /** What to change in the app, where no option mends it; else empty. */
  readonly remedy: string;
  readonly gathered: GatheredRecord;
  /** Wall time in ms. */
  readonly now: number;
}

const MISS_WORDS: Readonly<Record<MissCause, string>> = {
  first: "asked for the first time",
  unseen: "not seen before, in a record that begins later",
  evicted: "evicted before",
  expired: "had expired",
  deleted: "deleted before",
  cleared: "cleared before",
  absent: "never stored",
  failed: "its load failed",
};

/** The advice, its evidence and the option to copy, in lines. */
export function adviceWords(advice: Advice, facts: AdviceFacts, { colors }: Terminal): string {
  const [verdict = "", ...evidence] = sentencesOf(advice.text);
  const options = [advice.change, advice.then].flatMap((change) => (change?.code ? [change.code] : []));
  const lines = [
    colors.dim(`${visible(facts.cache)} in ${visible(facts.place)}${ratioWords(advice)}`),
    toneColor(advice, colors)(visible(verdict)),
    ...evidence.map(visible),
    ...(facts.remedy === "" ? [] : [visible(facts.remedy)]),
    ...(options.length === 0
      ? []
      : ["", "Copy into the options of the cache:", ...options.map((code) => `  ${colors.bold(visible(code))}`)]),
    ...missLines(advice, colors),
    ...otherLines(advice, colors),
    "",
    colors.dim(recordWords(facts)),
  ];
  return lines.join("\n");
}

function ratioWords({ hitRatio, lookups }: Advice): string {
  return hitRatio === null ? "" : `: ${percent(hitRatio)} of the last ${many(lookups, "read")} hit`;
}

/** The first sentence is the verdict, the others are what it rests on. */
function sentencesOf(text: string): string[] {
  return text.replaceAll(/([.!?]) (?=[A-Z])/g, "$1\n").split("\n");
}

function toneColor({ tone }: Advice, { yellow, green, bold }: Terminal["colors"]): (text: string) => string {
  if (tone === "change") return (text) => bold(yellow(text));
  return tone === "good" ? (text) => bold(green(text)) : bold;
}

function missLines({ misses }: Advice, { dim }: Terminal["colors"]): string[] {
  const causes = (Object.entries(misses) as [MissCause, number][])
    .filter(([, times]) => times > 0)
    .sort(([, one], [, other]) => other - one);
  const all = causes.reduce((sum, [, times]) => sum + times, 0);
  if (all === 0) return [];
  return [
    "",
    "Misses:",
    ...causes.map(([cause, times]) => `  ${percent(times / all).padStart(5)}  ${dim(MISS_WORDS[cause] ?? cause)}`),
  ];
}

/** Those that the text does not tell. */
function otherLines({ others, text }: Advice, { dim }: Terminal["colors"]): string[] {
  const told = others.filter(({ code, gain }) => code !== "" && gain >= 0.001 && !text.includes(code));
  if (told.length === 0) return [];
  return ["", "Other changes:", ...told.map((change) => `  ${visible(change.code)}  ${dim(gainWords(change))}`)];
}

function gainWords({ gain, hitRatio }: AdvisedChange): string {
  return `${(100 * gain).toFixed(1)} points: ${percent(hitRatio)}`;
}

function recordWords({ gathered: { assembly, isNew, since }, now }: AdviceFacts): string {
  const { lookups, operations, lost } = assembly;
  const base = `From a record of ${age(Math.max(0, now - since))}: ${many(lookups, "read")}, ${many(operations, "operation")}.`;
  if (isNew) return `${base} It began with this question: what was before is not known.`;
  return lost > 0 ? `${base} ${many(lost, "operation")} before them: not kept any more.` : base;
}
