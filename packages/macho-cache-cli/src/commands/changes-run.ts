import type { Change } from "macho-cache/devtools/expose";
import { type Choice, type RunningCache, withCache } from "../connection/running-cache.ts";
import { CommandError, EXIT, type Exit } from "../exit.ts";
import { jsonText } from "../json-text.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";

interface Manner {
  readonly terminal: Terminal;
  /** Nobody needs to be asked. */
  readonly isSure: boolean;
  readonly isJson: boolean;
}

/** Says what will be done, asks, does it, and says what came of it. */
export function runChange(choice: Choice, change: Change, manner: Manner): Promise<Exit> {
  const { terminal, isSure, isJson } = manner;
  if (!isSure && (isJson || !terminal.isInteractive)) {
    throw new CommandError(EXIT.refused, "Nothing was changed: nobody can be asked here. Pass --yes to do it.");
  }
  return withCache(choice, async (cache) => {
    if (!isSure && !(await isConfirmed(cache, change, terminal))) {
      throw new CommandError(EXIT.refused, "Nothing was changed.");
    }
    const { words, count } = await cache.ask("change", { change });
    terminal.say(isJson ? jsonText({ words, count }) : visible(words));
    return count === 0 ? EXIT.found : EXIT.done;
  });
}

async function isConfirmed(cache: RunningCache, change: Change, terminal: Terminal): Promise<boolean> {
  const { words, count } = await cache.ask("change", { change, isPreview: true });
  const where = `${cache.name} in ${cache.place.kind} ${cache.place.title || cache.place.url}`;
  if (count === 0) throw new CommandError(EXIT.found, visible(words));
  const answer = await terminal.ask(`${visible(`${words} (${where})`)} [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
