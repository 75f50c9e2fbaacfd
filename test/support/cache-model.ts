import type { CacheEvent, RemovalCause } from "macho-cache";

interface ModelEntry {
  value: number;
  deadline: number;
  pins: number;
}

/**
 * The slow, obvious cache: a Map for the order of insertion and an array for the order of the policy.
 * It does not remove anything by itself: it follows the removals that the real cache tells, and checks that each
 * was due, so that the moment of a sweep stays the real cache's own.
 */
export class CacheModel {
  readonly entries = new Map<string, ModelEntry>();
  /** Keys without pins, the next victim first. */
  order: string[] = [];
  sets = 0;
  hits = 0;
  misses = 0;
  readonly removals: Record<RemovalCause, number> = { evicted: 0, expired: 0, replaced: 0, deleted: 0, cleared: 0 };
  now = 0;
  /** What the running operation may remove besides what has expired. */
  allowed: { cause: RemovalCause; keys: Set<string> } = { cause: "deleted", keys: new Set() };
  #capacity: number;
  #strategy: "lru" | "fifo" | "random";

  constructor(capacity: number, strategy: "lru" | "fifo" | "random") {
    this.#capacity = capacity;
    this.#strategy = strategy;
  }

  get stored(): string[] {
    return [...this.entries.keys()];
  }

  alive(key: string): ModelEntry | undefined {
    const entry = this.entries.get(key);
    return entry && entry.deadline > this.now ? entry : undefined;
  }

  touch(key: string): void {
    if (this.#strategy !== "lru" || !this.order.includes(key)) return;
    this.order = [...this.order.filter((each) => each !== key), key];
  }

  /** Follows one event of the real cache. Throws when it was not due. */
  hear(event: CacheEvent<string, number>, written: { deadline: number }): void {
    if (event.type === "set") return this.#stored(event.key, event.value, written.deadline);
    if (event.type !== "removal") throw new Error(`${event.key} was refused without a bound on weight`);
    const entry = this.entries.get(event.key);
    if (entry?.value !== event.value) throw new Error(`${event.key} was told with a value that it did not have`);
    this.removals[event.cause]++;
    if (event.cause === "replaced") return this.#checkAllowed(event.cause, event.key);
    if (event.cause === "expired" && entry.deadline > this.now) throw new Error(`${event.key} expired too early`);
    if (event.cause === "evicted") this.#checkVictim(event.key, entry);
    if (event.cause === "deleted" || event.cause === "cleared") this.#checkAllowed(event.cause, event.key);
    this.entries.delete(event.key);
    this.order = this.order.filter((each) => each !== event.key);
  }

  #stored(key: string, value: number, deadline: number): void {
    this.sets++;
    const entry = this.entries.get(key);
    if (entry) {
      entry.value = value;
      entry.deadline = deadline;
      this.touch(key);
    } else {
      this.entries.set(key, { value, deadline, pins: 0 });
      this.order.push(key);
    }
  }

  #checkVictim(key: string, entry: ModelEntry): void {
    if (this.entries.size < this.#capacity) throw new Error(`${key} was evicted although there was room`);
    if (entry.deadline <= this.now) throw new Error(`${key} had expired, and was told as evicted`);
    if (entry.pins > 0) throw new Error(`${key} was evicted although it was pinned`);
    if (this.#strategy !== "random" && this.order[0] !== key) {
      throw new Error(`${key} was evicted, and ${this.order[0]} was next`);
    }
  }

  #checkAllowed(cause: RemovalCause, key: string): void {
    if (this.allowed.cause !== cause || !this.allowed.keys.has(key)) throw new Error(`nobody asked: ${cause} ${key}`);
  }
}
