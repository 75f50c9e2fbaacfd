import { matcherOf } from "../query/key/prefix.ts";
import type { QueryFilter } from "../query/store/filter.ts";
import { isLater } from "./stamp.ts";
import type { Stamp, TierMeta } from "./tier.ts";

/** The most marks that are kept. What was written before the last that is lost counts as stale, or as gone. */
const MOST_MARKS = 100;

/** Entries that were marked stale or removed, among them such as only the tier holds. */
export interface Mark {
  readonly n: Stamp;
  /** For what others wrote: `n` as well, or later where the clock was behind theirs. */
  others?: Stamp;
  readonly isGone: boolean;
  fits(text: string, tags: readonly string[] | undefined): boolean;
}

/** What a filter says of entries of a tier. What is there only is nowhere on screen, and its data is not looked at. */
export function fitsOf({ queryKey, exact, tags }: QueryFilter): Mark["fits"] {
  const fitsKey = matcherOf(queryKey, exact);
  return (hash, own = []) => fitsKey(hash) && (!tags || tags.some((tag) => own.includes(tag)));
}

/** What was marked since the page began: records that were written before have to be looked at by it when they are read. */
export class Marks {
  #marks: Mark[] = [];
  #writer: string;

  constructor(writer: string) {
    this.#writer = writer;
  }

  add(mark: Mark): void {
    // What everything is under says all that was said before.
    if (mark.isGone && mark.fits === everything) this.#marks = [];
    const marks = this.#marks;
    marks.push(mark);
    if (marks.length <= MOST_MARKS) return;
    // The two oldest become one, which is as strict as both.
    const [one, other] = marks.splice(0, 2) as [Mark, Mark];
    marks.unshift({ ...other, isGone: one.isGone || other.isGone, fits: everything });
  }

  all(): readonly Mark[] {
    return this.#marks;
  }

  /** Whether a mark came after something was written. */
  isOf({ n, others = n }: Mark, written: Stamp): boolean {
    return isLater(written[1] === this.#writer ? n : others, written);
  }

  /** What is to be thought of an entry. */
  of(text: string, { n, g, i }: Pick<TierMeta, "n" | "g" | "i">): "gone" | "stale" | undefined {
    const own = this.#marks.filter((mark) => this.isOf(mark, n) && mark.fits(text, g));
    if (own.some(({ isGone }) => isGone)) return "gone";
    return i || own.length > 0 ? "stale" : undefined;
  }
}

/** What a mark says that means all entries. */
export const everything = (): boolean => true;
