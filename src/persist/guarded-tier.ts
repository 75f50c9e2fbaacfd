// Every call of a tier goes through here: it may throw, reject, or never settle, and the app must not notice.
import { MachoError } from "../core/lru/index.ts";
import { guarded, type LayerClock } from "../core/lru/internal.ts";
import type { MaybePromise, Tier } from "./tier.ts";

/** Failures in a row that open the breaker. */
const FAILURES = 3;
/** Ms until it is tried again: doubled with each try that fails. */
const SHORTEST_REST = 1_000;
const LONGEST_REST = 60_000;

/** What is given for a call that failed, took too long, or was not made. */
export const FAILED: unique symbol = Symbol("failed");

/** Calls a tier within deadlines, and not at all while it is broken. */
export class GuardedTier {
  readonly tier: Tier;
  failures = 0;
  lastError: unknown;
  #clock: LayerClock;
  #onError: ((error: unknown) => void) | undefined;
  /** Since the last success. */
  #inARow = 0;
  #restsUntil = -Infinity;
  /** A call that tries whether it works again. */
  #isTrying = false;

  constructor(tier: Tier, clock: LayerClock, onError: ((error: unknown) => void) | undefined) {
    this.tier = tier;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Whether calls go through. */
  get breaker(): "closed" | "open" | "half-open" {
    if (this.#inARow < FAILURES) return "closed";
    return this.#isTrying || this.#clock.now() < this.#restsUntil ? "open" : "half-open";
  }

  /** Whether the last call failed. */
  get isFailing(): boolean {
    return this.#inARow > 0;
  }

  /** Ms until a call may go through. */
  get rest(): number {
    return Math.max(0, this.#restsUntil - this.#clock.now());
  }

  /**
   * Makes a call. Its answer is waited for as long as `ms`.
   * @returns its answer, or `FAILED`; it never rejects
   */
  async call<T>(ms: number, run: (tier: Tier) => MaybePromise<T>): Promise<T | typeof FAILED> {
    const { breaker } = this;
    if (breaker === "open") return FAILED;
    this.#isTrying = breaker === "half-open";
    let isOver = false;
    let cancel: (() => void) | undefined;
    const end = (error?: unknown): void => {
      isOver = true;
      cancel?.();
      this.#isTrying = false;
      if (error === undefined) this.#inARow = 0;
      else this.#failed(error);
    };
    return new Promise((resolve) => {
      const came = (answer: T): void => {
        if (!isOver) end();
        resolve(answer);
      };
      const failed = (error: unknown): void => {
        if (isOver) return;
        end(error ?? new MachoError("tier", `${this.tier.name} failed, and did not say why.`));
        resolve(FAILED);
      };
      if (ms < Infinity) cancel = this.#clock.arm(() => failed(this.#lateError(ms)), ms, true);
      // What throws rejects.
      void (async () => run(this.tier))().then(came, failed);
    });
  }

  #failed(error: unknown): void {
    this.failures++;
    this.lastError = error;
    const beyond = ++this.#inARow - FAILURES;
    if (beyond >= 0) this.#restsUntil = this.#clock.now() + Math.min(LONGEST_REST, SHORTEST_REST * 2 ** beyond);
    // Once until it works again.
    if (this.#inARow === 1 && this.#onError) guarded(this.#onError, error);
  }

  #lateError(ms: number): MachoError {
    return new MachoError(
      "timeout",
      `${this.tier.name} took longer than ${ms} ms. Pass a longer { deadline }, or look why.`,
    );
  }
}
