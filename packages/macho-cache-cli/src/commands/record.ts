import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "./command-context.ts";
import { secondsAsMs } from "./numbers.ts";
import { addCacheOptions, choiceOf, type TargetOptions } from "./target-options.ts";

const EXAMPLES = `
Examples:
  macho record trace.json.gz --seconds 60
  macho record - --seconds 10 | jq .operations
  macho simulate trace.json.gz`;

interface RecordOptions extends TargetOptions {
  readonly seconds?: number;
  readonly sample?: number;
  readonly force?: true;
  readonly json?: true;
}

/** `macho record`: the accesses of a while, as a trace. */
export function addRecord(program: Command, { terminal, exit }: CommandContext): void {
  const command = program
    .command("record")
    .description("records what is done with a cache from now on, as a trace for macho simulate")
    .argument("<file>", "where to write it; compressed if the name ends with .gz, - for the standard output")
    .option("--seconds <number>", "how long; Ctrl-C ends it early and writes what there is (default: 30)", secondsAsMs)
    .option("--sample <share>", "share of keys that are recorded, above 0 to 1 (default: by the size)", share)
    .option("--force", "writes over a file that is there")
    .option("--json", "says what was recorded as JSON; not with -")
    .addHelpText("after", EXAMPLES);
  addCacheOptions(command).action(async (path: string, options: RecordOptions) => {
    if (path === "-" && options.json) command.error("error: --json says nothing beside -: the record itself is JSON.");
    const { recordCache } = await import("./record-run.ts");
    const { seconds = 30_000, sample = 0, force, json } = options;
    const file = { path, isForced: force === true };
    const choice = choiceOf(options, terminal);
    exit(await recordCache({ choice, file, ms: seconds, sampleRate: sample, isJson: json === true }, terminal));
  });
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1) return value;
  throw new InvalidArgumentError(`A number above 0, at most 1, got ${text}.`);
}
