import type { RemovalCause } from "../core/index.ts";
import { keyLabel } from "./source.ts";

/** Departed keys that are remembered. Of the most frequent cause, the one that left longest ago is forgotten first. */
export const MAX_DEPARTED = 5_000;

/**
 * Characters of the departed keys that are texts, together, and of those that were missed: long keys are forgotten
 * sooner. Those that came instead have half as many.
 */
export const MAX_TEXT = 500_000;
export const MAX_INSTEAD_TEXT: number = MAX_TEXT / 2;

/** Characters of the longest key that is told to have come instead. */
const MAX_INSTEAD = 1_000;

/** Of a departed key, how often it had left before is told in full so many times. */
export const MAX_EARLIER = 3;

/** The causes by which a key leaves. An overwrite is none: the key stays. */
export const CAUSES: readonly RemovalCause[] = ["evicted", "expired", "replaced", "deleted", "cleared"];

/** How a key left once. */
export interface PastDeparture {
  /** `replaced`: the newer value was too heavy to be stored. */
  readonly cause: RemovalCause;
  /** Wall time in ms. */
  readonly at: number;
  /** Ms since its value was written; `undefined` for one that was there before. */
  readonly age: number | undefined;
  /** Reads since it came; `undefined` where nobody counted. */
  readonly reads: number | undefined;
}

/** How a key left last. Its value is not kept. */
export interface Departure extends PastDeparture {
  /** In the order in which keys left, from 1. */
  readonly serial: number;
  /** The key; the text of it where it is an object, which must not be kept alive. */
  readonly key: unknown;
  /** How often it has left, this time included. */
  readonly times: number;
  /** How many had left by this cause, this one included. */
  readonly nth: number;
  /** How it left before, the latest first. */
  readonly earlier: readonly PastDeparture[];
  /** Whose write evicted it; as `key`. */
  readonly instead: unknown;
  /** Reads of its lives before the one that ended last. */
  readonly readBefore: number;
}

/** Rows from here on are keys. Those below are the ends of the list of each cause. */
const FIRST_ROW = CAUSES.length;
const FIRST_LENGTH = 64;
/** The place of this cause. */
const EVICTED = 0;

/** A row of figures. The first ones are told of earlier departures as well. */
const AT = 0;
const AGE = 1;
/** Reads and cause in one. */
const READS = 2;
const SERIAL = 3;
const TIMES = 4;
const NTH = 5;
const READ_BEFORE = 6;
const FIGURES = 8;
const PAST_FIGURES = 3;
const PAST_ROW = PAST_FIGURES * MAX_EARLIER;
/** Of that number, for the cause. */
const CAUSE_BITS = 7;

/**
 * How keys left last, in rows of numbers, so that nothing is made for a key that leaves again. The rows of a cause are
 * in a ring of links, in the order in which they left.
 * ```
 * row      figures                                            links          past
 *   0-4                                                       last  first
 *   5 "a"  at age reads serial times nth readBefore           before after   three times at age reads
 * ```
 */
export class Departures {
  #rows = new Map<unknown, number>();
  #keys: unknown[] = [];
  /** What came instead of each; `null` for what is not told, and `undefined` as long as it is not known. */
  #instead: unknown[] = [];
  #figures = new Float64Array(0);
  #links = Int32Array.from({ length: 2 * FIRST_ROW }, (_, index) => index >> 1);
  /** In a ring by the times that a key has left. Only there once a key has left again. */
  #past: Float64Array | undefined;
  /** By cause. */
  #sizes = CAUSES.map(() => 0);
  #left = CAUSES.map(() => 0);
  #unread = CAUSES.map(() => 0);
  #free: number[] = [];
  #serial = 0;
  #text = 0;
  #insteadText = 0;
  /** Wall time in ms. */
  protected readonly now: () => number;

  /** @param now wall time in ms */
  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** Departed keys that are remembered. */
  get size(): number {
    return this.#rows.size;
  }

  /** How many left by a cause. */
  left(cause: RemovalCause): number {
    return this.#left[CAUSES.indexOf(cause)] ?? 0;
  }

