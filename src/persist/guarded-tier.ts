// Every call of a tier goes through here: it may throw, reject, or never settle, and the app must not notice.
import { MachoError } from "../core/lru/index.ts";
import { guarded, type LayerClock, LONGEST_TIMER } from "../core/lru/internal.ts";
import type { MaybePromise, Tier } from "./tier.ts";

/** Failures in a row that open the breaker. */
const FAILURES = 3;
/** Ms until it is tried again: doubled with each try that fails. */
const SHORTEST_REST = 1_000;
const LONGEST_REST = 60_000;
/** The same for a tier of servers, where each load that is spared counts, and nobody waits for a try. */
const LONGEST_REST_OF_SHARED = 5_000;

/** What is given for a call that failed, took too long, or was not made. */
export const FAILED: unique symbol = Symbol("failed");
/** What is given for an answer that takes longer than it is waited for. */
export const LATE: unique symbol = Symbol("late");

/**
 * Waits for something no longer than so many ms. A host that was busy looks at its timers before it looks at what came
 * meanwhile. So the end is one turn later, and an answer that is there by then counts.
 */
export function within<T>(clock: LayerClock, ms: number, answer: PromiseLike<T>): Promise<T | typeof LATE> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(LATE);
    let cancel = clock.arm(
      () => {
        cancel = clock.arm(end, 0, true);
        if (!cancel) end();
      },
      Math.min(ms, LONGEST_TIMER),
      true,
    );
    answer.then(
      (value) => (cancel?.(), resolve(value)),
      (error: unknown) => (cancel?.(), reject(error)),
    );
  });
}

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
  /** Whether a call ever succeeded. */
  hasAnswered = false;
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
   * @param isForced whether it is made also while the breaker is open
   * @returns its answer, or `FAILED`; it never rejects
   */
  async call<T>(ms: number, run: (tier: Tier) => MaybePromise<T>, isForced = false): Promise<T | typeof FAILED> {
    const { breaker } = this;
    const health = this.#health;
    if (breaker === "open" && !isForced) return FAILED;
    const isTry = breaker === "half-open";
    if (isTry) health.isTrying = true;
    try {
      // What throws rejects.
      const answer = await within(this.#clock, ms, (async () => run(this.tier))());
      if (answer === LATE) throw this.#lateError(ms);
      health.inARow = 0;
      this.hasAnswered = true;
      return answer;
    } catch (error) {
      this.#failed(error ?? new MachoError("tier", `${this.tier.name} failed, and did not say why.`), isTry);
      return FAILED;
    } finally {
      if (isTry) health.isTrying = false;
    }
  }

  /** Something went wrong, and the app is told. */
  report(error: unknown): void {
    this.#health.lastError = error;
    if (this.#onError) guarded(this.#onError, error);
  }

  #failed(error: unknown, isTry: boolean): void {
    const health = this.#health;
    this.failures++;
    health.lastError = error;
    const beyond = health.inARow - FAILURES + 1;
    // Calls that were under way when it opened say nothing new.
    if (beyond > 0 && !isTry) return;
    health.inARow++;
    const longest = this.tier.shared ? LONGEST_REST_OF_SHARED : LONGEST_REST;
    if (beyond >= 0) health.restsUntil = this.#clock.now() + Math.min(longest, SHORTEST_REST * 2 ** beyond);
    // Once until it works again.
    if (health.inARow === 1) this.report(error);
  }

  #lateError(ms: number): MachoError {
    const message = `${this.tier.name} took longer than ${ms} ms. Pass a longer { deadline }, or look why.`;
    return new MachoError("timeout", message);
  }
}
