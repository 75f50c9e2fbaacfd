/** Ms after which what a render holds, and no component read, is nobody's. */
const LEASE = 5_000;

/** What a lease needs of its query. */
export interface Leaser {
  after(ms: number, run: () => void): () => void;
  /** It ended: by a hook that watches, or because none came. */
  ended(): void;
}

/** Keeps a query that a render asked for, until a hook watches it, or 5 s have gone since its load ended. */
export class Lease {
  #leaser: Leaser;
  #cancel: (() => void) | undefined;
  #isOver = false;

  constructor(leaser: Leaser) {
    this.#leaser = leaser;
  }

  /** No load is under way: the time begins, anew. */
  settled(): void {
    if (this.#isOver) return;
    this.#cancel?.();
    this.#cancel = this.#leaser.after(LEASE, this.end);
  }

  readonly end = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancel?.();
    this.#leaser.ended();
  };
}
