import { checkOptions, type OptionTable } from "../lru/checks.ts";
import { FrequencyPolicy } from "./frequency-policy.ts";
import type { PolicyContext, Strategy } from "./policy.ts";

/** How `lfu` is set up. */
export interface LfuOptions {
  /**
   * The number of accesses, for each entry that fits, after which every count is halved: without it, what was popular once stays
   * for ever. Above 0; 10 is usual. `Infinity` never ages. @defaultValue Infinity
   */
  halveEvery?: number | undefined;
}

/** The policy by the name "lfu": a cache that never ages its counts does without what ages them. */
export function plainLfu(): Strategy {
  return { name: "lfu", create: () => new FrequencyPolicy(0) };
}

/** Halves every count, to 1 at least, when it is time. That takes time for every slot. */
class AgingPolicy extends FrequencyPolicy {
  #context: PolicyContext;
  #halveEvery: number;
  /** Accesses since the counts were halved. */
  #accesses = 0;

  constructor(context: PolicyContext, halveEvery: number) {
    super(0);
    this.#context = context;
    this.#halveEvery = halveEvery;
  }

  override add(slot: number): void {
    super.add(slot);
    this.#age();
  }

  override touch(slot: number): void {
    super.touch(slot);
    this.#age();
  }

  #age(): void {
    if (++this.#accesses < this.#halveEvery * this.#context.capacity) return;
    this.#accesses = 0;
    const { counts, bucketOf, links } = this;
    this.counts = [0];
    this.free = [];
    let bucket = 0;
    // The order stays. Neighbours may share a bucket from now on.
    for (let slot = links[0]!; slot !== 0; slot = links[2 * slot]!) {
      const count = Math.max(1, counts[bucketOf[slot]!]! >>> 1);
      if (this.counts[bucket] !== count) bucket = this.counts.push(count) - 1;
      bucketOf[slot] = bucket;
      this.last[bucket] = slot;
    }
  }
}

const OPTIONS: OptionTable<LfuOptions> = {
  halveEvery: [["a number above 0, or Infinity", (ratio) => typeof ratio === "number" && ratio > 0, "10"]],
};

/**
 * Least frequently used: evicts the entry that was accessed least often since it came, and of several the one that
 * has had its count for the longest. The worst choice when the load changes, unless it ages.
 *
 * Where keys are asked for independently of each other, the best is to evict the least likely one: Aho, Denning, Ullman,
 * "Principles of Optimal Page Replacement", JACM 18(1), 1971. Counts are what is known of that.
 * @throws MachoOptionError for an option that cannot be used
 */
export function lfu(options: LfuOptions = {}): Strategy {
  checkOptions("lfu", OPTIONS, options);
  const { halveEvery } = options;
  if (halveEvery === undefined) return plainLfu();
  return { name: "lfu", create: (context) => new AgingPolicy(context, halveEvery) };
}
