/** How long an unread Suspense result is kept, in ms. */
const LEASE = 5_000;
/** Ms of a load after which renders that wait are asked whether they still do. */
const ROUND = 30_000;

/** Those that wait for the next news, together. */
export class Waiters {
  #promise: Promise<void> | undefined;
  #resolve: (() => void) | undefined;

  wait(): Promise<void> {
    return (this.#promise ??= new Promise((resolve) => (this.#resolve = resolve)));
  }

  /** They go on. Returns whether there were any. */
  tell(): boolean {
    const resolve = this.#resolve;
    this.#promise = this.#resolve = undefined;
    resolve?.();
    return resolve !== undefined;
  }
}

/** What a lease takes of a client: it runs something after some ms. */
interface LeaseHost {
  after(ms: number, run: () => void): () => void;
}

/**
 * Keeps a query that a render asked for, until a hook watches it, or 5 s have gone since its load ended. React says of no
 * suspended component that it is gone. So while the load goes on, those that wait are let render every 30 s: who is
 * still there waits again, which renews the lease, and without that it is over 5 s later.
 */
export class Lease {
  isHeld = false;
  #host: LeaseHost;
  #ended: () => void;
  #cancel: (() => void) | undefined;
  /** Renders that wait for the first answer. */
  readonly waiters: Waiters = new Waiters();

  /** @param ended hears that nobody holds it any more */
  constructor(host: LeaseHost, ended: () => void) {
    this.#host = host;
    this.#ended = ended;
  }

  /** The time begins anew. @param isLoading whether a load is under way, which a render waits for */
  hold(isLoading: boolean): void {
    this.isHeld = true;
    if (!isLoading) return this.settled();
    this.#arm(ROUND, () => {
      this.settled();
      this.wake();
    });
  }

  /** No load is under way any more. */
  settled(): void {
    if (this.isHeld) this.#arm(LEASE, this.end);
  }

  /** Renders that wait go on. */
  wake(): void {
    if (this.waiters.tell()) this.settled();
  }

  readonly end = (): void => {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.#cancel?.();
    this.#ended();
  };

  #arm(ms: number, run: () => void): void {
    this.#cancel?.();
    this.#cancel = this.#host.after(ms, run);
  }
}
