/** Ms after which what a render holds, and no component read, is nobody's. */
const LEASE = 5_000;

/** Keeps a query that a render asked for, until a hook watches it, or 5 s have gone since its load ended. */
export class Lease {
  #after: (ms: number, run: () => void) => () => void;
  #ended: () => void;
  #cancel: (() => void) | undefined;
  #isOver = false;

  /**
   * @param after runs it after some ms, and returns the undo
   * @param ended hears that it ended: by a hook that watches, or because none came
   */
  constructor(after: (ms: number, run: () => void) => () => void, ended: () => void) {
    this.#after = after;
    this.#ended = ended;
  }

  /** A load is under way. */
  waits(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** No load is under way: the time begins, anew. */
  settled(): void {
    if (this.#isOver) return;
    this.waits();
    this.#cancel = this.#after(LEASE, this.end);
  }

  readonly end = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.waits();
    this.#ended();
  };
}
