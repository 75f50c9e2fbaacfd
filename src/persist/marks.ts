import { isLater } from "./stamp.ts";
import type { Stamp, TierMeta } from "./tier.ts";

/** The most marks that are kept. What was written before the last that is lost counts as stale. */
const MOST_MARKS = 100;

/** Entries that were marked stale or removed, among them such as only the tier holds. */
export interface Mark {
  readonly n: Stamp;
  readonly isGone: boolean;
  fits(text: string, tags: readonly string[] | undefined): boolean;
}

/** What was marked since the page began: records that were written before have to be looked at by it when they are read. */
export class Marks {
  #marks: Mark[] = [];
  #lost: Stamp | undefined;

  add(mark: Mark): void {
    this.#marks.push(mark);
    if (this.#marks.length > MOST_MARKS) this.#lost = this.#marks.shift()!.n;
  }

  all(): readonly Mark[] {
    return this.#marks;
  }

  /** What is to be thought of an entry. */
  of(text: string, { n, g, i }: TierMeta): "gone" | "stale" | undefined {
    const own = this.#marks.filter((mark) => isLater(mark.n, n) && mark.fits(text, g));
    if (own.some(({ isGone }) => isGone)) return "gone";
    return i || own.length > 0 || (this.#lost && isLater(this.#lost, n)) ? "stale" : undefined;
  }
}
