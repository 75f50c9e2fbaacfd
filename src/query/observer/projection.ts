import { answerOrDefault, type ResolvedQueryOptions } from "../model/options.ts";
import { shareData } from "../model/sharing.ts";

/** How equal parts keep their references, if they do. */
type Share = false | ((old: unknown, data: unknown) => unknown);
type Select = (data: unknown) => unknown;

/** What a hook is about to show. */
interface Showing {
  data: unknown;
  error: unknown;
  status: string;
  isPlaceholderData: boolean;
}

/**
 * Keeps the references of what a hook shows: an answer that equals the placeholder before it, a placeholder that is
 * written anew in each render, and what `select` makes of equal data are the objects that were shown before.
 */
export class Projection {
  /** The data that came last, and what is shown for it. */
  #data: unknown;
  #shown: unknown;
  #isPlaceholder = false;
  #select: Select | undefined;
  #input: unknown;
  #output: unknown;
  #error: unknown;
  #isFailed = false;

  /** Begins with what was shown for another key. */
  follow(before: Projection): void {
    if (this.#data !== undefined) return;
    this.#shown = before.#shown;
    this.#isPlaceholder = true;
    this.#output = before.#output;
  }

  /** Puts what is shown in the place of the data. */
  apply(showing: Showing, { select, structuralSharing }: ResolvedQueryOptions): void {
    if (showing.data === undefined) return;
    const share = structuralSharing === true ? shareData : structuralSharing;
    this.#keep(showing, share);
    showing.data = this.#shown;
    if (select) this.#project(select, showing, share);
  }

  /** The store has shared an answer with the one before it; only what came from a placeholder is left. */
  #keep({ data, isPlaceholderData }: Showing, share: Share): void {
    if (Object.is(data, this.#data)) return;
    const before = this.#shown;
    const isKept = before !== undefined && (isPlaceholderData || this.#isPlaceholder);
    this.#data = data;
    this.#shown = isKept && share ? answerOrDefault(() => share(before, data), data) : data;
    // Where nothing was kept, what follows is shared by the store alone.
    this.#isPlaceholder = isPlaceholderData || this.#shown !== data;
  }

  /** `select` is called again only for other data or another function. A throw keeps the last good output beside the error. */
  #project(select: Select, showing: Showing, share: Share): void {
    if (select !== this.#select || !Object.is(showing.data, this.#input)) this.#call(select, showing.data, share);
    showing.data = this.#output;
    if (this.#isFailed) Object.assign(showing, { status: "error", error: this.#error, isPlaceholderData: false });
  }

  #call(select: Select, input: unknown, share: Share): void {
    this.#select = select;
    this.#input = input;
    try {
      const output = select(input);
      this.#output = share && this.#output !== undefined ? share(this.#output, output) : output;
      this.#isFailed = false;
      this.#error = undefined;
    } catch (error) {
      this.#isFailed = true;
      this.#error = error;
    }
  }
}
