import { type Command, InvalidArgumentError, Option } from "commander";
import { CommandError, EXIT } from "../exit.ts";
import type { Sort } from "../top/view.ts";
import { SORTS } from "../top/view.ts";
import type { CommandContext } from "./command-context.ts";
import { secondsAsMs, wholeNumber } from "./numbers.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
Keys: s or 1 to 5 sorts, r turns the order round, / filters, Space pauses, Up, Down and Enter show one entry,
? lists them, q ends.

Where there is no terminal, as in a pipe or in CI, it prints the figures once and ends; --count prints them also on a
terminal.

Examples:
  macho top
  macho top films --sort size
  macho top --filter 'film: ttl<10s'
  macho top --json | jq .hitRatio
  macho top --json --count 60 --interval 10 > figures.jsonl`;

interface TopOptions extends TargetOptions {
  readonly cache: string;
  readonly sort?: Sort;
  readonly filter: string;
  readonly interval: number;
  readonly count?: number;
  readonly record: boolean;
  readonly json?: true;
}

/** `macho top`: a cache as it works. */
export function addTop(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("top")
    .description("shows a cache as it works: hit ratio, requests, removals, loads, hottest and largest keys, advice")
    .argument("[cache]", "which cache, as with --cache")
    .option("--sort <name>", `sorts the keys by ${SORTS.join(", ")}`, sortOf)
    .option("--filter <words>", "only these keys, in the words of macho keys", "")
    .addOption(new Option("--interval <seconds>", "how often it is looked").argParser(intervalOf).default(1_000, "1"))
    .option("--count <number>", "prints the figures so many times instead of a live screen", wholeNumber(1e9))
    .option("--no-record", "begins no record: reads of each key, and advice, are known only if the app records")
    .option("--json", "prints the figures as JSON: one object, or with --count one a line")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (name: string | undefined, options: TopOptions) => {
    const { runTop } = await import("./top-run.ts");
    const { filter, interval, record, sort, json, count } = options;
    const choice = choiceOf({ ...options, cache: cacheOf(name, options.cache) }, terminal);
    exit(await runTop({ choice, filter, interval, record, sort, isJson: json === true, count }, terminal));
  });
}

function cacheOf(name: string = "", option: string): string {
  if (name === "" || option === "" || name === option) return name || option;
  throw new CommandError(EXIT.usage, `Which cache is meant, ${name} or ${option}? Name one.`);
}

function sortOf(text: string): Sort {
  const sort = SORTS.find((each) => each === text.toLowerCase());
  if (sort) return sort;
  throw new InvalidArgumentError(`Keys are sorted by ${SORTS.join(", ")}.`);
}

function intervalOf(text: string): number {
  const ms = secondsAsMs(text);
  if (ms >= 100 && ms <= 3_600_000) return ms;
  throw new InvalidArgumentError(`From 0.1 to 3600 seconds, got ${text}.`);
}
