import type { Ticker } from "./lru/clock.ts";
import { type Entries, longerNumbers, NO_NUMBERS } from "./entries.ts";
import type { Sweep } from "./lru/sweep.ts";

/** Until when the entries of a shard live: their writes are in the columns of the shard, the rare ones here. */
export class Lifetimes {
  /**
   * Operations left of this task for which nothing can be due, and the kept time is good: the hot path counts down
   * instead of comparing times. Below 0: `look` before anything is served or written.
   */
  calm = 0;
  /** Whether any entry can. */
  canExpire: boolean;
  #entries: Entries<unknown, unknown>;
  /** Each entry's own TTL, once one differs from the cache's. */
  #ttls: Float64Array | undefined;
  /** When each entry was written or read last, where that matters; `Infinity` for a free slot. */
  #touched: Float64Array | undefined;
  #ttl: number;
  #timeToIdle: number;
  #ticker: Ticker;
  #sweep: Sweep;

  constructor(entries: Entries<unknown, unknown>, ttl: number, timeToIdle: number, ticker: Ticker, sweep: Sweep) {
    this.#entries = entries;
    this.#ttl = ttl;
    this.#timeToIdle = timeToIdle;
    this.#ticker = ticker;
    this.#sweep = sweep;
    this.canExpire = ttl < Infinity || timeToIdle < Infinity;
    if (timeToIdle < Infinity) this.#touched = NO_NUMBERS;
  }

  /** Bytes for each slot. */
  get bytesPerSlot(): number {
    return (this.#ttls ? 8 : 0) + (this.#touched ? 8 : 0);
  }

  reserve(lastSlot: number): void {
    if (this.#ttls) this.#ttls = longerNumbers(this.#ttls, lastSlot);
    if (this.#touched) this.#touched = longerNumbers(this.#touched, lastSlot);
  }

  /** Reads the time if it is not good any more, and is calm as long as nothing is due soon. */
  look(): void {
    const ticker = this.#ticker;
    ticker.tick();
    if (ticker.horizon < this.#sweep.lowest) ticker.rest(this);
    else this.calm = -1;
  }

  /** Whether an entry has expired. To be asked after a `look`, or in one's stead. */
  isExpired(slot: number): boolean {
    if (--this.calm >= 0) return false;
    this.look();
    return this.calm < 0 && this.isDue(slot);
  }

  /** Whether an entry has expired, after a `look` that found that one may have. */
  isDue(slot: number): boolean {
    if (!this.canExpire) return false;
    // Where every read is exact, one that never expires asks as well: the time is what a lost timer is noticed by.
    const deadline = this.deadlineOf(slot);
    return deadline <= this.#ticker.horizon && deadline <= this.#ticker.now();
  }

  /** Whether an entry has expired at the kept time. */
  isOver(slot: number): boolean {
    const { kept } = this.#ticker;
    return kept >= this.#sweep.lowest && kept >= this.deadlineOf(slot);
  }

  /** The moment at which an entry expires; `Infinity` for a free slot. */
  deadlineOf(slot: number): number {
    const deadline = this.#entries.written[slot]! + this.ttlOf(slot);
    return this.#touched === undefined ? deadline : Math.min(deadline, this.#touched[slot]! + this.#timeToIdle);
  }

  /** Ms that an entry lives from its write. */
  ttlOf(slot: number): number {
    return this.#ttls === undefined ? this.#ttl : this.#ttls[slot]!;
  }

  /** Ms left. */
  remaining(slot: number): number {
    const deadline = this.deadlineOf(slot);
    return deadline === Infinity ? Infinity : Math.max(0, deadline - this.#ticker.now());
  }

  /** An entry was read. */
  touch(slot: number): void {
    if (this.#touched !== undefined) this.#touched[slot] = this.#ticker.kept;
  }

  /** An entry was written, `age` ms before the kept time. */
  date(slot: number, ttl: number, age: number): void {
    const written = this.#ticker.kept - age;
    this.#entries.written[slot] = written;
    if (ttl !== this.#ttl || this.#ttls !== undefined) this.#setTtl(slot, ttl);
    this.touch(slot);
    const deadline = this.#touched === undefined ? written + ttl : this.deadlineOf(slot);
    if (deadline < this.#sweep.ahead) {
      this.#sweep.note(deadline);
      this.calm = 0;
    }
  }

  release(slot: number): void {
    this.#entries.written[slot] = Infinity;
    if (this.#touched !== undefined) this.#touched[slot] = Infinity;
  }

  /** From the first on that is not the cache's, each entry has a TTL of its own; those that are here had that one. */
  #setTtl(slot: number, ttl: number): void {
    this.#ttls ??= new Float64Array(this.#entries.written.length).fill(this.#ttl);
    this.#ttls[slot] = ttl;
    this.canExpire ||= ttl < Infinity;
  }
}
