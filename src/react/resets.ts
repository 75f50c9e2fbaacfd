import type { QueryState } from "../query/index.ts";

/** Lets hooks that threw the error of a load try again. */
export interface ErrorReset {
  /** Every query below that failed is loaded once more, when its component renders again. */
  reset(): void;
  /** Nothing more is tried again. */
  clearReset(): void;
  isReset(): boolean;
}

/** A reset excuses one failure of each query: the one that was there. */
export class Resets implements ErrorReset {
  #isReset = false;
  #excused = new Map<string, string>();

  reset = (): void => {
    this.#isReset = true;
    this.#excused.clear();
  };

  clearReset = (): void => {
    this.#isReset = false;
  };

  isReset = (): boolean => this.#isReset;

  /** Whether this failure is one that was there at the reset: the same answer however often a render asks. */
  excuses({
    hash,
    errorUpdateCount,
    errorUpdatedAt,
  }: Pick<QueryState, "hash" | "errorUpdateCount" | "errorUpdatedAt">): boolean {
    if (!this.#isReset) return false;
    const failure = `${errorUpdateCount} ${errorUpdatedAt}`;
    const excused = this.#excused.get(hash);
    if (excused === undefined) this.#excused.set(hash, failure);
    return excused === undefined || excused === failure;
  }
}
