import { type AccessRecord, LETTERS } from "./access-record.ts";
import { standInOf } from "./key-ids.ts";
import { CLEAR, DELETE, FAILED, FILLED, MISS, SET } from "./tape.ts";

/** Ms within which a write, or a failure, is the answer to several misses before it: they waited for one load. */
const LONGEST_LOAD = 10_000;

/** The bit by which a small letter differs from its capital. */
const SMALL = 0x20;
/** By the code unit of a small letter. */
const KINDS = Uint8Array.from({ length: 128 }, (_, unit) => Math.max(0, LETTERS.indexOf(String.fromCharCode(unit))));

/** What became of a miss, and of a write. */
export const PLAIN = 0;
/** A miss that no write followed. */
export const ABSENT = 1;
/** A miss whose load failed. */
export const FAILS = 2;
/** A write that answers the miss of its key before it. */
export const ANSWERS = 3;
/** A write whose key is not looked up any more. */
export const UNREAD = 4;

/**
 * A record, prepared for any number of replays: keys are numbered from 0 in the order of their first appearance, and of
 * each operation it is known what became of it.
 */
export class History {
  readonly record: AccessRecord;
  readonly length: number;
  /** Look-ups up to each operation, itself left out; one more than operations. */
  readonly lookupsBefore: Int32Array;
  /** As on a `Tape`. */
  readonly kinds: Uint8Array;
  /** Whether a write keeps the time that the old value had left. */
  readonly keeps: Uint8Array;
  /** `PLAIN`, or what became of it. */
  readonly fates: Uint8Array;
  /** The key of each operation, by its number here. */
  readonly keys: Int32Array;
  /** A whole number for each key, with the key's hash. */
  readonly standIns: readonly number[];
  /** By key: the ttl and the weight that it is written with first, where the record says one. */
  readonly firstTtls: readonly number[];
  readonly firstWeights: readonly number[];
  /** Weight of a write that the record does not know. */
  readonly meanWeight: number;

  constructor(record: AccessRecord) {
    this.record = record;
    const { operations, hashSeed, entries } = record;
    const length = (this.length = operations.length);
    this.kinds = new Uint8Array(length);
    this.keeps = new Uint8Array(length);
    this.lookupsBefore = new Int32Array(length + 1);
    for (let at = 0; at < length; at++) {
      const unit = operations.charCodeAt(at);
      const kind = (this.kinds[at] = KINDS[unit | SMALL]!);
      this.keeps[at] = Number((unit & SMALL) === 0);
      this.lookupsBefore[at + 1] = this.lookupsBefore[at]! + Number(kind <= FILLED);
    }
    const numbers = new Map<number, number>();
    const numberOf = (id: number): number => {
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return number;
    };
    entries?.keys.forEach(numberOf);
    this.keys = Int32Array.from(record.keys, (id, at) => (this.kinds[at] === CLEAR ? -1 : numberOf(id)));
    this.standIns = Array.from(numbers.keys(), (id) => standInOf(id, hashSeed));
    this.fates = new Uint8Array(length);
    this.#findAnswers();
    this.#findFates();
    [this.firstTtls, this.firstWeights, this.meanWeight] = this.#firstWrites();
  }

  /** Keys that there are. */
  get keyCount(): number {
    return this.standIns.length;
  }

  get lookups(): number {
    return this.lookupsBefore[this.length]!;
  }

  /** Writes that answer a miss. */
  #findAnswers(): void {
    /** By key: the operation that missed last, and was not answered. */
    const missed = new Int32Array(this.keyCount).fill(-1);
    let cleared = -1;
    for (let at = 0; at < this.length; at++) {
      const key = this.keys[at]!;
      switch (this.kinds[at]) {
        case MISS:
          missed[key] = at;
          break;
        case SET:
          if (missed[key]! > cleared) this.fates[at] = ANSWERS;
          missed[key] = -1;
          break;
        case CLEAR:
          cleared = at;
          break;
        case FAILED:
          // It may be tried again without another look-up.
          break;
        default:
          missed[key] = -1;
      }
    }
  }

  /** What became of misses, and which writes are not read: from the end on. */
  #findFates(): void {
    const { keyCount, kinds, fates, record } = this;
    /** By key: the next operation, and the next that is no miss. */
    const next = new Int32Array(keyCount).fill(-1);
    const nextOther = new Int32Array(keyCount).fill(-1);
    const isReadLater = new Uint8Array(keyCount);
    for (let at = this.length; at-- > 0;) {
      const kind = kinds[at]!;
      if (kind === CLEAR) {
        next.fill(at);
        nextOther.fill(at);
        continue;
      }
      const key = this.keys[at]!;
      if (kind === MISS) {
        const other = nextOther[key]!;
        const end = other < 0 ? DELETE : kinds[other]!;
        const isSoon = other === next[key] || record.times[other]! - record.times[at]! <= LONGEST_LOAD;
        // A clear dismisses a load that is under way: the miss says nothing.
        if (end === FAILED && isSoon) fates[at] = FAILS;
        else if (end !== CLEAR && !(end === SET && isSoon)) fates[at] = ABSENT;
      } else nextOther[key] = at;
      if (kind === SET && fates[at] === PLAIN && isReadLater[key] === 0) fates[at] = UNREAD;
      if (kind <= FILLED) isReadLater[key] = 1;
      next[key] = at;
    }
  }

  #firstWrites(): [ttls: number[], weights: number[], meanWeight: number] {
    const { ttls, weights, entries } = this.record;
    const firstTtls: number[] = [];
    const firstWeights: number[] = [];
    let sum = 0;
    let count = 0;
    for (let at = 0; at < this.length; at++) {
      if (this.kinds[at] !== SET && this.kinds[at] !== FILLED) continue;
      const key = this.keys[at]!;
      firstTtls[key] ??= ttls?.[at] ?? 0;
      const weight = weights?.[at] ?? 1;
      firstWeights[key] ??= weight;
      sum += weight;
      count++;
    }
    entries?.keys.forEach((_, key) => {
      firstTtls[key] = entries.ttls?.[key] ?? 0;
      firstWeights[key] = entries.weights?.[key] ?? 1;
    });
    return [firstTtls, firstWeights, count === 0 ? 1 : Math.round(sum / count)];
  }
}

/** As a record tells it: 0 is the default, and -1 stands for `Infinity`. */
export function ttlOf(told: number | undefined): number | undefined {
  if (told === undefined || told === 0) return undefined;
  return told < 0 ? Infinity : told;
}

const known = new WeakMap<AccessRecord, History>();

/** The history of a record, made once. */
export function historyOf(record: AccessRecord): History {
  const history = known.get(record) ?? new History(record);
  known.set(record, history);
  return history;
}
