import type { Answers, Requests } from "macho-cache/devtools/expose";
import { readText, toText } from "macho-cache/query";
import { type Choice, type RunningCache, withCache } from "../connection/running-cache.ts";
import { EXIT, type Exit } from "../exit.ts";
import { bytes, count, many } from "../figures.ts";
import { untilInterrupted } from "../interruption.ts";
import { jsonText, visibleJson } from "../json-text.ts";
import { checkOutput, type OutputFile, writeOutput } from "../output-file.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";

/** What is exported, and where to. */
export interface ExportPlan {
  readonly choice: Choice;
  readonly file: OutputFile;
  readonly wanted: Pick<Requests["export"], "withValues" | "most">;
  readonly isJson: boolean;
}

type Entries = Answers["export"]["entries"][number][];

/** The most characters of a file that the panel reads. */
const MAX_READ = 40_000_000;

/** Writes a snapshot. */
export async function exportCache(plan: ExportPlan, terminal: Terminal): Promise<Exit> {
  await checkOutput(plan.file);
  const exported = await untilInterrupted((signal) =>
    withCache(plan.choice, (cache) => snapshotOf(cache, plan.wanted, signal, terminal)),
  );
  if (!exported) {
    terminal.note("Nothing is written: it was ended before all entries were there.");
    return EXIT.lost;
  }
  await writeOutput(plan.file, [exported.text]);
  report(exported, plan, terminal);
  return EXIT.done;
}

interface Exported {
  readonly name: string;
  readonly text: string;
  readonly entries: number;
  readonly total: number;
  /** Of values that could not be kept. */
  readonly lost: number;
}

/** Fetches what there is, in parts; `undefined` where it was ended before the last. */
async function snapshotOf(
  cache: RunningCache,
  wanted: ExportPlan["wanted"],
  signal: AbortSignal,
  { status }: Terminal,
): Promise<Exported | undefined> {
  const entries: Entries = [];
  try {
    const first = await cache.ask("export", { ...wanted, session: "" });
    let answer = first;
    while (answer.session !== "" && !signal.aborted) {
      answer = await cache.ask("export", { ...wanted, session: answer.session });
      entries.push(...answer.entries);
      status(`Exporting ${visible(cache.name)}: ${many(entries.length, "entry", "entries")}.`);
    }
    if (answer.session !== "") return undefined;
    const total = answer.total ?? entries.length;
    // Of its own shape, and from the page's own writer.
    const head = readText(first.head!) as object;
    const text = visibleJson(toText({ ...head, name: cache.name, entries, total, hasValues: wanted.withValues }));
    return { name: cache.name, text, entries: entries.length, total, lost: entries.filter(({ lost }) => lost).length };
  } finally {
    status("");
  }
}

function report(
  { name, text, entries, total, lost }: Exported,
  { file, isJson }: ExportPlan,
  terminal: Terminal,
): void {
  const { say, note } = terminal;
  if (text.length > MAX_READ) {
    note(`The file is larger than the panel reads, which is ${bytes(MAX_READ)}. Export fewer entries with --most.`);
  }
  if (isJson) return say(jsonText({ cache: name, file: file.path, entries, total, lost, characters: text.length }));
  const which =
    entries < total ? `${count(entries)} of ${many(total, "entry", "entries")}` : many(entries, "entry", "entries");
  const without = lost > 0 ? ` ${many(lost, "value")} could not be kept; the file says why.` : "";
  const where = file.path === "-" ? "" : ` Written to ${visible(file.path)}.`;
  note(`Exported ${which} of ${visible(name)}, ${bytes(text.length)}.${without}${where}`);
}
