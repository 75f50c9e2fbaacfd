import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addTargetOptions, choiceOf, type TargetOptions } from "./target-options.ts";

interface McpOptions extends TargetOptions {
  readonly allowChanges?: true;
  readonly values: boolean;
}

const EXAMPLES = `
Examples:
  macho mcp
  macho mcp --port 9229 --allow-changes
  In an assistant's settings:
  { "mcpServers": { "macho": { "command": "npx", "args": ["-p", "macho-cache-cli", "macho", "mcp"] } } }`;

/** `macho mcp`: the commands as tools of an assistant. */
export function addMcp(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("mcp")
    .description("gives an assistant the reading commands as tools, by the Model Context Protocol over stdio")
    .option("--allow-changes", "the changing commands as well; none of them is confirmed here")
    .option("--no-values", "no tool shows the value of an entry")
    .addHelpText("after", EXAMPLES);
  addTargetOptions(command).action(async (options: McpOptions) => {
    const { host, ports, target, timeout } = choiceOf(options, terminal);
    const { serve } = await import("../mcp/stdio.ts");
    await serve({
      allowsChanges: options.allowChanges === true,
      showsValues: options.values,
      target,
      targetWords: [`--host=${host}`, ...ports.map((port) => `--port=${port}`), `--timeout=${timeout / 1_000}`],
    });
    exit(0);
  });
}
