import type { Ticker } from "./clock.ts";
import { longerNumbers, NO_NUMBERS } from "./entries.ts";
import type { Sweep } from "./sweep.ts";

/** What lives shorter than this, in ms, counts from an exact read of the clock. */
const EXACT_BELOW = 10_000;

/** When the entries of a shard were written, and until when they live: columns by slot, the rare ones only when needed. */
export class Lifetimes {
  /** When each value was written, in ms; `Infinity` for a free slot, which so never expires. */
  written: Float64Array = NO_NUMBERS;
  /** Each entry's own TTL, once one differs from the cache's. */
  #ttls: Float64Array | undefined;
  /** When each entry was written or read last, where that matters; `Infinity` for a free slot. */
  #touched: Float64Array | undefined;
  #ttl: number;
  #timeToIdle: number;
  #ticker: Ticker;
  #sweep: Sweep;
  /** Operations left of this task for which nothing can be due. */
  #calm = 0;
  #task = 0;
  /** Whether any entry can. */
  canExpire: boolean;

  constructor(ttl: number, timeToIdle: number, ticker: Ticker, sweep: Sweep) {
    this.#ttl = ttl;
    this.#timeToIdle = timeToIdle;
    this.#ticker = ticker;
    this.#sweep = sweep;
    this.canExpire = ttl < Infinity || timeToIdle < Infinity;
    if (timeToIdle < Infinity) this.#touched = NO_NUMBERS;
  }

  /** Bytes for each slot. */
  get bytesPerSlot(): number {
    return 8 + (this.#ttls ? 8 : 0) + (this.#touched ? 8 : 0);
  }

  reserve(lastSlot: number): void {
    this.written = longerNumbers(this.written, lastSlot);
    if (this.#ttls) this.#ttls = longerNumbers(this.#ttls, lastSlot);
    if (this.#touched) this.#touched = longerNumbers(this.#touched, lastSlot);
  }

  isExpired(slot: number): boolean {
    // The usual case: nothing at all is due soon, and no time need be read.
    if (!this.canExpire || (--this.#calm >= 0 && this.#task === this.#ticker.task)) return false;
    return this.#isExpiredNow(slot);
  }

  #isExpiredNow(slot: number): boolean {
    const ticker = this.#ticker;
    ticker.tick();
    if (ticker.horizon < this.#sweep.lowest) {
      this.#calm = ticker.take();
      this.#task = ticker.task;
      return false;
    }
    this.#calm = 0;
    const deadline = this.deadlineOf(slot);
    return deadline <= ticker.horizon && deadline <= ticker.now();
  }

  /** Whether an entry has expired at a time that was read just now. */
  isOver(slot: number, now: number): boolean {
    return now >= this.#sweep.lowest && now >= this.deadlineOf(slot);
  }

  /** The moment at which an entry expires; `Infinity` for a free slot. */
  deadlineOf(slot: number): number {
    const deadline = this.written[slot]! + this.ttlOf(slot);
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

  /** The time at which a write counts. */
  timeOfWrite(ttl: number): number {
    return ttl < EXACT_BELOW || this.#timeToIdle < EXACT_BELOW ? this.#ticker.now() : this.#ticker.recent();
  }

  /** An entry was read. */
  touch(slot: number): void {
    if (this.#touched !== undefined) this.#touched[slot] = this.#ticker.kept;
  }

  /** An entry was written. */
  date(slot: number, ttl: number, written: number): void {
    this.written[slot] = written;
    if (ttl !== this.#ttl || this.#ttls !== undefined) this.#setTtl(slot, ttl);
    this.touch(slot);
    const deadline = this.#touched === undefined ? written + ttl : this.deadlineOf(slot);
    if (deadline < this.#sweep.ahead) {
      this.#sweep.note(deadline);
      this.#calm = 0;
    }
  }

  release(slot: number): void {
    this.written[slot] = Infinity;
    if (this.#touched !== undefined) this.#touched[slot] = Infinity;
  }

  /** From the first on that is not the cache's, each entry has a TTL of its own; those that are here had that one. */
  #setTtl(slot: number, ttl: number): void {
    this.#ttls ??= new Float64Array(this.written.length).fill(this.#ttl);
    this.#ttls[slot] = ttl;
    this.canExpire ||= ttl < Infinity;
  }
}
