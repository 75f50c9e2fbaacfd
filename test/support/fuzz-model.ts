import type { CacheEvent } from "macho-cache";

interface FuzzEntry {
  readonly value: number;
  readonly written: number;
  readonly ttl: number;
  touched: number;
  readonly weight: number;
}

/** What a write was made with. */
export interface FuzzWrite {
  readonly ttl: number;
  readonly keepTtl: boolean;
  weigh(value: number): number;
}

/**
 * What a cache with any options must hold, told by its events: which value of a key is the last, when it expires, what
 * it weighs. Which entry is evicted is the policy's business; that it was there, and is gone, is checked here.
 */
export class FuzzModel {
  readonly entries = new Map<number, FuzzEntry>();
  stored = 0;
  removed = 0;
  refused = 0;
  failure: string | undefined;
  #now: () => number;
  #timeToIdle: number;
  #write: FuzzWrite = { ttl: Infinity, keepTtl: false, weigh: () => 0 };
  /** The deadlines of values that are being replaced. */
  #replaced = new Map<number, number>();

  constructor(now: () => number, timeToIdle: number) {
    this.#now = now;
    this.#timeToIdle = timeToIdle;
  }

  /** The next sets are of this kind. */
  expect(write: FuzzWrite): void {
    this.#write = write;
    this.#replaced.clear();
  }

  hear(event: CacheEvent<number, number>): void {
    if (event.type === "failure") return;
    const { key, value } = event;
    if (event.type === "refusal") {
      this.refused++;
      this.#replaced.delete(key);
    } else if (event.type === "set") this.#stored(key, value);
    else {
      const entry = this.entries.get(key);
      this.removed++;
      if (entry?.value !== value) this.failure ??= `${key} left with ${value}, and had ${entry?.value}`;
      else if (event.cause === "expired" && this.alive(key)) this.failure ??= `${key} expired too early`;
      else if (event.cause === "evicted" && !this.alive(key)) this.failure ??= `${key} was evicted, and had expired`;
      if (event.cause === "replaced" && entry) this.#replaced.set(key, entry.written + entry.ttl);
      this.entries.delete(key);
    }
  }

  alive(key: number): FuzzEntry | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    return Math.min(entry.written + entry.ttl, entry.touched + this.#timeToIdle) > this.#now() ? entry : undefined;
  }

  touch(key: number): void {
    const entry = this.alive(key);
    if (entry) entry.touched = this.#now();
  }

  get weight(): number {
    return [...this.entries.values()].reduce((sum, { weight }) => sum + weight, 0);
  }

  #stored(key: number, value: number): void {
    const now = this.#now();
    this.stored++;
    if (this.entries.has(key)) this.failure ??= `${key} was stored, and its older value did not leave`;
    const deadline = this.#write.keepTtl ? this.#replaced.get(key) : undefined;
    this.#replaced.delete(key);
    const ttl = deadline === undefined ? this.#write.ttl : deadline - now;
    this.entries.set(key, { value, written: now, ttl, touched: now, weight: this.#write.weigh(value) });
  }
}
