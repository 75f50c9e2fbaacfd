import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addTargetOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
Examples:
  macho list
  macho list --port 9333 --json`;

/** `macho list`: what can be looked into. */
export function addList(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("list")
    .description("lists pages, workers and Node processes, and their caches")
    .option("--json", "writes JSON")
    .addHelpText("after", EXAMPLES);
  addTargetOptions(command).action(async (options: TargetOptions & { json?: true }) => {
    const { listCaches } = await import("./list-run.ts");
    exit(await listCaches(choiceOf(options, terminal), terminal, options.json === true));
  });
}
