/** Bins a power of ten. What is read from one is at most 3% off. */
const BINS_PER_DECADE = 40;
/** Ms at the beginning of the first bin, and powers of ten from there on: to 2 h 47 m. What lies beyond is in the last. */
const LEAST = 0.1;
const DECADES = 8;

/** Values from `from` to below `to`. */
export interface LogBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Ms of any number of loads, counted on a logarithmic scale, in 1.3 kB. */
export class Durations {
  count = 0;
  #bins = new Uint32Array(BINS_PER_DECADE * DECADES);
  #shortest = Infinity;
  #longest = 0;

  /** As they are now. */
  copy(): Durations {
    const copy = new Durations();
    copy.count = this.count;
    copy.#bins.set(this.#bins);
    copy.#shortest = this.#shortest;
    copy.#longest = this.#longest;
    return copy;
  }

  add(ms: number): void {
    this.count++;
    this.#shortest = Math.min(this.#shortest, ms);
    this.#longest = Math.max(this.#longest, ms);
    const bin = Math.floor(Math.log10(ms / LEAST) * BINS_PER_DECADE);
    this.#bins[Math.max(0, Math.min(this.#bins.length - 1, bin))]!++;
  }

  /**
   * The least duration that a share of all do not exceed, at most 3% off between 0.1 ms and 2 h 47 m; `undefined` of none.
   * @param share above 0, up to 1
   */
  quantile(share: number): number | undefined {
    if (this.count === 0) return undefined;
    let left = Math.ceil(share * this.count);
    const bin = this.#bins.findIndex((count) => (left -= count) <= 0);
    // The middle of the bin; no duration was shorter or longer than those that were seen.
    return Math.max(this.#shortest, Math.min(this.#longest, edge(bin + 0.5)));
  }

  /** Wider bins for a drawing, over the powers of ten that hold something. @param perDecade a divisor of 40 */
  bins(perDecade: number): LogBin[] {
    if (this.count === 0) return [];
    const first = this.#bins.findIndex((count) => count > 0);
    let last = this.#bins.length - 1;
    while (this.#bins[last] === 0) last--;
    const wide = BINS_PER_DECADE / perDecade;
    const [from, to] = [Math.floor(first / BINS_PER_DECADE), Math.floor(last / BINS_PER_DECADE) + 1];
    return Array.from({ length: (to - from) * perDecade }, (_, index) => {
      const start = from * BINS_PER_DECADE + index * wide;
      const count = this.#bins.subarray(start, start + wide).reduce((sum, each) => sum + each, 0);
      return { from: edge(start), to: edge(start + wide), count };
    });
  }
}

/** Where a bin begins, in ms. */
function edge(bin: number): number {
  return LEAST * 10 ** (bin / BINS_PER_DECADE);
}
