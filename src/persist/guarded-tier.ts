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

/** How a tier does, for all clients of a process. */
class Health {
  /** Failures since the last success. */
  inARow = 0;
  restsUntil = -Infinity;
  /** A call tries whether it works again. */
  isTrying = false;
  lastError: unknown;
}

/** A client that is made for one request must not find out anew that a tier is broken. docs/decisions/0061-servers.md */
const HEALTH = new WeakMap<Tier, Health>();

/** Calls a tier within deadlines, and not at all while it is broken. */
export class GuardedTier {
  readonly tier: Tier;
  failures = 0;
  #health: Health;
  #clock: LayerClock;
  #onError: ((error: unknown) => void) | undefined;

  constructor(tier: Tier, clock: LayerClock, onError: ((error: unknown) => void) | undefined) {
    this.tier = tier;
    this.#clock = clock;
    this.#onError = onError;
    this.#health = HEALTH.get(tier) ?? new Health();
    HEALTH.set(tier, this.#health);
  }

  /** Whether calls go through. */
  get breaker(): "closed" | "open" | "half-open" {
    const { inARow, isTrying } = this.#health;
    if (inARow < FAILURES) return "closed";
    return isTrying || this.rest > 0 ? "open" : "half-open";
  }

  /** Whether the last call failed. */
  get isFailing(): boolean {
    return this.#health.inARow > 0;
  }

  get lastError(): unknown {
    return this.#health.lastError;
  }

  /** Ms until a call may go through. */
  get rest(): number {
    return Math.max(0, this.#health.restsUntil - this.#clock.now());
  }

  /**
   * Makes a call. Its answer is waited for as long as `ms`.
   * @returns its answer, or `FAILED`; it never rejects
   */
  async call<T>(ms: number, run: (tier: Tier) => MaybePromise<T>): Promise<T | typeof FAILED> {
    const { breaker } = this;
    const health = this.#health;
    if (breaker === "open") return FAILED;
    health.isTrying = breaker === "half-open";
    let isOver = false;
    let cancel: (() => void) | undefined;
    const end = (error?: unknown): void => {
      isOver = true;
      cancel?.();
      health.isTrying = false;
      if (error === undefined) health.inARow = 0;
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
      cancel = armDeadline(this.#clock, () => failed(this.#lateError(ms)), ms);
      // What throws rejects.
      void (async () => run(this.tier))().then(came, failed);
    });
  }

  #failed(error: unknown): void {
    const health = this.#health;
    this.failures++;
    health.lastError = error;
    const beyond = ++health.inARow - FAILURES;
    if (beyond >= 0) health.restsUntil = this.#clock.now() + Math.min(LONGEST_REST, SHORTEST_REST * 2 ** beyond);
    // Once until it works again.
    if (health.inARow === 1 && this.#onError) guarded(this.#onError, error);
  }

  #lateError(ms: number): MachoError {
    return new MachoError(
      "timeout",
      `${this.tier.name} took longer than ${ms} ms. Pass a longer { deadline }, or look why.`,
    );
  }
}

/**
 * Runs it after `ms`, unless that is `Infinity`. A host that was busy looks at its timers before it looks at what came
 * meanwhile. So the end is one turn later, and an answer that is there by then counts. Returns the undo.
 */
export function armDeadline(clock: LayerClock, run: () => void, ms: number): () => void {
  let cancel: (() => void) | undefined;
  const turn = (): void => {
    cancel = clock.arm(run, 0, true);
    if (!cancel) run();
  };
  if (ms < Infinity) cancel = clock.arm(turn, ms, true);
  return () => cancel?.();
}
