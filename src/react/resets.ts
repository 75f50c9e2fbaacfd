import type { QueryState } from "../query/index.ts";

/** Lets hooks that threw the error of a load try again. */
export interface ErrorReset {
  /** Every query below that failed is loaded once more, when its component renders again. */
  reset(): void;
  /** Nothing more is tried again. */
  clearReset(): void;
  isReset(): boolean;
}

/** The most queries whose failure is remembered after a reset. */
const MAX_EXCUSED = 1_000;

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
    if (excused === undefined) this.#remember(hash, failure);
    return excused === undefined || excused === failure;
  }

  #remember(hash: string, failure: string): void {
    const [oldest] = this.#excused.keys();
    if (this.#excused.size >= MAX_EXCUSED) this.#excused.delete(oldest!);
    this.#excused.set(hash, failure);
  }
}
