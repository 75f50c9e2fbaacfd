import type { Flight } from "../../core/lru/index.ts";

/** The place of a query's hooks among the callers of its load. They count as one, together with the renders that wait. */
export class HooksPlace {
  #leave: (() => void) | undefined;
  #cancelLeaving: (() => void) | undefined;

  join(flight: Flight | undefined): void {
    this.#leave ??= flight?.join();
  }

  /** The last hook has gone. Another one may come in the same task. @param soon plans the leaving, and returns the undo */
  leaveSoon(soon: () => () => void): void {
    if (this.#leave) this.#cancelLeaving = soon();
  }

  /** A hook is there. Returns whether those before it had only just gone. */
  stay(): boolean {
    const wasLeaving = this.#cancelLeaving !== undefined;
    this.#cancelLeaving?.();
    this.#cancelLeaving = undefined;
    return wasLeaving;
  }

  leave(): void {
    this.stay();
    const leave = this.#leave;
    this.#leave = undefined;
    leave?.();
  }
}
