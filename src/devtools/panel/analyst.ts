import { complainOnce } from "../complaint.ts";
import type { Recording } from "../recording.ts";
import { pauseAfter } from "../sampler.ts";
import type { Analysis } from "./analysis.ts";
import type * as evidenceModule from "./evidence.tsx";
import { whenIdle } from "./idle.ts";

/** Ms of a slice. The page goes on between two. */
const SLICE = 8;
/** Ms from the end of an analysis that found something until the next one, at least. */
const PAUSE = 5_000;

/** Analyses what was recorded again and again, in slices, while somebody looks. */
export class Analyst {
  /** The last one that ended. */
  analysis: Analysis | undefined;
  /** What shows it, once that is loaded. */
  evidence: typeof evidenceModule | undefined;
  /** Another one while the pages stand still. */
  recording: Recording;
  #heard: () => void;
  #addStyle: (style: string) => void;
  #steps: Iterator<number, Analysis> | undefined;
  /** Takes back what was to be done next. */
  #pause: (() => void) | undefined;
  #last = { ended: -Infinity, took: 0, version: "" };

  /** @param heard hears of each analysis that ended */
  constructor(recording: Recording, heard: () => void, addStyle: (style: string) => void = () => undefined) {
    this.recording = recording;
    this.#heard = heard;
    this.#addStyle = addStyle;
  }

  /** Whether one is under way. */
  get isBusy(): boolean {
    return this.#pause !== undefined;
  }

  /** Begins anew, unless one is under way or has only just ended, or nothing has happened since. */
  beginInTurn(): void {
    const { ended, took, version } = this.#last;
    // "Not enough data" is told anew at once.
    const least = this.analysis?.advice.kind === "wait" ? 0 : PAUSE;
    if (this.isBusy || performance.now() - ended < Math.max(least, pauseAfter(took))) return;
    const now = this.recording.source.version();
    if (now !== version) this.begin(now);
  }

  begin(version: string = this.recording.source.version()): void {
    this.stop();
    this.#last = { ended: -Infinity, took: 0, version };
    // Until its code is loaded, this stands for the analysis under way.
    this.#pause = whenIdle(() => void this.#load());
  }

  stop(): void {
    this.#pause?.();
    this.#pause = this.#steps = undefined;
  }

  async #load(): Promise<void> {
    const mine = this.#pause;
    try {
      const evidence = await import("./evidence.tsx");
      if (mine !== this.#pause) return;
      const record = this.recording.accesses?.read();
      if (!record) return this.#tryAgain();
      this.#addStyle(evidence.EVIDENCE_STYLE);
      this.evidence = evidence;
      this.#steps = evidence.analyse(record);
      this.#go();
    } catch (error) {
      this.stop();
      complainOnce("what was recorded could not be analysed.", error);
    }
  }

  /** The code that records may still be on its way. */
  #tryAgain(): void {
    this.stop();
    this.#last.version = "";
  }

  #go(): void {
    const started = performance.now();
    try {
      while (performance.now() - started < SLICE) {
        const { done, value } = this.#steps!.next();
        if (done) return this.#end(value, started);
      }
    } catch (error) {
      this.stop();
      return complainOnce("what was recorded could not be analysed.", error);
    }
    this.#last.took += performance.now() - started;
    this.#pause = whenIdle(() => this.#go());
  }

  #end(analysis: Analysis, started: number): void {
    this.stop();
    const ended = performance.now();
    this.#last = { ...this.#last, ended, took: this.#last.took + ended - started };
    this.analysis = analysis;
    this.recording.advisedSize = analysis.advice.change?.settings.maxCacheSize;
    this.recording.advice = analysis.advice;
    this.#heard();
  }
}
