/** In ms for each word. */
const PACE = 45;
const SLOW_PACE = 400;

export interface Settings {
  /** Whether the model takes its time. */
  readonly slow: boolean;
  /** Whether it writes only the words that it is told to. */
  readonly held: boolean;
}

const CALM: Settings = { slow: false, held: false };

/** Stands for a model: it knows three texts, and says when the next word is due. */
export class Model {
  settings: Settings = CALM;
  /** Words that it may write while it is held. */
  #words = 0;
  #waiting: (() => void)[] = [];

  change(settings: Partial<Settings>): Settings {
    this.settings = { ...this.settings, ...settings };
    if (!this.settings.held) for (const goOn of this.#waiting.splice(0)) goOn();
    return this.settings;
  }

  reset(): Settings {
    this.#words = 0;
    return this.change(CALM);
  }

  /** Lets it write that many words more. */
  allow(words: number): void {
    this.#words += words;
    for (; this.#words > 0 && this.#waiting.length > 0; this.#words--) this.#waiting.shift()!();
  }

  /** Resolves when the next word is due, or when nobody waits for it any more. */
  async nextWord(gone: AbortSignal): Promise<void> {
    if (!this.settings.held) {
      await new Promise((resolve) => setTimeout(resolve, this.settings.slow ? SLOW_PACE : PACE));
    } else if (this.#words > 0) this.#words--;
    else await new Promise<void>((resolve) => this.#wait(resolve, gone));
  }

  #wait(resolve: () => void, gone: AbortSignal): void {
    this.#waiting.push(resolve);
    gone.addEventListener("abort", () => {
      this.#waiting = this.#waiting.filter((each) => each !== resolve);
      resolve();
    });
  }

  /** All of the answer, as it will be. */
  answer(question: string): string {
    if (/evict|full|size|bound|room/i.test(question)) return ON_SIZE;
    if (/stale|fresh|old|age|ttl/i.test(question)) return ON_AGE;
    return ON_CACHES;
  }
}

const ON_CACHES =
  "A cache keeps answers that were expensive to get, in case that somebody asks again. It pays when two things are true: " +
  "the same questions come back, and an answer stays right for a while.\n\nSo first look at the questions. When few of them " +
  "come back, no cache helps. When many do, the next thing to ask is how many of them fit.";

const ON_SIZE =
  "A full cache has to let something go before it can take something new. Which entry goes is a guess about the future: " +
  "the one that was not read for the longest time is a good guess, and often not the best one.\n\nLook at the hit ratio by " +
  "size before you change the policy. Where the curve is steep, a little more room is worth more than a cleverer guess.";

const ON_AGE =
  "Data has two ages. Past the first one it is stale: it is shown, and loaded again. Past the second one it is not shown " +
  "any more.\n\nThe first age says how often you want to ask. The second one says from when on nothing is better than " +
  "something old.";
