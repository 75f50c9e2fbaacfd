import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { secondsAsMs } from "./numbers.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
Status 1 when something is to be changed, 0 when not.

Examples:
  macho advise
  macho advise --cache films --seconds 60
  macho advise --json | jq -r '.advice.change.code'`;

interface AdviseOptions extends TargetOptions {
  readonly seconds?: number;
  readonly json?: true;
}

/** `macho advise`: what to change about a cache. */
export function addAdvise(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("advise")
    .description("says what to change about a cache, by a replay of what was done with it")
    .option(
      "--seconds <number>",
      "records so long first (default: 10 where too little is recorded, else 0)",
      secondsAsMs,
    )
    .option("--json", "writes the whole advice as JSON")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (options: AdviseOptions) => {
    const { adviseCache } = await import("./advise-run.ts");
    const { seconds, json } = options;
    const choice = choiceOf(options, terminal);
    exit(await adviseCache({ choice, ms: seconds, isJson: json === true }, terminal));
  });
}
