import type { Ticker } from "../core/lru/clock.ts";
import { LETTERS } from "./access-record.ts";

/** What is written on a tape. Each is the place of its letter in `LETTERS`. */
export const HIT = 0;
export const MISS = 1;
export const FILLED = 2;
export const SET = 3;
export const DELETE = 4;
export const CLEAR = 5;
export const FAILED = 6;
/** Added to a write that keeps the time that the old value had left. */
const KEEPS = 8;

/** Times are kept in so many steps a ms. 32 bits of them are 74 hours, and longer ones begin anew. */
const STEPS = 16;
/** Hits after which the time is asked for: where nothing expires, nobody else may do it. */
const HITS_PER_READ = 16;
/** From here on a weight is kept in steps of 2^22. */
const HEAVY = 2 ** 31;
const HEAVY_STEP = 2 ** 22;

/**
 * The last operations of a cache: a ring of columns, 9 bytes an operation. The columns of ttls and weights, 8 bytes, are
 * there once a write says one.
 */
export class Tape {
  #size: number;
  /** The time of the beginning, on the clock of the cache: that of the first operation, where it is not given. */
  #began = 0;
  /** The time of the last operation, on that clock, and in steps since the beginning. */
  #time: number = -Infinity;
  #stamp = 0;
  #ids: Int32Array;
  #stamps: Int32Array;
  #codes: Uint8Array;
  /** 0 for the default. What is there of other operations than writes means nothing. */
  #ttls: Float32Array | undefined;
  /** 0 for the default, else the weight and 1. */
  #weights: Uint32Array | undefined;
  /** Where the next operation goes. */
  #at = 0;
  /** From here up to `#at` are hits at the time of the last operation, of which only the ids are written yet. */
  #hitsFrom = 0;
  /** Where the next hit asks for the time. */
  #pause = 0;
  /** How often the ring was full. */
  #rounds = 0;

  /** @param began the time of now, on the clock of the cache, where that runs already */
  constructor(size: number, began?: number) {
    this.#size = size;
    if (began !== undefined) this.#moveTo(began);
    this.#ids = new Int32Array(size);
    this.#stamps = new Int32Array(size);
    this.#codes = new Uint8Array(size);
  }

  /** Bytes of its columns. */
  get bytes(): number {
    return this.#size * (9 + (this.#ttls ? 4 : 0) + (this.#weights ? 4 : 0));
  }

  /** Ms from the beginning to now. @param time of now, on the clock of the cache */
  end(time: number): number {
    this.#moveTo(time);
    return this.#time - this.#began;
  }

  /**
   * Writes a hit down, which is to take hardly any time: all but the id is written with what comes after it.
   */
  hit(id: number, ticker: Ticker): void {
    if (this.#at >= this.#pause || ticker.kept !== this.#time) {
      this.#moveTo(ticker.recent());
      this.#pause = Math.min(this.#size, this.#at + HITS_PER_READ);
    }
    this.#ids[this.#at++] = id;
  }

  /** Writes an operation down. @param time on the clock of the cache */
  add(id: number, code: number, time: number): void {
    this.#moveTo(time);
    const at = this.#at;
    this.#ids[at] = id;
    this.#stamps[at] = this.#stamp;
    this.#codes[at] = code;
    this.#at = this.#hitsFrom = at + 1;
  }

