import type { Requests } from "macho-cache/devtools/expose";
import { type Choice, withCache } from "../connection/running-cache.ts";
import { absentWords, keyWords, ttlWords } from "../entry-words.ts";
import { EXIT, type Exit } from "../exit.ts";
import { jsonText } from "../json-text.ts";
import type { Terminal } from "../terminal.ts";

/** Says what is left of an entry's life. The status says whether anything is stored. */
export async function showTtl(
  choice: Choice,
  request: Requests["entry"],
  terminal: Terminal,
  isJson: boolean,
): Promise<Exit> {
  return withCache(choice, async (cache) => {
    const { key, entry } = await cache.ask("entry", { ...request, show: "none" });
    if (entry?.ttlLeft === undefined) {
      terminal.note(entry ? `${keyWords(key)} is known, and nothing is stored of it.` : absentWords(key));
      return EXIT.found;
    }
    const { ttlLeft, ttl = null } = entry;
    terminal.say(isJson ? jsonText({ key, ttlLeft, ttl }) : ttlWords(entry));
    return EXIT.done;
  });
}
