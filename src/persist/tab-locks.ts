import type { Acquire } from "./one-load.ts";
import type { Locks } from "./tab-host.ts";

/** Ends what an id can have, so that no key has the lock of a tab. */
const TAB = "!";

/** The Web Locks of one tab. Where there are none, nobody has any. */
export class TabLocks {
  #locks: Locks | undefined;
  /** Gives back what it holds. */
  #held = new Set<() => void>();

  constructor(locks: Locks | undefined) {
    this.#locks = locks;
  }

  /** Holds a lock of its own for as long as it lives, so that others can see that. */
  live(prefix: string, tab: string): void {
    void this.#take(prefix + TAB + tab, {}).catch(() => undefined);
  }

  /** The tabs of a scope that live; `undefined` where nobody knows. */
  async living(prefix: string): Promise<Set<string> | undefined> {
    const start = prefix + TAB;
    const all = await this.#locks?.query().catch(() => undefined);
    return (
      all && new Set(all.held?.flatMap(({ name = "" }) => (name.startsWith(start) ? [name.slice(start.length)] : [])))
    );
  }

  /** Takes the lock of a load. One that comes when nobody waits any more is given back by whoever asked. */
  readonly acquire: Acquire = (id, ms, mayWait) =>
    this.#take(id, mayWait ? { signal: AbortSignal.timeout?.(ms) } : { ifAvailable: true }).catch((error: unknown) => {
      if ((error as Error | undefined)?.name === "TimeoutError") return undefined;
      throw error;
    });

  /** Gives all back: the page may not run for long. */
  letGo(): void {
    for (const release of this.#held) release();
  }

  #take(name: string, options: Parameters<Locks["request"]>[1]): Promise<(() => void) | undefined> {
    return new Promise((resolve, reject) => {
      const hold = (lock: unknown): Promise<void> | undefined => {
        if (!lock) {
          resolve(undefined);
          return undefined;
        }
        return new Promise((giveBack) => {
          const release = (): void => {
            this.#held.delete(release);
            giveBack();
          };
          this.#held.add(release);
          resolve(release);
        });
      };
      if (this.#locks) this.#locks.request(name, options, hold).catch(reject);
      else resolve(undefined);
    });
  }
}
