import { type Command, InvalidArgumentError } from "commander";
import type { Change, Matching } from "macho-cache/devtools/expose";
import { CommandError, EXIT } from "../exit.ts";
import { visible } from "../visible-text.ts";
import type { CommandContext } from "./command-context.ts";
import { addKeyArgument, type KeyOptions, keyRequest } from "./key-argument.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

interface ChangeOptions extends TargetOptions, KeyOptions {
  readonly cache: string;
  readonly yes?: true;
  readonly json?: true;
  readonly exact?: true;
  readonly tag?: string;
  readonly ttl?: number;
  readonly maxWeight?: number;
  readonly off?: true;
}

interface Declared {
  readonly name: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly declare?: (command: Command) => Command;
  /** @throws CommandError where the words make no change */
  readonly change: (words: readonly string[], options: ChangeOptions) => Change;
}

const MATCHING = (command: Command): Command =>
  command
    .argument("[key]", "every query whose key begins so; all, where none is named")
    .option("--exact", "the query of this key alone")
    .option("--tag <name>", "every query with this tag");

const COMMANDS: readonly Declared[] = [
  {
    name: "delete",
    description: "removes an entry, or the data of a query",
    examples: ["macho delete film:7", `macho delete '["todos",1]' --yes`],
    declare: addKeyArgument,
    change: ([key], options) => ({ change: "delete", key: keyRequest(key!, options) }),
  },
  {
    name: "clear",
    description: "removes everything",
    examples: ["macho clear --cache films"],
    change: () => ({ change: "clear" }),
  },
  {
    name: "invalidate",
    description: "marks queries stale; those on screen are loaded again",
    examples: [`macho invalidate '["todos"]'`, "macho invalidate --tag films --yes"],
    declare: MATCHING,
    change: ([key], options) => ({ change: "invalidate", ...matching(key, options) }),
  },
  {
    name: "refetch",
    description: "loads queries again, stale or not",
    examples: [`macho refetch '["todos",1]' --exact`],
    declare: MATCHING,
    change: ([key], options) => ({ change: "refetch", ...matching(key, options) }),
  },
  {
    name: "resize",
    description: "sets maxCacheSize, and maxWeight, of the running cache",
    examples: ["macho resize 500 --cache films"],
    declare: (command) =>
      command
        .argument("<entries>", "the most entries: a whole number of 1 or more, or Infinity", entries)
        .option("--max-weight <weight>", "the most weight, in the app's unit", entries),
    change: ([size], { maxWeight }) => ({
      change: "resize",
      maxCacheSize: bound(Number(size)),
      ...(maxWeight !== undefined && { maxWeight: bound(maxWeight) }),
    }),
  },
  {
    name: "pin",
    description: "keeps an entry from eviction, until --off or the end of the page",
    examples: ["macho pin film:7", "macho pin film:7 --off"],
    declare: (command) => addKeyArgument(command).option("--off", "ends it"),
    change: ([key], options) => ({ change: options.off ? "unpin" : "pin", key: keyRequest(key!, options) }),
  },
  {
    name: "set",
    description: "writes a value, given as JSON",
    examples: [`macho set film:7 '{"title":"Ran"}'`, "macho set count 3 --ttl 60"],
    declare: (command) =>
      addKeyArgument(command)
        .argument("<json>", "the value")
        .option(
          "--ttl <seconds>",
          "how long it is served, or Infinity; otherwise what the entry had left, or the cache's own",
          seconds,
        ),
    change: ([key, text], options) => ({
      change: "set",
      key: keyRequest(key!, options),
      value: parsed("The value", text!),
      ...(options.ttl !== undefined && { ttl: bound(options.ttl) }),
    }),
  },
];

/** Every command that changes a running cache. Each is confirmed unless `--yes`. */
export function addChanges(program: Command, { terminal, exit }: CommandContext): void {
  for (const { name, description, examples, declare, change } of COMMANDS) {
    const command = program.command(name).description(description);
    declare?.(command);
    command
      .option("--yes", "does not ask")
      .option("--json", "writes JSON; needs --yes")
      .addHelpText("after", `\nExamples:\n${examples.map((each) => `  ${each}`).join("\n")}`);
    addCacheOptions(command).action(async (...given: unknown[]) => {
      const options = given.at(-2) as ChangeOptions;
      const words = given.slice(0, -2).filter((each) => each !== undefined) as string[];
      const asked = change(words.map(String), options);
      const { runChange } = await import("./changes-run.ts");
      const isSure = options.yes === true;
      exit(await runChange(choiceOf(options, terminal), asked, { terminal, isSure, isJson: options.json === true }));
    });
  }
}

/** @throws CommandError for an exact key that is not there: every query would be meant */
function matching(key: string | undefined, options: ChangeOptions): Matching {
  const { exact = false, tag } = options;
  if (exact && key === undefined) {
    throw new CommandError(EXIT.usage, "--exact goes with a key. Without a key and a tag, all queries are meant.");
  }
  return {
    isExact: exact,
    ...(key !== undefined && { key: keyRequest(key, options) }),
    ...(tag !== undefined && { tag }),
  };
}

/** As JSON has it. */
function bound(number: number): number | "Infinity" {
  return number === Infinity ? "Infinity" : number;
}

function parsed(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const remedy = `Quote it for the shell: '{"title":"Ran"}', '"text"', 3.`;
    const why = `${what} is JSON, got ${text}: ${(error as Error).message}. ${remedy}`;
    throw new CommandError(EXIT.usage, visible(why), { cause: error });
  }
}

function entries(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && (number === Infinity || Number.isSafeInteger(number)) && number > 0) return number;
  throw new InvalidArgumentError(`A whole number of 1 or more, got ${text}.`);
}

function seconds(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number > 0) return number * 1_000;
  throw new InvalidArgumentError(`Seconds, above 0, got ${text}.`);
}
