import { answerOrDefault, type QueryInfo, type ResolvedQueryOptions } from "../model/options.ts";
import { shareData } from "../model/sharing.ts";
import type { QueryState } from "../model/state.ts";

/** What a hook showed for its key before, and of which query. */
export interface PreviousData {
  readonly data: unknown;
  readonly info: QueryInfo;
}

/** The part of a result that placeholders and `select` change. */
export interface Shown {
  data: unknown;
  error: unknown;
  status: QueryState["status"];
  isPlaceholderData: boolean;
}

/** How equal parts keep their references, if they do. */
type Share = false | ((old: unknown, data: unknown) => unknown);
type Select = (data: unknown) => unknown;
type MakePlaceholder = (data: unknown, query: QueryInfo | undefined) => unknown;

/** For `placeholderData`: the data that the hook showed for its key before. */
export function keepPreviousData<T>(previous: T | undefined): T | undefined {
  return previous;
}

/**
 * Placeholders and `select` of one hook. It keeps the references of what the hook shows: an answer that equals the
 * placeholder before it, a placeholder that each render writes anew, and what `select` makes of equal data are the
 * objects that were shown before.
 */
export class ShownData {
  /** The data that came last, and what is shown for it. */
  #data: unknown;
  #shown: unknown;
  #isPlaceholder = false;
  #select: Select | undefined;
  #input: unknown;
  #output: unknown;
  #thrown: { readonly error: unknown } | undefined;
  #placeholder: { make: MakePlaceholder; previous: PreviousData | undefined; data: unknown } | undefined;

  /** Begins with what was shown for another key. */
  follow(before: ShownData): void {
    if (this.#data !== undefined) return;
    this.#shown = before.#shown;
    this.#isPlaceholder = true;
    this.#output = before.#output;
  }

  /** What a hook shows of a state. */
  show({ data, error, status }: QueryState, options: ResolvedQueryOptions, previous: PreviousData | undefined): Shown {
    const shown: Shown = { data, error, status, isPlaceholderData: false };
    if (data !== undefined) this.#placeholder = undefined;
    else if (status === "pending") shown.data = this.#placeholderOf(options, previous);
    if (shown.data === undefined) return shown;
    if (data === undefined) {
      shown.status = "success";
      shown.isPlaceholderData = true;
    }
    const { select, structuralSharing } = options;
    const share = structuralSharing === true ? shareData : structuralSharing;
    this.#keep(shown, share);
    if (select) this.#project(select, shown, share);
    return shown;
  }

  /** A function is called only for other data before, or when it is another function: what it makes anew each time must not loop. */
  #placeholderOf({ placeholderData }: ResolvedQueryOptions, previous: PreviousData | undefined): unknown {
    if (typeof placeholderData !== "function") return placeholderData;
    // The types of the option say what it takes.
    const make = placeholderData as MakePlaceholder;
    if (this.#placeholder?.make !== make || this.#placeholder.previous !== previous) {
      this.#placeholder = undefined;
      answerOrDefault(
        () => (this.#placeholder = { make, previous, data: make(previous?.data, previous?.info) }),
        undefined,
      );
    }
    return this.#placeholder?.data;
  }

  /** The store has shared an answer with the one before it. Only what came from a placeholder is left to share. */
  #keep(shown: Shown, share: Share): void {
    const { data, isPlaceholderData } = shown;
    if (!Object.is(data, this.#data)) {
      const before = this.#shown;
      const isKept = share && before !== undefined && (isPlaceholderData || this.#isPlaceholder);
      this.#data = data;
      this.#shown = isKept ? answerOrDefault(() => share(before, data), data) : data;
      // Where nothing was kept, the store alone shares what follows.
      this.#isPlaceholder = isPlaceholderData || this.#shown !== data;
    }
    shown.data = this.#shown;
  }

  /** `select` is called again only for other data or another function. After a throw, its last good output stands beside the error. */
  #project(select: Select, shown: Shown, share: Share): void {
    const { data } = shown;
    if (select !== this.#select || !Object.is(data, this.#input)) {
      this.#select = select;
      this.#input = data;
      this.#thrown = undefined;
      try {
        const output = select(data);
        this.#output = share && this.#output !== undefined ? share(this.#output, output) : output;
      } catch (error) {
        this.#thrown = { error };
      }
    }
    shown.data = this.#output;
    if (this.#thrown) Object.assign(shown, this.#thrown, { status: "error", isPlaceholderData: false });
  }
}
