import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { secondsAsMs, wholeNumber } from "./numbers.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";
import { KIND_WORDS, kindsOf, type WatchKind } from "./watch-kinds.ts";

const EXAMPLES = `
Kinds of events for --only, also as "misses" or "hits":
${Object.entries(KIND_WORDS)
  .map(([kind, words]) => `  ${kind.padEnd(11)} ${words}`)
  .join("\n")}
  and reads, writes, removals and loads for several

Examples:
  macho watch
  macho watch --only misses,evicted film:
  macho watch --json --seconds 10 | jq -r 'select(.kind == "miss").key' | sort | uniq -c | sort -rn
  macho watch --only loads --count 20`;

interface WatchOptions extends TargetOptions {
  readonly only?: readonly WatchKind[];
  readonly seconds?: number;
  readonly count?: number;
  readonly values?: true;
  readonly json?: true;
}

/** `macho watch`: events as they come. */
export function addWatch(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("watch")
    .description("writes what happens to a cache as it happens, one event a line, until Ctrl-C")
    .argument("[words...]", "only keys that have each of these words")
    .option("--only <kinds>", "only these kinds of events, with commas", kindsOf)
    .option("--seconds <number>", "ends after so many seconds", secondsAsMs)
    .option("--count <number>", "ends after so many events", wholeNumber(1e9))
    .option("--values", "writes values too, each as a short text")
    .option("--json", "writes one JSON object a line")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (words: readonly string[], options: WatchOptions) => {
    const { watchCache } = await import("./watch-run.ts");
    const { only = [], values, json, count = Infinity, seconds: ms = Infinity } = options;
    const wanted = { kinds: only, words: words.join(" "), withValues: values === true };
    const choice = choiceOf(options, terminal);
    exit(await watchCache({ choice, wanted, isJson: json === true, count, ms }, terminal));
  });
}
