import type { CacheEvent } from "macho-cache";

/** Every value of a run is another number, and says what it was written with. */
export interface FuzzWrite {
  readonly ttl: number;
  readonly keepTtl: boolean;
  readonly weight: number;
  /** Ms since it was written, where it comes from a dump. */
  readonly age: number;
}

interface FuzzEntry extends FuzzWrite {
  readonly value: number;
  readonly written: number;
  touched: number;
  /** The same for all values of a key until it leaves. */
  readonly pins: { count: number };
}

/** What happened, in its order, and when. */
type Happening = {
  readonly at: number;
  readonly event: CacheEvent<unknown, number> | { type: "touch"; key: unknown; value?: number };
};

/** What the run may change on its way. */
export interface FuzzBounds {
  readonly timeToIdle: number;
  /** Of the only shard; `undefined` with several, whose parts are not modelled. */
  size: number | undefined;
  weight: number;
  /** Ms by which a kept clock may be behind. */
  readonly slack: number;
}

/**
 * What a cache with any options must hold, told by its events: which value of a key is the last, when it expires, what
 * it weighs, who pins it. Which entry is evicted is the policy's business; that one had to be, that it was there, is
 * gone and was not pinned, is checked here.
 */
export class FuzzModel {
  readonly entries = new Map<unknown, FuzzEntry>();
  readonly bounds: FuzzBounds;
  stored = 0;
  removed = 0;
  refused = 0;
  #log: Happening[] = [];
  #writes = new Map<number, FuzzWrite>();
  /** What a value that is being replaced leaves to the next. */
  #replaced = new Map<unknown, FuzzEntry>();
  #now: () => number;

  constructor(now: () => number, bounds: FuzzBounds) {
    this.#now = now;
    this.bounds = bounds;
  }

  /** A value that may be stored from now on. */
  expect(value: number, write: FuzzWrite): void {
    this.#writes.set(value, write);
  }

  hear(event: Happening["event"]): void {
    this.#log.push({ at: this.#now(), event });
  }

  /** Takes in what happened since. Throws for what must not have. */
  catchUp(): void {
    const log = this.#log;
    this.#log = [];
    log.forEach(({ at, event }, index) => {
      if (event.type === "touch") this.#touch(event.key, event.value, at);
      else if (event.type === "set") this.#store(event.key, event.value, at);
      else if (event.type === "refusal") this.#refuse(event.key, event.value);
      else if (event.type === "removal") {
        if (event.cause === "evicted") this.#checkEviction(event.key, log.slice(index));
        this.#remove(event, at);
      }
    });
  }

  /** An entry that is there for sure. */
  alive(key: unknown, at: number = this.#now()): FuzzEntry | undefined {
    const entry = this.entries.get(key);
    return entry && this.#deadlineOf(entry) - this.bounds.slack > at ? entry : undefined;
  }

  /** An entry that may be there: as `alive`, but for what the kept clock leaves open. */
  possible(key: unknown, at: number = this.#now()): FuzzEntry | undefined {
    const entry = this.entries.get(key);
    return entry && this.#deadlineOf(entry) > at ? entry : undefined;
  }

  remaining(entry: FuzzEntry): number {
    return this.#deadlineOf(entry) - this.#now();
  }

  get weight(): number {
    let sum = 0;
    for (const { weight } of this.entries.values()) sum += weight;
    return sum;
  }

  get isPinned(): boolean {
    return [...this.entries.values()].some(({ pins }) => pins.count > 0);
  }

  #deadlineOf({ written, ttl, touched }: FuzzEntry): number {
    return Math.min(written + ttl, touched + this.bounds.timeToIdle);
  }

  #touch(key: unknown, value: number | undefined, at: number): void {
    const entry = this.entries.get(key);
    if (entry && (value === undefined || entry.value === value)) entry.touched = at;
  }

  #store(key: unknown, value: number, at: number): void {
    const write = this.#writes.get(value);
    if (!write) throw new Error(`${String(key)}: ${value} was stored, and nobody wrote it`);
    if (this.entries.has(key)) throw new Error(`${String(key)} was stored, and its older value did not leave`);
    const { size, weight: bound } = this.bounds;
    if (size !== undefined && write.weight > bound) throw new Error(`${String(key)} is too heavy, and was stored`);
    const old = this.#replaced.get(key);
    this.#replaced.delete(key);
    const written = at - write.age;
    const ttl = write.keepTtl && old ? old.written + old.ttl - written : write.ttl;
    this.entries.set(key, { ...write, ttl, value, written, touched: at, pins: old?.pins ?? { count: 0 } });
    this.stored++;
  }

  #refuse(key: unknown, value: number): void {
    const { size, weight: bound } = this.bounds;
    const weight = this.#writes.get(value)?.weight ?? 0;
    if (size !== undefined && weight <= bound) throw new Error(`${String(key)} weighs ${weight}, and was refused`);
    this.#replaced.delete(key);
    this.refused++;
  }

  #remove({ key, value, cause }: Extract<CacheEvent<unknown, number>, { cause: unknown }>, at: number): void {
    const entry = this.entries.get(key);
    const name = `${String(key)} (${cause})`;
    if (!entry || entry.value !== value) throw new Error(`${name} left with ${value}, and had ${entry?.value}`);
    if (cause === "expired" && this.alive(key, at)) throw new Error(`${name} left too early`);
    if (cause === "evicted" && this.bounds.slack === 0 && !this.alive(key, at)) throw new Error(`${name} had expired`);
    if (cause === "evicted" && entry.pins.count > 0) throw new Error(`${name} is pinned`);
    if (cause === "replaced") this.#replaced.set(key, entry);
    this.entries.delete(key);
    this.removed++;
  }

  /** Somebody needed the room: the next value that was stored, or else a bound that had shrunk or was exceeded. */
  #checkEviction(victim: unknown, rest: readonly Happening[]): void {
    const { size, weight: bound } = this.bounds;
    if (size === undefined) return;
    const next = rest.find(({ event }) => event.type === "set" || event.type === "refusal")?.event;
    const key = next?.key;
    const incoming = next?.type === "set" ? (this.#writes.get(next.value)?.weight ?? 0) : 0;
    const old = next && this.entries.get(key);
    const isNew = next?.type === "set" && !old;
    const isTooMany = this.entries.size + (isNew ? 1 : 0) > size;
    const isTooHeavy = this.weight - (next && old ? old.weight : 0) + incoming > bound;
    // An overwrite first replaces, and a bound may have been exceeded before it.
    if (!isTooMany && !isTooHeavy && this.weight <= bound) throw new Error(`${String(victim)} was evicted needlessly`);
  }
}
