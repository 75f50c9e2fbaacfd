import { complainOnce } from "./complaint.ts";
import type { DevtoolsTarget } from "./source.ts";
import type { NamedTarget } from "./targets.ts";

/**
 * Records every target, whether or not the panel ever opens. The code for it comes a little after the page. A cache that
 * the app has dropped can be collected.
 */
export class RecordTargets {
  #targets: readonly WeakRef<DevtoolsTarget>[];
  /** Their undos; `undefined` while nothing is recorded. */
  #stops: (() => void)[] | undefined;

  constructor(targets: readonly NamedTarget[]) {
    this.#targets = targets.map(({ target }) => new WeakRef(target));
  }

  start(): void {
    if (this.#stops) return;
    const stops: (() => void)[] = [];
    this.#stops = stops;
    void this.#begin(stops);
  }

  async #begin(stops: (() => void)[]): Promise<void> {
    try {
      const { record } = await import("./recording.ts");
      // It may have been stopped meanwhile, and started once more.
      if (this.#stops !== stops) return;
      for (const held of this.#targets) {
        const target = held.deref();
        if (target) stops.push(record(target));
      }
    } catch (error) {
      complainOnce("the code that records could not be loaded.", error);
    }
  }

  stop(): void {
    this.#stops?.forEach((stop) => stop());
    this.#stops = undefined;
  }
}
