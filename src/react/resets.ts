import type { QueryState } from "../query/index.ts";
import type { ErrorResets } from "../query/internal.ts";

/** Lets hooks that threw the error of a load try again. */
export interface ErrorReset {
  /** Every query below that failed is loaded once more, when its component renders again. */
  reset(): void;
  /** Nothing more is tried again. */
  clearReset(): void;
  /** Whether what failed is to be loaded once more. */
  isReset(): boolean;
}

/** The most queries whose failure is remembered after a reset. */
const MAX_REMEMBERED = 1_000;

/** After a reset, one failure of each query may be tried again: the one that was there. */
export class Resets implements ErrorReset, ErrorResets {
  #isReset = false;
  #allowed = new Map<string, string>();

  reset = (): void => {
    this.#isReset = true;
    this.#allowed.clear();
  };

  clearReset = (): void => {
    this.#isReset = false;
  };

  isReset = (): boolean => this.#isReset;

  /** Whether this failure is one that was there at the reset: the same answer however often a render asks. */
  allowRetry({
    hash,
    errorUpdateCount,
    errorUpdatedAt,
  }: Pick<QueryState, "hash" | "errorUpdateCount" | "errorUpdatedAt">): boolean {
    if (!this.#isReset) return false;
    const failure = `${errorUpdateCount} ${errorUpdatedAt}`;
    const allowed = this.#allowed.get(hash);
    if (allowed === undefined) this.#remember(hash, failure);
    return allowed === undefined || allowed === failure;
  }

  #remember(hash: string, failure: string): void {
    const [oldest] = this.#allowed.keys();
    if (this.#allowed.size >= MAX_REMEMBERED) this.#allowed.delete(oldest!);
    this.#allowed.set(hash, failure);
  }
}
