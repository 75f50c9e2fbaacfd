import { setTimeout as pause } from "node:timers/promises";
import type { Answers, Requests } from "macho-cache/devtools/expose";
import { Away, gone } from "../connection/away.ts";
import { type Choice, type RunningCache, withCache } from "../connection/running-cache.ts";
import { CommandError, EXIT, type Exit } from "../exit.ts";
import { age, count, many } from "../figures.ts";
import { aborted, untilInterrupted } from "../interruption.ts";
import { jsonText } from "../json-text.ts";
import { checkOutput, type OutputFile, writeOutput } from "../output-file.ts";
import { RecordAssembly, recordText } from "../record-assembly.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";

/** What is recorded, and where to. */
export interface RecordPlan {
  readonly choice: Choice;
  readonly file: OutputFile;
  readonly ms: number;
  /** Above 0 to 1; 0 for what the size of the cache asks for. */
  readonly sampleRate: number;
  readonly isJson: boolean;
}

/** Ms between two questions, unless the page has more. */
const PAUSE = 250;

/** Records a while, and writes it. */
export async function recordCache(plan: RecordPlan, terminal: Terminal): Promise<Exit> {
  await checkOutput(plan.file);
  const recorder = new Recorder(plan, terminal);
  await untilInterrupted((signal) => withCache(plan.choice, (cache) => recorder.run(cache, signal)));
  const record = recorder.assembly.record();
  if (!record) throw new CommandError(EXIT.lost, "Nothing was recorded, and nothing is written.");
  await writeOutput(plan.file, recordText(record));
  recorder.report();
  return recorder.failure === undefined ? EXIT.done : EXIT.lost;
}

/** Fetches what a page records, while it does. */
class Recorder {
  readonly assembly: RecordAssembly = new RecordAssembly();
  /** Why it ended early, where the page is the reason. */
  failure: string | undefined;
  #plan: RecordPlan;
  #terminal: Terminal;
  #session = "";
  #cache = "";
  #began = 0;
  #spoke = 0;
  #took = 0;

  constructor(plan: RecordPlan, terminal: Terminal) {
    this.#plan = plan;
    this.#terminal = terminal;
  }

  async run(cache: RunningCache, signal: AbortSignal): Promise<void> {
    this.#cache = cache.name;
    let left: string | undefined;
    const undo = cache.onEnd((why) => (left ??= why));
    try {
      await this.#fetch(cache, "go");
      this.#began = performance.now();
      this.#terminal.note(`Recording ${visible(cache.name)} for ${age(this.#plan.ms)}. Ctrl-C ends it early.`);
      while (!signal.aborted && !this.assembly.isFull && this.#left > 0) {
        this.#progress();
        const hasMore = await this.#fetchInTime(cache, signal);
        if (!hasMore)
          await pause(Math.min(PAUSE, Math.max(0, this.#left)), undefined, { signal }).catch(() => undefined);
      }
      await this.#end(cache);
    } catch (error) {
      // What was fetched before is a record.
      if (!(error instanceof Away) || this.assembly.operations === 0) throw error;
      this.failure = left ?? error.message;
    } finally {
      undo();
      this.#took = performance.now() - this.#began;
      this.#terminal.status("");
    }
  }

  /** Ms. */
  get #left(): number {
    return this.#plan.ms - (performance.now() - this.#began);
  }

  /** Stops it in the page, and fetches the rest, unless there is no room for it. */
  async #end(cache: RunningCache): Promise<void> {
    let hasMore = await this.#fetch(cache, "stop");
    while (hasMore && !this.assembly.isFull) hasMore = await this.#fetch(cache, "stop");
    await this.#ask(cache, "end");
  }

  /** A page that sleeps does nothing, so that nothing of it is missed: it is waited for. */
  async #fetchInTime(cache: RunningCache, signal: AbortSignal): Promise<boolean> {
    try {
      return await this.#fetch(cache, "go");
    } catch (error) {
      if (!(error instanceof Away) || error.kind !== "silent" || this.#left <= 0) throw error;
      this.#terminal.status("");
      this.#terminal.note(`${error.message} It goes on when the page answers.`);
      await Promise.race([cache.works(Math.max(1, this.#left)), aborted(signal)]);
      return true;
    }
  }

  /** @returns whether the page has more */
  async #fetch(cache: RunningCache, phase: Requests["record"]["phase"]): Promise<boolean> {
    const before = this.assembly.operations;
    const { session, part } = await this.#ask(cache, phase);
    if (!part) throw gone("The page has dropped the record, since it was not asked for 30 s.");
    const isAnew = this.#session !== "" && part.head !== undefined;
    const isGap = !isAnew && part.from > this.assembly.soFar.from;
    this.#session = session;
    const hasMore = this.assembly.add(part);
    if (isAnew && before > 0) {
      this.#note(`The bounds of the cache were changed: the record begins anew, without ${many(before, "operation")}.`);
    } else if (isGap && before > 0) {
      const words = "Operations came faster than they could be fetched, and a record has no gap: it begins anew";
      this.#note(`${words}, without ${many(before, "operation")}. Fewer are recorded with --sample 0.1.`);
    }
    return hasMore;
  }

  #ask(cache: RunningCache, phase: Requests["record"]["phase"]): Promise<Answers["record"]> {
    const { sampleRate } = this.#plan;
    return cache.ask("record", { session: this.#session, sampleRate, phase, ...this.assembly.soFar });
  }

  #note(words: string): void {
    this.#terminal.status("");
    this.#terminal.note(words);
  }

  /** Once a second. */
  #progress(): void {
    const now = performance.now();
    if (now - this.#spoke < 1_000) return;
    this.#spoke = now;
    const done = Math.floor((now - this.#began) / 1_000);
    const [seconds, operations] = [count(this.#plan.ms / 1_000), count(this.assembly.operations)];
    this.#terminal.status(
      `Recording ${visible(this.#cache)}: ${done} of ${seconds} s, ${operations} operations. Ctrl-C ends it.`,
    );
  }

  /** Says what was written. */
  report(): void {
    const { say, note, colors } = this.#terminal;
    const { file, isJson } = this.#plan;
    const { operations, lookups, lost } = this.assembly;
    if (this.failure !== undefined) note(`${colors.yellow("Ended early:")} ${this.failure}`);
    if (this.assembly.isFull) note(`It is full: a record holds at most ${count(operations)} operations.`);
    if (isJson) {
      const figures = { operations, lookups, lost, ms: Math.round(this.#took) };
      say(jsonText({ cache: this.#cache, file: file.path, ...figures, endedEarly: this.failure ?? null }));
    } else {
      const where = file.path === "-" ? "" : ` Written to ${visible(file.path)}.`;
      note(
        `Recorded ${visible(this.#cache)} for ${age(this.#took)}: ${many(operations, "operation")}, ${many(lookups, "read")}.${where}`,
      );
    }
  }
}