  /**
   * Writes a write down. One that fills the miss right before it, within a ms, takes no place of its own.
   * @param ttl `undefined` for the default, as `weight`
   */
  addWrite(id: number, keeps: boolean, time: number, ttl: number | undefined, weight: number | undefined): void {
    this.#moveTo(time);
    const last = this.#last;
    const isAtOnce = (this.#stamp - this.#stamps[last]!) >>> 0 < STEPS;
    const fills = this.#codes[last] === MISS && this.#ids[last] === id && isAtOnce;
    const extra = keeps ? KEEPS : 0;
    // An id is never 0, as it is in a ring that is still empty.
    if (fills) this.#codes[last] = FILLED + extra;
    else this.add(id, SET + extra, this.#time);
    const at = this.#last;
    if (ttl !== undefined) this.#ttls ??= new Float32Array(this.#size);
    if (weight !== undefined) this.#weights ??= new Uint32Array(this.#size);
    if (this.#ttls) this.#ttls[at] = ttl ?? 0;
    if (this.#weights) this.#weights[at] = weight === undefined ? 0 : 1 + packed(weight);
  }

  /** Operations since the beginning, those that were overwritten included. */
  get count(): number {
    return this.#rounds * this.#size + this.#at;
  }

  /**
   * What it holds, the oldest first, as columns of a record. `lost` is how many came before the first of them.
   * @param weight of a write that says none
   * @param from the first operation that is wanted, counted from the beginning
   * @param to the one after the last
   */
  read(
    weight: number,
    from: number = 0,
    to: number = this.count,
  ): {
    readonly lost: number;
    readonly operations: string;
    readonly keys: readonly number[];
    readonly times: readonly number[];
    readonly ttls?: readonly number[];
    readonly weights?: readonly number[];
  } {
    this.#writeHits();
    const lost = Math.max(from, this.count - this.#size);
    const order = Array.from({ length: Math.max(0, to - lost) }, (_, index) => (lost + index) % this.#size);
    const isWrite = (at: number): boolean => [FILLED, SET].includes(this.#codes[at]! & ~KEEPS);
    const ttlOf = (at: number): number => (isWrite(at) ? (this.#ttls?.[at] ?? 0) : 0);
    const weightOf = (at: number): number => (isWrite(at) ? (this.#weights?.[at] ?? 0) : 0);
    return {
      lost,
      operations: order.map((at) => letterOf(this.#codes[at]!)).join(""),
      keys: Object.freeze(order.map((at) => this.#ids[at]!)),
      times: this.#timesOf(order),
      ...(this.#ttls && { ttls: Object.freeze(order.map((at) => (ttlOf(at) === Infinity ? -1 : ttlOf(at)))) }),
      ...(this.#weights && {
        weights: Object.freeze(order.map((at) => (weightOf(at) === 0 ? weight : unpacked(weightOf(at) - 1)))),
      }),
    };
  }

  /** The place of the operation that was written last. */
  get #last(): number {
    return (this.#at || this.#size) - 1;
  }

  /** What is left to write of the last hits. Afterwards there is room for an operation. */
  #writeHits(): void {
    for (let at = this.#hitsFrom; at < this.#at; at++) {
      this.#stamps[at] = this.#stamp;
      this.#codes[at] = HIT;
    }
    if (this.#at === this.#size) {
      this.#at = this.#pause = 0;
      this.#rounds++;
    }
    this.#hitsFrom = this.#at;
  }

  /** Time goes on, and never back. */
  #moveTo(time: number): void {
    this.#writeHits();
    if (time <= this.#time) return;
    if (this.#time === -Infinity) this.#began = time;
    this.#time = time;
    this.#stamp = ((time - this.#began) * STEPS) | 0;
  }

  /** Back from the time of now, since the steps are kept modulo 2^32. */
  #timesOf(order: readonly number[]): readonly number[] {
    const times = order.map(() => 0);
    let later = Math.floor((this.#time - this.#began) * STEPS);
    for (let index = order.length; index-- > 0;) {
      later -= (later - this.#stamps[order[index]!]!) >>> 0;
      times[index] = later / STEPS;
    }
    return Object.freeze(times);
  }
}

function letterOf(code: number): string {
  const letter = LETTERS[code & ~KEEPS]!;
  return (code & KEEPS) === 0 ? letter : letter.toUpperCase();
}

/** In 31 bits, exact below 2^31. */
function packed(weight: number): number {
  return weight < HEAVY ? weight : HEAVY + Math.min(HEAVY - 2, Math.ceil(weight / HEAVY_STEP));
}

function unpacked(weight: number): number {
  return weight < HEAVY ? weight : (weight - HEAVY) * HEAVY_STEP;
}