  /** How many of them were never read. */
  unread(cause: RemovalCause): number {
    return this.#unread[CAUSES.indexOf(cause)] ?? 0;
  }

  /** How a key left last; `undefined` where that is not known. */
  departureOf(key: unknown): Departure | undefined {
    const row = this.#rows.get(idOf(key));
    return row === undefined ? undefined : this.#read(row);
  }

  /** Those that left last, the latest first; by one cause, or by any. */
  latest(most: number, cause?: RemovalCause): Departure[] {
    const found: Departure[] = [];
    for (const [end, each] of CAUSES.entries()) {
      if (cause !== undefined && cause !== each) continue;
      let row = this.#links[2 * end]!;
      for (let left = most; row !== end && left > 0; left--) {
        found.push(this.#read(row));
        row = this.#links[2 * row]!;
      }
    }
    return found.sort((a, b) => b.serial - a.serial).slice(0, most);
  }

  /** All departed keys that are remembered when it begins, each as it is by then; also those that came back. */
  *departures(): Generator<Departure, undefined> {
    const rows = [...this.#rows.values()];
    for (const row of rows) if (this.#figures[row * FIGURES + TIMES] !== 0) yield this.#read(row);
  }

  /** A key left. */
  depart(given: unknown, cause: RemovalCause, writtenAt?: number, reads: number = NaN): void {
    const code = cause === "evicted" ? EVICTED : CAUSES.indexOf(cause);
    // A newer copy of the engine may know a cause that this one does not.
    if (code < 0) return;
    const key = idOf(given);
    const at = this.now();
    const known = this.#rows.get(key);
    const row = known ?? this.#take(key);
    if (known !== undefined) this.#leaveAgain(row);
    this.#enlist(row, code);
    const figures = this.#figures;
    const from = row * FIGURES;
    figures[from + AT] = at;
    figures[from + AGE] = writtenAt === undefined ? NaN : at - writtenAt;
    figures[from + READS] = (reads >= 0 ? reads : -1) * (CAUSE_BITS + 1) + code;
    figures[from + SERIAL] = ++this.#serial;
    figures[from + TIMES]!++;
    figures[from + NTH] = ++this.#left[code]!;
    if (reads === 0) this.#unread[code]!++;
    while (this.#rows.size > MAX_DEPARTED || this.#text > MAX_TEXT) this.#forget();
  }

  /** A write evicted what left last, at its own time. Very long keys are not told. */
  blame(key: unknown, at: number): void {
    const id = idOf(key);
    const told = lengthOf(id) > MAX_INSTEAD ? null : id;
    let row = EVICTED;
    while ((row = this.#links[2 * row]!) !== EVICTED) {
      if (this.#figures[row * FIGURES + AT] !== at || this.#instead[row] !== undefined) return;
      this.#replace(row, told);
    }
  }

  #read(row: number): Departure {
    const figures = this.#figures;
    const from = row * FIGURES;
    return {
      serial: figures[from + SERIAL]!,
      key: this.#keys[row],
      ...pastOf(figures, from),
      times: figures[from + TIMES]!,
      nth: figures[from + NTH]!,
      earlier: this.#earlierOf(row, figures[from + TIMES]! - 1),
      instead: this.#instead[row] ?? undefined,
      readBefore: figures[from + READ_BEFORE]!,
    };
  }

  /** @param times how often the key had left before */
  #earlierOf(row: number, times: number): PastDeparture[] {
    const length = Math.min(times, MAX_EARLIER);
    return Array.from({ length }, (_, index) => pastOf(this.#past!, placeOf(row, times - index)));
  }

  /** What was the last time becomes an earlier one. */
  #leaveAgain(row: number): void {
    const figures = this.#figures;
    const from = row * FIGURES;
    const past = (this.#past ??= new Float64Array(this.#keys.length * PAST_ROW));
    const place = placeOf(row, figures[from + TIMES]!);
    past[place + AT] = figures[from + AT]!;
    past[place + AGE] = figures[from + AGE]!;
    const reads = (past[place + READS] = figures[from + READS]!);
    if (reads > 0) figures[from + READ_BEFORE]! += readsOf(reads);
    this.#delist(row);
    this.#replace(row, undefined);
  }

  /** A row for a key that is not known. */
  #take(key: unknown): number {
    const row = this.#free.pop() ?? this.#rows.size + FIRST_ROW;
    if (row >= this.#keys.length) this.#grow();
    this.#rows.set(key, row);
    this.#keys[row] = key;
    this.#instead[row] = undefined;
    this.#text += lengthOf(key);
    return row;
  }

  /** Of the most frequent cause: a busy one never pushes a rare one out. */
  #forget(): void {
    const sizes = this.#sizes;
    let most = 0;
    for (let code = 1; code < sizes.length; code++) if (sizes[code]! > sizes[most]!) most = code;
    const row = this.#links[2 * most + 1]!;
    const key = this.#keys[row];
    this.#delist(row);
    this.#replace(row, undefined);
    this.#rows.delete(key);
    this.#keys[row] = undefined;
    this.#text -= lengthOf(key);
    this.#figures[row * FIGURES + TIMES] = this.#figures[row * FIGURES + READ_BEFORE] = 0;
    this.#free.push(row);
  }

  /** Beyond the bound of their text, all that came instead are forgotten. */
  #replace(row: number, key: unknown): void {
    this.#insteadText += lengthOf(key) - lengthOf(this.#instead[row]);
    if (this.#insteadText > MAX_INSTEAD_TEXT) {
      this.#instead.fill(null);
      this.#insteadText = lengthOf(key);
    }
    this.#instead[row] = key;
  }

  /** At the end of the list of a cause. */
  #enlist(row: number, code: number): void {
    const links = this.#links;
    const last = links[2 * code]!;
    links[2 * row] = last;
    links[2 * row + 1] = code;
    links[2 * last + 1] = links[2 * code] = row;
    this.#sizes[code]!++;
  }

  #delist(row: number): void {
    const links = this.#links;
    const before = links[2 * row]!;
    const after = links[2 * row + 1]!;
    links[2 * before + 1] = after;
    links[2 * after] = before;
    this.#sizes[this.#figures[row * FIGURES + READS]! & CAUSE_BITS]!--;
  }

  #grow(): void {
    // One more than are kept: the new one is there before an old one is forgotten.
    const length = Math.min(Math.max(FIRST_LENGTH, 2 * this.#keys.length), MAX_DEPARTED + 1 + FIRST_ROW);
    this.#keys.length = this.#instead.length = length;
    this.#figures = longer(this.#figures, length * FIGURES);
    this.#links = longer(this.#links, length * 2);
    this.#past &&= longer(this.#past, length * PAST_ROW);
  }
}

/** Where an earlier departure of a key is, by its number from 1. */
function placeOf(row: number, nth: number): number {
  return row * PAST_ROW + (nth % MAX_EARLIER) * PAST_FIGURES;
}

function pastOf(figures: Float64Array, from: number): PastDeparture {
  const age = figures[from + AGE]!;
  const reads = readsOf(figures[from + READS]!);
  return {
    cause: CAUSES[figures[from + READS]! & CAUSE_BITS]!,
    at: figures[from + AT]!,
    age: Number.isNaN(age) ? undefined : age,
    reads: reads < 0 ? undefined : reads,
  };
}

/** Less than 0 where nobody counted. */
function readsOf(figure: number): number {
  return Math.floor(figure / (CAUSE_BITS + 1));
}

/** A longer copy of a column. */
export function longer<T extends Float64Array | Int32Array | Uint32Array>(column: T, length: number): T {
  const grown = new (column.constructor as new (size: number) => T)(length);
  grown.set(column);
  return grown;
}

/** Characters that a key takes. */
export function lengthOf(key: unknown): number {
  return typeof key === "string" ? key.length : 0;
}

/** Objects are told apart by their text: to remember them would keep them alive. */
export function idOf(key: unknown): unknown {
  if (typeof key === "string") return key;
  const isObject = (typeof key === "object" && key !== null) || typeof key === "function";
  return isObject ? keyLabel(key) : key;
}
