import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addKeyArgument, type KeyOptions, keyRequest } from "./key-argument.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
How a key left is known while the cache is recorded. The first question begins a record, which goes on for ten minutes
after the last one; exposeCaches({ films: cache }, { record: true }) records from the start.

Examples:
  macho why film:12
  macho why '["todos",1]' --cache api --json`;

/** `macho why`: the story of a key. */
export function addWhy(program: Command, { terminal, exit }: CommandContext): void {
  const command = addKeyArgument(
    program.command("why").description("tells the story of a key: written, read, left when and why"),
  )
    .option("--json", "writes JSON")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (key: string, options: TargetOptions & KeyOptions & { json?: true }) => {
    const { tellStory } = await import("./why-run.ts");
    exit(await tellStory(choiceOf(options, terminal), keyRequest(key, options), terminal, options.json === true));
  });
}
