import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addKeyArgument, type KeyOptions, keyRequest } from "./key-argument.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
Status 1 says that nothing is stored under the key.

Examples:
  macho ttl film:1
  macho ttl '["todos",1]' --cache api --json`;

/** `macho ttl`: how long an entry will still be there. */
export function addTtl(program: Command, { terminal, exit }: CommandContext): void {
  const command = addKeyArgument(
    program.command("ttl").description("says how long an entry is kept, and how much of that is left"),
  )
    .option("--json", "writes JSON, in ms; null is for ever")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (key: string, options: TargetOptions & KeyOptions & { json?: true }) => {
    const { showTtl } = await import("./ttl-run.ts");
    exit(await showTtl(choiceOf(options, terminal), keyRequest(key, options), terminal, options.json === true));
  });
}
