import type { Command } from "commander";
import type { CommandContext } from "./command-context.ts";
import { wholeNumber } from "./numbers.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

/** Entries where nobody says how many, and the most that the page hands over. */
const USUAL = 10_000;
const MOST = 100_000;

const EXAMPLES = `
The panel imports the file: Settings, Snapshot, Import.

Examples:
  macho export films.json
  macho export films.json --values --cache films
  macho export all.json --most 100000 --force`;

interface ExportOptions extends TargetOptions {
  readonly values?: true;
  readonly most?: number;
  readonly force?: true;
  readonly json?: true;
}

/** `macho export`: a snapshot of entries. */
export function addExport(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("export")
    .description("writes a snapshot of a cache, which the panel can show: keys, figures, what left")
    .argument("<file>", "where to write it; - for the standard output")
    .option("--values", "with values, which may be private")
    .option("--most <entries>", `the most entries, up to ${MOST} (default: ${USUAL})`, wholeNumber(MOST))
    .option("--force", "writes over a file that is there")
    .option("--json", "says what was written as JSON; not with -")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (path: string, options: ExportOptions) => {
    if (path === "-" && options.json)
      command.error("error: --json says nothing beside -: the snapshot itself is JSON.");
    if (path.endsWith(".gz")) command.error("error: The panel reads no compressed file. Name it without .gz.");
    const { exportCache } = await import("./export-run.ts");
    const { values, most = USUAL, force, json } = options;
    const file = { path, isForced: force === true };
    const wanted = { withValues: values === true, most };
    exit(await exportCache({ choice: choiceOf(options, terminal), file, wanted, isJson: json === true }, terminal));
  });
}
