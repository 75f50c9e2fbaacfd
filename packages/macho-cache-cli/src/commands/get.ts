import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addKeyArgument, type KeyOptions, keyRequest } from "./key-argument.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
Status 1 says that the key is not there.

Examples:
  macho get film:1
  macho get '["todos",1]' --cache api --json
  macho get film:1 --no-values`;

/** Options of `macho get`. */
export interface GetOptions extends KeyOptions {
  readonly json?: true;
  readonly full?: true;
  /** False with `--no-values`. */
  readonly values: boolean;
}

/** `macho get`: one entry and its value. */
export function addGet(program: Command, { terminal, exit }: CommandContext): void {
  const command = addKeyArgument(
    program.command("get").description("shows an entry and its value, which counts as no read"),
  )
    .option("--json", "writes the value as JSON")
    .option("--full", "shows all of a value that is longer than a screen")
    .option("--no-values", "shows everything about the entry but its value")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (key: string, options: TargetOptions & GetOptions) => {
    const { showEntry } = await import("./get-run.ts");
    exit(await showEntry(choiceOf(options, terminal), keyRequest(key, options), options, terminal));
  });
}
