/** Ms after which what a render holds, and no component read, is nobody's. */
const LEASE = 5_000;
/** Ms of a load after which renders that wait are asked whether they still do. */
const ROUND = 30_000;

/**
 * Keeps a query that a render asked for, until a hook watches it, or 5 s have gone since its load ended. React says of no
 * suspended component that it is gone. So while the load goes on, those that wait are let render every 30 s: who is
 * still there waits again, which renews the lease, and without that it is over 5 s later.
 */
export class Lease {
  #after: (ms: number, run: () => void) => () => void;
  #ended: () => void;
  #ask: () => void;
  #cancel: (() => void) | undefined;
  #isOver = false;

  /**
   * @param after runs it after some ms, and returns the undo
   * @param ended hears that it ended: by a hook that watches, or because none came
   * @param ask lets those that wait render
   */
  constructor(after: (ms: number, run: () => void) => () => void, ended: () => void, ask: () => void) {
    this.#after = after;
    this.#ended = ended;
    this.#ask = ask;
  }

  /** A load is under way, which a render waits for. */
  waits(): void {
    this.#arm(ROUND, () => {
      this.#arm(LEASE, this.end);
      this.#ask();
    });
  }

  /** No load is under way: the time begins, anew. */
  settled(): void {
    if (!this.#isOver) this.#arm(LEASE, this.end);
  }

  #arm(ms: number, run: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#after(ms, run);
  }

  readonly end = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancel?.();
    this.#ended();
  };
}
