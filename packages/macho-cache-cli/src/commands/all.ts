import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { addChanges } from "./changes.ts";
import { addCompletion } from "./completion.ts";
import { addGet } from "./get.ts";
import { addKeys } from "./keys.ts";
import { addList } from "./list.ts";
import { addAdvise } from "./advise.ts";
import { addExport } from "./export.ts";
import { addMcp } from "./mcp.ts";
import { addRecord } from "./record.ts";
import { addSimulate } from "./simulate.ts";
import { addMigrate } from "./migrate.ts";
import { addWatch } from "./watch.ts";
import { addTop } from "./top.ts";
import { addTtl } from "./ttl.ts";
import { addWhy } from "./why.ts";

/** Every command, in the order of the help. What a command alone needs is loaded when it runs. */
export function addCommands(program: Command, context: CommandContext): void {
  addOwnCommands(program, context);
  addCompletion(program, context, addOwnCommands);
}

function addOwnCommands(program: Command, context: CommandContext): void {
  addList(program, context);
  addTop(program, context);
  addKeys(program, context);
  addGet(program, context);
  addTtl(program, context);
  addWhy(program, context);
  addChanges(program, context);
  addWatch(program, context);
  addRecord(program, context);
  addExport(program, context);
  addAdvise(program, context);
  addSimulate(program, context);
  addMigrate(program, context);
  addMcp(program, context);
  // Before the command it is the program's, and behind it the command's.
  for (const command of program.commands) command.option("--no-color", "writes without colours, as with NO_COLOR");
}
