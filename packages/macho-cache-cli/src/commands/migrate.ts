import { type Command, Option } from "commander";
import type { CommandContext } from "./command-context.ts";

const EXAMPLES = `
Examples:
  macho migrate --from tanstack-query --dry
  macho migrate src --from swr
  macho migrate src --from tanstack-query --json

Exit status: 0 when nothing is left for a person, 1 when something is.`;

/** What is typed after `macho migrate`. */
export interface MigrateOptions {
  readonly from: "tanstack-query" | "swr";
  readonly dry?: true;
  readonly force?: true;
  readonly json?: true;
}

/** `macho migrate`: from TanStack Query or SWR. */
export function addMigrate(program: Command, { terminal, exit }: CommandContext): void {
  program
    .command("migrate")
    .description("rewrites what has an exact equal here, and lists every line that needs a person")
    .argument("[path]", "a folder or a file", ".")
    .addOption(
      new Option("--from <library>", "the library that is left")
        .choices(["tanstack-query", "swr"])
        .makeOptionMandatory(),
    )
    .option("--dry", "shows the difference and writes nothing")
    .option("--force", "writes also where files have changes that are not committed")
    .option("--json", "writes JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (path: string, options: MigrateOptions) => {
      const { runMigrate } = await import("./migrate-run.ts");
      exit(await runMigrate(path, options, terminal));
    });
}
