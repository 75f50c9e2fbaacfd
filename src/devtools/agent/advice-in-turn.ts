import { adviseSteps } from "../../simulate/advise.ts";
import type { Advice } from "../../simulate/index.ts";
import type { Recording } from "../recording.ts";
import { remedyWords } from "../panel/remedy-words.ts";
import { pauseAfter } from "../sampler.ts";
import { inSlices } from "./slices.ts";

/** Ms from the end of an advice until the next one, at least. */
const PAUSE = 5_000;
/** Ms after which nobody looks any more who has not asked. */
const ASKED_LATELY = 15_000;

/** Makes the advice about one record again and again, in slices, for as long as somebody asks. */
export class AdviceInTurn {
  #recording: Recording;
  #now: () => number;
  #advice: Advice | undefined;
  /** What to change in the app, where no option mends it. */
  #remedy = "";
  /** Of the record that the advice is of: a later one knows nothing of it. */
  #since: number | undefined;
  /** What the cache had done when it was made. */
  #version = "";
  #isBusy = false;
  #ended = -Infinity;
  #took = 0;
  #asked = -Infinity;

  /** @param now ms */
  constructor(recording: Recording, now: () => number = () => performance.now()) {
    this.#recording = recording;
    this.#now = now;
  }

  /** The last one of this record; begins another one if it is time for it. */
  read(): Advice | undefined {
    const { since, source } = this.#recording;
    this.#asked = this.#now();
    if (since !== this.#since) {
      this.#advice = undefined;
      this.#since = since;
      this.#version = "";
    }
    // "Not enough data" is told anew at once.
    const least = this.#advice === undefined || this.#advice.kind === "wait" ? 0 : PAUSE;
    const isDue = this.#asked - this.#ended >= Math.max(least, pauseAfter(this.#took));
    if (isDue && !this.#isBusy && source.version() !== this.#version) void this.#make(source.version());
    return this.#advice;
  }

  /** The last one in words: first what is the matter, then what to change in the app, then what that rests on. */
  get words(): string {
    const { text = "" } = this.#advice ?? {};
    if (this.#remedy === "") return text;
    const end = text.indexOf(". ") + 1 || text.length;
    return `${text.slice(0, end)} ${this.#remedy}${text.slice(end)}`;
  }

  async #make(version: string): Promise<void> {
    const record = this.#recording.accesses?.read();
    if (!record) return;
    this.#isBusy = true;
    this.#took = 0;
    const since = this.#since;
    try {
      const advice = await inSlices(this.#whileAsked(adviseSteps(record)));
      if (!advice || since !== this.#since) return;
      this.#advice = advice;
      this.#remedy = remedyWords(advice, this.#recording.source);
      this.#version = version;
    } finally {
      this.#isBusy = false;
      this.#ended = this.#now();
    }
  }

  /** The steps as long as somebody looks, with the time that they take. */
  *#whileAsked(steps: Generator<number, Advice>): Generator<undefined, Advice | undefined> {
    while (this.#now() - this.#asked < ASKED_LATELY) {
      const began = this.#now();
      const { done, value } = steps.next();
      this.#took += this.#now() - began;
      if (done) return value;
      yield;
    }
    return undefined;
  }
}
