/** How long an unread Suspense result is kept, in ms. */
const LEASE = 5_000;
/** Ms of a load after which renders that wait are asked whether they still do. */
const ROUND = 30_000;

/** The query that a lease keeps, and its timers. */
interface Leased {
  /** Runs it after some ms, and returns the undo. */
  after(ms: number, run: () => void): () => void;
  /** It ended: by a hook that watches, or because none came. */
  ended(): void;
  /** Lets those that wait render. */
  wake(): void;
}

/**
 * Keeps a query that a render asked for, until a hook watches it, or 5 s have gone since its load ended. React says of no
 * suspended component that it is gone. So while the load goes on, those that wait are let render every 30 s: who is
 * still there waits again, which renews the lease, and without that it is over 5 s later.
 */
export class Lease {
  #leased: Leased;
  #cancel: (() => void) | undefined;
  #isOver = false;

  constructor(leased: Leased) {
    this.#leased = leased;
  }

  /** The time begins anew. @param isLoading whether a load is under way, which a render waits for */
  renew(isLoading: boolean): void {
    if (this.#isOver) return;
    if (!isLoading) return this.#arm(LEASE, this.end);
    this.#arm(ROUND, () => {
      this.#arm(LEASE, this.end);
      this.#leased.wake();
    });
  }

  readonly end = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancel?.();
    this.#leased.ended();
  };

  #arm(ms: number, run: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#leased.after(ms, run);
  }
}
