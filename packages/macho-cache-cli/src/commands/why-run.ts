import type { Answers, Requests } from "macho-cache/devtools/expose";
import { type Choice, withCache } from "../connection/running-cache.ts";
import { entryWords, keyWords } from "../entry-words.ts";
import { EXIT, type Exit } from "../exit.ts";
import { age } from "../figures.ts";
import { jsonText } from "../json-text.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";

/** Tells the story of a key. */
export async function tellStory(
  choice: Choice,
  request: Requests["why"],
  terminal: Terminal,
  isJson: boolean,
): Promise<Exit> {
  return withCache(choice, async (cache) => {
    const answer = await cache.ask("why", request);
    terminal.say(isJson ? jsonText(answer, 2) : storyText(answer, terminal));
    return EXIT.done;
  });
}

function storyText({ key, entry, story, events }: Answers["why"], terminal: Terminal): string {
  const parts = [
    [terminal.colors.bold(keyWords(key)), ...(entry ? [entryWords(entry)] : [])],
    story.map(visible),
    ...(events.length > 0 ? [[eventTable(events, terminal)]] : []),
  ];
  return parts.map((lines) => lines.join("\n")).join("\n\n");
}

function eventTable(events: Answers["why"]["events"], terminal: Terminal): string {
  const rows = events.map(({ at, words, more = "" }) => [
    at === undefined ? "–" : clockTime(at),
    at === undefined ? "before" : `${age(Math.max(0, Date.now() - at))} ago`,
    visible(words),
    visible(more),
  ]);
  return table(["at", "when", "what happened", ""], rows, terminal);
}

/** `14:02:31`, by the clock of this machine. */
function clockTime(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
