import type { Answers } from "macho-cache/devtools/expose";
import { discover, type Discovery } from "../connection/discovery.ts";
import type { Place } from "../connection/realm.ts";
import { cachesOf, type Choice, nothingFound, titlesOf } from "../connection/running-cache.ts";
import { bytes, count, percent } from "../figures.ts";
import { EXIT, type Exit } from "../exit.ts";
import { jsonText } from "../json-text.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";

interface Listed {
  readonly name: string;
  readonly place: Place;
  readonly summary: Answers["summary"];
}

/** Says what there is. @throws CommandError where there is no cache */
export async function listCaches(choice: Choice, terminal: Terminal, isJson: boolean): Promise<Exit> {
  const discovery = await discover(choice);
  try {
    const { listed, failures } = await summariesOf(discovery);
    if (isJson) {
      terminal.say(jsonText({ targets: discovery.places, caches: listed.map(asData), failures }, 2));
    }
    if (listed.length === 0) throw nothingFound({ ...discovery, failures }, choice);
    for (const failure of failures) terminal.note(`Could not be asked: ${visible(failure)}`);
    if (!isJson) terminal.say(asTable(listed, terminal));
    sayEmpty(discovery, terminal);
    return EXIT.done;
  } finally {
    await discovery.close();
  }
}

/** What there is to say of each cache. One that cannot answer keeps no other from it. */
async function summariesOf(
  discovery: Discovery,
): Promise<{ readonly listed: readonly Listed[]; readonly failures: readonly string[] }> {
  // Caches of one place fail for the same reason.
  const failed = new Map<string, string[]>();
  const answers = cachesOf(discovery).map(async (cache): Promise<Listed[]> => {
    const { name, place } = cache;
    try {
      return [{ name, place, summary: await cache.ask("summary", {}) }];
    } catch (error) {
      const words = `${place.kind} ${place.title || place.url}: ${(error as Error).message}`;
      failed.set(words, [...(failed.get(words) ?? []), name]);
      return [];
    }
  });
  const listed = (await Promise.all(answers)).flat();
  const failures = [...failed].map(([words, names]) => `${names.join(", ")} in ${words}`);
  return { listed, failures: [...discovery.failures, ...failures] };
}

function asData({ name, place, summary }: Listed): object {
  return { name, target: place, ...summary };
}

/** Columns of a screen that has room for every column of the table, and those that a narrower one goes without. */
const WIDE = 60;
const LESSER: ReadonlySet<string> = new Set(["policy", "memory"]);

function asTable(listed: readonly Listed[], terminal: Terminal): string {
  const rows = listed.map(({ name, place, summary }) => {
    const { strategy, size, maxCacheSize, weight, maxWeight, hitRatio } = summary;
    const bound =
      maxWeight === null
        ? count(maxCacheSize)
        : `${count(maxCacheSize)}, weight ${count(weight)} of ${count(maxWeight)}`;
    return [
      visible(name),
      visible(strategy),
      `${count(size)} of ${bound}`,
      hitRatio === null ? "no reads" : percent(hitRatio),
      summary.bytes === null ? "unknown" : `about ${bytes(summary.bytes)}`,
      `${place.kind} ${visible(place.title || place.url)}`,
    ];
  });
  const head = ["cache", "policy", "entries", "hit ratio", "memory", "target"];
  // A narrow screen has no room for all.
  const isShown = (name: string): boolean => !terminal.isScreen || terminal.columns >= WIDE || !LESSER.has(name);
  const shown = (row: readonly string[]): string[] => row.filter((_, at) => isShown(head[at]!));
  return table(shown(head), rows.map(shown), terminal);
}

/** Targets without caches, so that nobody looks for them in vain. */
function sayEmpty({ places, realms }: Discovery, { note, colors }: Terminal): void {
  const empty = places.filter((place) => !realms.some((realm) => realm.place === place));
  if (empty.length === 0) return;
  note(colors.dim(`No cache in ${visible(titlesOf(empty))}`));
}
