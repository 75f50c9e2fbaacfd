import { type Command, InvalidArgumentError, Option } from "commander";
import type { CommandContext } from "./command-context.ts";
import { secondsAsMs, wholeNumber } from "./numbers.ts";
import type { SimulateOptions } from "./simulate-run.ts";

const EXAMPLES = `
A trace is what macho record wrote, one key a line, or a csv as libCacheSim reads it; plain or gz. "-" is stdin.

Examples:
  macho simulate requests.txt
  macho simulate films.json --policy lru,sieve,s3fifo --size 100,1000,10%
  macho simulate cdn.csv.gz --csv "time-col=1,obj-id-col=2,obj-size-col=3" --weights --size 64MiB,1GiB
  cut -f3 access.log | macho simulate - --html curve.html`;

/** The most keys that one cache can hold. */
const MOST_KEYS = 2 ** 24 - 1;
const USUAL_KEYS = 1_000_000;

/** `macho simulate`: what other caches would have done with a trace. */
export function addSimulate(program: Command, { terminal, exit }: CommandContext): void {
  program
    .command("simulate")
    .description("says the miss ratios of policies by sizes, for the requests of a trace")
    .argument("<trace...>", "files; - for stdin")
    .option("--policy <names>", "policies, with commas between them (default: all)")
    .option("--size <sizes>", "entries, or weight: 1000, 64MiB, or 10% of all keys (default: seven from the trace)")
    .option("--ttl <seconds>", "after which an entry expires, by the times of the trace", secondsAsMs)
    .option("--weights", "takes the sizes in the trace as weights: --size bounds their sum")
    .addOption(
      new Option("--format <format>", "what the traces are (default: they tell)").choices(["keys", "csv", "record"]),
    )
    .option(
      "--csv <parameters>",
      'columns of a csv, as libCacheSim names them: "time-col=1,obj-id-col=2,obj-size-col=3,has-header=true,delimiter=;,time-unit=s"',
    )
    .option("--skip-bad", "leaves out lines that cannot be read, and says how many")
    .option("--sample <share>", "simulates a share of the keys, such as 0.1, which is as much faster", shareNumber, 1)
    .option(
      "--max-keys <number>",
      "above so many distinct keys it simulates a sample",
      wholeNumber(MOST_KEYS),
      USUAL_KEYS,
    )
    .option(
      "--threads <number>",
      "simulations at the same time (default: one for each processor, 8 at most)",
      wholeNumber(64),
    )
    .option("--curve", "draws the curve also where the output is no terminal")
    .option("--no-curve", "draws no curve")
    .option("--html <file>", "writes a page with chart and table")
    .option("--json", "writes JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (traces: string[], options: SimulateOptions) => {
      const { runSimulate } = await import("./simulate-run.ts");
      exit(await runSimulate(traces, options, terminal));
    });
}

function shareNumber(text: string): number {
  const share = Number(text);
  if (text.trim() !== "" && share >= 0.000_001 && share <= 1) return share;
  throw new InvalidArgumentError(`A share from 0.000001 to 1, got ${text}.`);
}
