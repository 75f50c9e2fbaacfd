import type { Answers } from "macho-cache/devtools/expose";
import { discover, type Discovery } from "../connection/discovery.ts";
import type { Place } from "../connection/realm.ts";
import { cachesOf, type Choice, nothingFound } from "../connection/running-cache.ts";
import { bytes, count, percent } from "../figures.ts";
import { CommandError, EXIT, type Exit } from "../exit.ts";
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
    const caches = cachesOf(discovery);
    const listed = await Promise.all(
      caches.map(async (cache) => ({ name: cache.name, place: cache.place, summary: await cache.ask("summary", {}) })),
    );
    for (const failure of discovery.failures) terminal.note(`Could not be asked: ${visible(failure)}`);
    if (isJson) terminal.say(JSON.stringify({ targets: discovery.places, caches: listed.map(asData) }, undefined, 2));
    if (listed.length === 0) throw new CommandError(EXIT.noTarget, visible(nothingFound(discovery, choice)));
    if (!isJson) terminal.say(asTable(listed, terminal));
    sayEmpty(discovery, terminal);
    return EXIT.done;
  } finally {
    await discovery.close();
  }
}

function asData({ name, place, summary }: Listed): object {
  return { name, target: place, ...summary };
}

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
  return table(["cache", "policy", "entries", "hit ratio", "memory", "target"], rows, terminal);
}

/** Targets without caches, so that nobody looks for them in vain. */
function sayEmpty({ places, realms }: Discovery, { note, colors }: Terminal): void {
  const empty = places.filter((place) => !realms.some((realm) => realm.place === place));
  if (empty.length === 0) return;
  note(colors.dim(`No cache in ${visible(empty.map(({ title, url }) => title || url).join(", "))}`));
}
