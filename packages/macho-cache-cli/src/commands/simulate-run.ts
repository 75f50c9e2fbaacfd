import { rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { allPolicies } from "macho-cache/policies";
import type { PolicyName } from "macho-cache/simulate";
import { EXIT, type Exit } from "../exit.ts";
import { untilInterrupted } from "../interruption.ts";
import { openSource, unreadable } from "../simulate/byte-source.ts";
import { usage } from "../simulate/csv-columns.ts";
import { curveDrawing } from "../simulate/curve-drawing.ts";
import { type Progress, ProgressLine } from "../simulate/progress.ts";
import { replayRecord } from "../simulate/record-replays.ts";
import { resultJson } from "../simulate/result-json.ts";
import { resultPage } from "../simulate/result-page.ts";
import { resultTable } from "../simulate/result-table.ts";
import type { TraceResult } from "../simulate/result.ts";
import { parseSizes } from "../simulate/sizes.ts";
import { readTrace } from "../simulate/trace.ts";
import type { FormatName } from "../simulate/trace-format.ts";
import { type ReplayChoice, replayTrace } from "../simulate/trace-replays.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";

const NAMES = Object.keys(allPolicies) as PolicyName[];
const MOST_THREADS = 8;

/** What the command line says. */
export interface SimulateOptions {
  readonly policy?: string;
  readonly size?: string;
  readonly ttl?: number;
  readonly weights?: true | undefined;
  readonly format?: FormatName;
  readonly csv?: string;
  readonly skipBad?: true;
  readonly sample: number;
  readonly maxKeys: number;
  readonly threads?: number;
  /** `undefined` where it is for the terminal to say. */
  readonly curve?: boolean;
  readonly html?: string;
  readonly json?: true;
}

/** Simulates traces, and says and writes the result. @throws CommandError */
export async function runSimulate(
  traces: readonly string[],
  options: SimulateOptions,
  terminal: Terminal,
): Promise<Exit> {
  if (traces.filter((trace) => trace === "-").length > 1) throw usage("stdin, -, can be read once. Name it once.");
  const choice = choiceOf(options);
  const results = await untilInterrupted((signal) => resultsOf(traces, options, choice, terminal, signal));
  if (options.html !== undefined) await writeWhole(options.html, resultPage(results));
  say(results, options, terminal);
  return EXIT.done;
}

async function resultsOf(
  traces: readonly string[],
  options: SimulateOptions,
  choice: ReplayChoice,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly TraceResult[]> {
  const progress = new ProgressLine(terminal, signal);
  const results: TraceResult[] = [];
  try {
    for (const trace of traces) results.push(await resultOf(trace, options, choice, progress, signal));
    return results;
  } finally {
    progress.clear();
  }
}

function choiceOf({ policy, size, ttl, weights, threads }: SimulateOptions): ReplayChoice {
  return {
    policies: policy === undefined ? NAMES : policiesOf(policy),
    sizes: size === undefined ? undefined : parseSizes(size),
    ttl,
    weights: weights === true,
    threads: threads ?? Math.min(MOST_THREADS, availableParallelism()),
  };
}

function policiesOf(text: string): readonly PolicyName[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !NAMES.includes(name as PolicyName));
  if (unknown === undefined) return [...new Set(names)] as PolicyName[];
  throw usage(`There is no policy ${visible(unknown) || "without a name"}. There are: ${NAMES.join(", ")}.`);
}

async function resultOf(
  path: string,
  { format, csv, skipBad, sample: sampleRate, maxKeys }: SimulateOptions,
  choice: ReplayChoice,
  progress: Progress,
  signal: AbortSignal,
): Promise<TraceResult> {
  const wanted = { weights: choice.weights, times: choice.ttl !== undefined };
  const reading = { format, csv, skipBad: skipBad === true, sampleRate, maxKeys, ...wanted };
  const trace = await readTrace(await openSource(path, signal), reading, progress);
  return trace.kind === "record"
    ? await replayRecord(trace, choice, progress)
    : await replayTrace(trace, choice, progress);
}

/** A file is there with all of it, or not at all. */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, text);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw unreadable(`${visible(file)} cannot be written: ${visible((error as Error).message)}.`);
  }
}

function say(results: readonly TraceResult[], { json, html, curve }: SimulateOptions, terminal: Terminal): void {
  if (json === true) terminal.say(resultJson(results));
  else {
    const isDrawn = curve ?? terminal.isScreen;
    const parts = results.flatMap((result) => [
      resultTable(result, terminal),
      ...(isDrawn && result.sizes.length > 1 ? [curveDrawing(result, terminal)] : []),
    ]);
    terminal.say(parts.join("\n\n"));
  }
  if (curve === true && json !== true && results.some(({ sizes }) => sizes.length === 1)) {
    terminal.note("A curve needs two sizes or more. Name them by --size.");
  }
  if (html !== undefined) terminal.note(`The page is in ${visible(html)}.`);
}
