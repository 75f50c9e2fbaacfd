import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "./command-context.ts";
import { wholeNumber } from "./key-argument.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
Words:
  film "the end"    both in the key or in the value
  status:error      fresh, stale, fetching, error, pending, stored
  ttl<10s           time left, in ms, s, m or h
  size>4kB          about so many bytes, in B, kB or MB
  read:0            reads since it came; also read>10
  tag:film          queries with this tag
  prefix:film:      keys of one group
  left:evicted      keys that left, as with --departed; expired, replaced, deleted, cleared, any

Examples:
  macho keys todos done
  macho keys 'ttl<10s' --sort ttl
  macho keys --sort reads --limit 20
  macho keys --departed
  macho keys --json --lines | head -n 3`;

const SORTS = "key, status, age, ttl, reads, hits, size, weight, pins, shard, hooks, or next for the order of eviction";

/** Options of `macho keys`. */
export interface KeysOptions {
  readonly sort: string;
  readonly reverse?: true;
  readonly limit?: number;
  readonly departed?: true;
  readonly json?: true;
  readonly lines?: true;
}

/** `macho keys`: the entries of a cache. */
export function addKeys(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("keys")
    .description("lists the entries of a cache, all or those that some words are about")
    .argument("[words...]", "what to look for, in the words of the panel's filter")
    .option("--sort <name>", `by ${SORTS}`, "")
    .option("--reverse", "turns the order round")
    .option("--limit <number>", 'the most keys, or "all" (default: a screenful, and all with --json)', limitOf)
    .option("--departed", "lists keys that have left, the latest first")
    .option("--json", "writes one JSON array")
    .option("--lines", "with --json, writes an object a line instead")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (words: string[], options: TargetOptions & KeysOptions) => {
    const { listKeys } = await import("./keys-run.ts");
    exit(await listKeys(choiceOf(options, terminal), words, options, terminal));
  });
}

function limitOf(text: string): number {
  if (text === "all") return Infinity;
  try {
    return wholeNumber(text);
  } catch {
    throw new InvalidArgumentError(`A whole number from 1 on, or all, got ${text}.`);
  }
}
