import { MemoryTier } from "./memory-tier.ts";

/** What a Redis is to its clients: other machines write it as well. */
export class SharedTier extends MemoryTier {
  readonly shared = true;
  readonly deadline = 50;
  readonly delay = 10;
}

/** One that has locks, which end by the clock that is given. */
export class LockingTier extends SharedTier {
  /** Ends of the locks that are held, by their ids. All machines have them. */
  readonly locks: Map<string, number>;
  #now: () => number;

  constructor(now: () => number, like?: LockingTier) {
    super(like?.records);
    this.#now = now;
    this.locks = like?.locks ?? new Map();
  }

  async lock(id: string, ms: number): Promise<(() => void) | undefined> {
    this.calls.push("lock");
    await this.before("lock");
    if ((this.locks.get(id) ?? 0) > this.#now()) return undefined;
    const end = this.#now() + ms;
    this.locks.set(id, end);
    return () => {
      this.calls.push("unlock");
      if (this.locks.get(id) === end) this.locks.delete(id);
    };
  }
}
