import { answerOrDefault, type QueryInfo, type ResolvedQueryOptions } from "../model/options.ts";
import { type Sharer, sharerOf } from "../model/sharing.ts";
import type { QueryState } from "../model/state.ts";

/** What a hook showed for its key before, and of which query. */
export interface PreviousData {
  readonly data: unknown;
  readonly info: QueryInfo;
}

/** The part of a result that placeholders and `select` change. */
export interface Shown {
  readonly data: unknown;
  readonly error: unknown;
  readonly status: QueryState["status"];
  readonly isPlaceholderData: boolean;
}

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
  #failure: Partial<Shown> | undefined;
  #placeholder: { make: MakePlaceholder; previous: PreviousData | undefined; data: unknown } | undefined;

  /** Begins with what was shown for another key. */
  follow(before: ShownData): void {
    if (this.#data !== undefined) return;
    this.#shown = before.#shown;
    this.#isPlaceholder = true;
    this.#output = before.#output;
  }

  /** What a hook shows of a state. */
  show(
    { data: known, error, status }: QueryState,
    options: ResolvedQueryOptions,
    previous: PreviousData | undefined,
  ): Shown {
    const isPlaceholderData = known === undefined;
    if (!isPlaceholderData) this.#placeholder = undefined;
    const data = isPlaceholderData && status === "pending" ? this.#placeholderOf(options, previous) : known;
    if (data === undefined) return { data, error, status, isPlaceholderData: false };
    const { select } = options;
    const share = sharerOf(options);
    this.#keep(data, isPlaceholderData, share);
    const shown = { data: this.#shown, error, status: isPlaceholderData ? "success" : status, isPlaceholderData };
    return select ? this.#project(select, shown, share) : shown;
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
  #keep(data: unknown, isPlaceholder: boolean, share: Sharer): void {
    if (Object.is(data, this.#data)) return;
    const before = this.#shown;
    const isKept = share && before !== undefined && (isPlaceholder || this.#isPlaceholder);
    this.#data = data;
    this.#shown = isKept ? answerOrDefault(() => share(before, data), data) : data;
    // Where nothing was kept, the store alone shares what follows.
    this.#isPlaceholder = isPlaceholder || this.#shown !== data;
  }

  /** `select` is called again only for other data or another function. After a throw, its last good output stands beside the error. */
  #project(select: Select, shown: Shown, share: Sharer): Shown {
    const { data } = shown;
    if (select !== this.#select || !Object.is(data, this.#input)) {
      this.#select = select;
      this.#input = data;
      this.#failure = undefined;
      try {
        const output = select(data);
        this.#output = share && this.#output !== undefined ? share(this.#output, output) : output;
      } catch (error) {
        this.#failure = { error, status: "error", isPlaceholderData: false };
      }
    }
    return { ...shown, data: this.#output, ...this.#failure };
  }
}
