import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addChanges } from "./changes.ts";
import { addCompletion } from "./completion.ts";
import { addList } from "./list.ts";
import { addWatch } from "./watch.ts";

/** Every command, in the order of the help. What a command alone needs is loaded when it runs. */
export function addCommands(program: Command, context: CommandContext): void {
  addOwnCommands(program, context);
  addCompletion(program, context, addOwnCommands);
}

function addOwnCommands(program: Command, context: CommandContext): void {
  addList(program, context);
  addChanges(program, context);
  addWatch(program, context);
}
