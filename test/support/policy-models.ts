/** A policy as anyone would write it first: arrays of keys, the oldest first, and no thought of speed. */
export interface PolicyModel {
  /** An entry was read or overwritten. */
  hit(key: number): void;
  /** A key that is absent will be added. */
  expect(key: number): void;
  victim(): number;
  add(key: number): void;
  remove(key: number, evicted: boolean): void;
}

const without = (keys: readonly number[], key: number): number[] => keys.filter((each) => each !== key);

class Fifo implements PolicyModel {
  keys: number[] = [];
  hit(_key: number): void {}
  expect(_key: number): void {}
  victim(): number {
    return this.keys[0]!;
  }
  add(key: number): void {
    this.keys.push(key);
  }
  remove(key: number, _evicted: boolean): void {
    this.keys = without(this.keys, key);
  }
}

class Lru extends Fifo {
  override hit(key: number): void {
    this.keys = [...without(this.keys, key), key];
  }
}

/** Reads are counted up to a limit; whoever was read goes around once for each. */
class Clock extends Fifo {
  reads = new Map<number, number>();
  limit: number;
  constructor(limit: number) {
    super();
    this.limit = limit;
  }
  override hit(key: number): void {
    this.reads.set(key, Math.min(this.limit, (this.reads.get(key) ?? 0) + 1));
  }
  override add(key: number): void {
    super.add(key);
    this.reads.set(key, 0);
  }
  override victim(): number {
    for (;;) {
      const key = this.keys[0]!;
      const reads = this.reads.get(key)!;
      if (reads === 0) return key;
      this.reads.set(key, reads - 1);
      this.keys = [...without(this.keys, key), key];
    }
  }
}

/** The hand stands on a key, or before the oldest one. */
class Sieve extends Fifo {
  read = new Set<number>();
  hand: number | undefined;
  override hit(key: number): void {
    this.read.add(key);
  }
  override add(key: number): void {
    super.add(key);
    this.read.delete(key);
  }
  override victim(): number {
    this.hand ??= this.keys[0]!;
    while (this.read.delete(this.hand)) this.hand = this.#after(this.hand) ?? this.keys[0]!;
    return this.hand;
  }
  override remove(key: number, evicted: boolean): void {
    if (this.hand === key) this.hand = this.#after(key);
    super.remove(key, evicted);
  }
  #after(key: number): number | undefined {
    return this.keys[this.keys.indexOf(key) + 1];
  }
}

/** Counts; of equal ones the one that has had its count for the longest. */
class Lfu extends Fifo {
  uses = new Map<number, number>();
  most: boolean;
  constructor(most: boolean) {
    super();
    this.most = most;
  }
  override hit(key: number): void {
    this.uses.set(key, this.uses.get(key)! + 1);
    this.keys = [...without(this.keys, key), key];
  }
  override add(key: number): void {
    super.add(key);
    this.uses.set(key, 1);
  }
  override victim(): number {
    const counts = this.keys.map((key) => this.uses.get(key)!);
    const wanted = this.most ? Math.max(...counts) : Math.min(...counts);
    return this.keys[counts.indexOf(wanted)]!;
  }
}

class Slru implements PolicyModel {
  probation: number[] = [];
  protected: number[] = [];
  capacity: number;
  constructor(capacity: number) {
    this.capacity = capacity;
  }
  expect(): void {}
  hit(key: number): void {
    this.remove(key);
    this.protected.push(key);
    if (this.protected.length > Math.floor(0.8 * this.capacity)) this.probation.push(this.protected.shift()!);
  }
  victim(): number {
    return this.probation[0] ?? this.protected[0]!;
  }
  add(key: number): void {
    this.probation.push(key);
  }
  remove(key: number): void {
    this.probation = without(this.probation, key);
    this.protected = without(this.protected, key);
  }
}

class TwoQueue implements PolicyModel {
  in: number[] = [];
  main: number[] = [];
  ghosts: number[] = [];
  comesBack = false;
  capacity: number;
  constructor(capacity: number) {
    this.capacity = capacity;
  }
  hit(key: number): void {
    if (this.main.includes(key)) this.main = [...without(this.main, key), key];
  }
  expect(key: number): void {
    this.comesBack = this.ghosts.includes(key);
    this.ghosts = without(this.ghosts, key);
  }
  victim(): number {
    const isInFull = this.in.length > Math.floor(0.25 * this.capacity);
    return isInFull ? this.in[0]! : (this.main[0] ?? this.in[0]!);
  }
  add(key: number): void {
    (this.comesBack ? this.main : this.in).push(key);
    this.comesBack = false;
  }
  remove(key: number, evicted: boolean): void {
    if (evicted && this.in.includes(key))
      this.ghosts = [...this.ghosts, key].slice(-Math.max(1, Math.floor(0.5 * this.capacity)));
    this.in = without(this.in, key);
    this.main = without(this.main, key);
  }
}

class S3Fifo implements PolicyModel {
  small: number[] = [];
  main: number[] = [];
  ghosts: number[] = [];
  reads = new Map<number, number>();
  comesBack = false;
  capacity: number;
  constructor(capacity: number) {
    this.capacity = capacity;
  }
  hit(key: number): void {
    this.reads.set(key, Math.min(3, this.reads.get(key)! + 1));
  }
  expect(key: number): void {
    this.comesBack = this.ghosts.includes(key);
    this.ghosts = without(this.ghosts, key);
  }
  victim(): number {
    const most = this.capacity - Math.max(1, Math.floor(0.1 * this.capacity));
    while (this.main.length <= most && this.small.length > 0) {
      const key = this.small[0]!;
      if (this.reads.get(key)! < 2) return key;
      this.#toMain(key, 0);
      if (this.small.length === 0) break;
      // The turn goes on in the small queue, however full the main one is by now.
      const next = this.small.find((each) => this.reads.get(each)! < 2);
      for (const each of this.small.slice(0, next === undefined ? undefined : this.small.indexOf(next))) {
        this.#toMain(each, 0);
      }
      if (next !== undefined) return next;
    }
    for (;;) {
      const key = this.main[0]!;
      if (this.reads.get(key) === 0) return key;
      this.#toMain(key, this.reads.get(key)! - 1);
    }
  }
  add(key: number): void {
    this.reads.set(key, 0);
    (this.comesBack ? this.main : this.small).push(key);
    this.comesBack = false;
  }
  remove(key: number, evicted: boolean): void {
    if (evicted && this.small.includes(key)) {
      const most = Math.floor(0.9 * this.capacity);
      this.ghosts = [...this.ghosts, key];
      while (this.ghosts.length > most) this.ghosts.shift();
    }
    this.small = without(this.small, key);
    this.main = without(this.main, key);
  }
  #toMain(key: number, reads: number): void {
    this.small = without(this.small, key);
    this.main = [...without(this.main, key), key];
    this.reads.set(key, reads);
  }
}

/** Megiddo and Modha's T1, T2, B1, B2 and p. */
class Arc implements PolicyModel {
  t1: number[] = [];
  t2: number[] = [];
  b1: number[] = [];
  b2: number[] = [];
  p = 0;
  from: "b1" | "b2" | undefined;
  leavesGhost = true;
  c: number;
  constructor(capacity: number) {
    this.c = capacity;
  }
  hit(key: number): void {
    this.t1 = without(this.t1, key);
    this.t2 = [...without(this.t2, key), key];
  }
  expect(key: number): void {
    this.from = this.b1.includes(key) ? "b1" : this.b2.includes(key) ? "b2" : undefined;
    if (this.from === "b1") this.p = Math.min(this.c, this.p + Math.max(1, this.b2.length / this.b1.length));
    if (this.from === "b2") this.p = Math.max(0, this.p - Math.max(1, this.b1.length / this.b2.length));
    this.b1 = without(this.b1, key);
    this.b2 = without(this.b2, key);
  }
  victim(): number {
    this.leavesGhost = true;
    // Where nothing is ever deleted, "while" is "if", as in the paper: one leaves for one that comes.
    if (this.from === undefined && this.t1.length + this.b1.length >= this.c) {
      if (this.b1.length === 0 && this.t1.length > 0) {
        this.leavesGhost = false;
        return this.t1[0]!;
      }
      while (this.b1.length > 0 && this.t1.length + this.b1.length >= this.c) this.b1.shift();
    } else if (this.from === undefined) {
      while (this.b2.length > 0 && this.#all >= 2 * this.c) this.b2.shift();
    }
    const isOver = this.t1.length > this.p || (this.t1.length === this.p && this.from === "b2");
    return (this.t1.length > 0 && isOver) || this.t2.length === 0 ? this.t1[0]! : this.t2[0]!;
  }
  add(key: number): void {
    (this.from === undefined ? this.t1 : this.t2).push(key);
    this.from = undefined;
  }
  remove(key: number, evicted: boolean): void {
    if (evicted && this.leavesGhost) (this.t1.includes(key) ? this.b1 : this.b2).push(key);
    this.t1 = without(this.t1, key);
    this.t2 = without(this.t2, key);
  }
  get #all(): number {
    return this.t1.length + this.t2.length + this.b1.length + this.b2.length;
  }
}

/** The models by the names of the policies. */
export const POLICY_MODELS = {
  lru: () => new Lru(),
  fifo: () => new Fifo(),
  clock: () => new Clock(1),
  sieve: () => new Sieve(),
  lfu: () => new Lfu(false),
  mfu: () => new Lfu(true),
  slru: (capacity: number) => new Slru(capacity),
  twoQueue: (capacity: number) => new TwoQueue(capacity),
  s3fifo: (capacity: number) => new S3Fifo(capacity),
  arc: (capacity: number) => new Arc(capacity),
} as const;
