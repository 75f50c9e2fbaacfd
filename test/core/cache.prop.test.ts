import fc from "fast-check";
import { Cache, type CacheEvent, LruCache } from "macho-cache";
import { expect, test } from "vitest";
import { CacheModel } from "../support/cache-model.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** Few keys meet often; many fill more slots than one write sweeps. */
const key = fc.oneof(fc.nat(5), fc.nat(40)).map((index) => `key:${index}`);
const ttl = fc.constantFrom(1, 5, 20, 1_500, 20_000, Infinity, undefined);

const operation = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant("set" as const), key, ttl }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant("get" as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("peek" as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), key }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("pin" as const), key }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("unpin" as const), index: fc.nat(4) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 4, 19, 1_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("work" as const), ms: fc.constantFrom(1, 30, 2_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("sleep" as const), ms: fc.constantFrom(1_500, 30_000) }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom({ do: "lose" as const }, { do: "refuse" as const }, { do: "allow" as const }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: "purge" as const }, { do: "clear" as const }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** The small core, or a `Cache` with a policy. */
type Subject = "LruCache" | "lru" | "fifo" | "random";

/** A real cache and its model, which hears every event at once. */
class Pair {
  readonly clock = new ManualClock();
  readonly model: CacheModel;
  readonly cache: Cache<string, number> | LruCache<string, number>;
  #undo: { key: string; entry: object; run: () => void }[] = [];
  #written = { deadline: 0 };
  #values = 0;
  #slept = 0;
  #wasLost = false;

  #maxCacheSize: number;

  constructor(maxCacheSize: number, subject: Subject, random: () => number) {
    const strategy = subject === "LruCache" ? "lru" : subject;
    const options = { maxCacheSize, ttl: 50, clock: this.clock };
    this.#maxCacheSize = maxCacheSize;
    this.model = new CacheModel(maxCacheSize, strategy);
    this.cache = subject === "LruCache" ? new LruCache(options) : new Cache({ ...options, strategy, random });
    this.cache.subscribe((event) => this.#hear(event));
  }

  failure: unknown;

  /** Time goes on while the machine sleeps. */
  #now(): number {
    return this.clock.now() + this.#slept;
  }

  #hear(event: CacheEvent<string, number>): void {
    // A listener's throw is reported elsewhere; the test wants it here.
    try {
      this.model.now = this.#now();
      this.model.hear(event, this.#written);
    } catch (error) {
      this.failure ??= error;
    }
  }

  run(next: Operation): void {
    const { cache, model, clock } = this;
    model.allowed = { cause: "deleted", keys: new Set() };
    switch (next.do) {
      case "set":
        model.allowed = { cause: "replaced", keys: new Set([next.key]) };
        this.#written = { deadline: this.#now() + (next.ttl ?? 50) };
        cache.set(next.key, this.#values++, next.ttl === undefined ? undefined : { ttl: next.ttl });
        return;
      case "get":
        return this.#get(next.key);
      case "peek":
        expect(cache.peek(next.key)).toBe(model.alive(next.key)?.value);
        return;
      case "delete":
        model.allowed = { cause: "deleted", keys: new Set([next.key]) };
        expect(model.alive(next.key) !== undefined).toBe(cache.has(next.key));
        expect(cache.delete(next.key)).toBe(model.removals.deleted > this.#deleted);
        this.#deleted = model.removals.deleted;
        return;
      case "pin":
        return this.#pin(next.key);
      case "unpin":
        return this.#unpin(next.index);
      case "wait":
        clock.advance(next.ms);
        return;
      case "work":
        clock.busy(next.ms);
        return;
      case "sleep":
        clock.sleep(next.ms);
        this.#slept += next.ms;
        // Nobody told the model.
        model.now = this.#now();
        return;
      case "lose":
        this.#wasLost = true;
        return clock.lose();
      case "refuse":
        this.#wasLost = true;
        clock.refuses = true;
        return;
      case "allow":
        clock.refuses = false;
        return;
      case "purge": {
        const before = model.removals.expired;
        const purged = cache.purgeExpired();
        expect(purged).toBe(model.removals.expired - before);
        expect(cache.size).toBe([...model.entries.keys()].filter((each) => model.alive(each)).length);
        return;
      }
      case "clear":
        model.allowed = { cause: "cleared", keys: new Set(model.stored) };
        cache.clear();
        expect(cache.size).toBe(0);
    }
  }

  #deleted = 0;

  #get(asked: string): void {
    const expected = this.model.alive(asked);
    expect(this.cache.get(asked)).toBe(expected?.value);
    if (expected) this.model.hits++;
    else this.model.misses++;
    if (expected) this.model.touch(asked);
  }

  #pin(asked: string): void {
    const undo = this.cache.pin(asked);
    const entry = this.model.alive(asked);
    expect(undo !== undefined).toBe(entry !== undefined);
    if (!undo || !entry) return;
    entry.pins++;
    this.model.order = this.model.order.filter((each) => each !== asked);
    this.#undo.push({ key: asked, entry, run: undo });
  }

  #unpin(index: number): void {
    const [pin] = this.#undo.splice(index, 1);
    if (!pin) return;
    const entry = this.model.entries.get(pin.key);
    if (entry && entry === pin.entry && --entry.pins === 0) this.model.order.push(pin.key);
    pin.run();
    pin.run();
  }

  /** What holds after every operation. */
  check(): void {
    const { cache, model } = this;
    if (this.failure) throw this.failure;
    model.now = this.#now();
    const metrics = cache.metrics;
    expect([...cache]).toEqual(
      model.stored.filter((each) => model.alive(each)).map((each) => [each, model.entries.get(each)?.value]),
    );
    expect(metrics.size).toBe(model.entries.size);
    expect(metrics).toMatchObject({
      sets: model.sets,
      hits: model.hits,
      misses: model.misses,
      removals: model.removals,
    });
    const removed = Object.values(metrics.removals).reduce((sum, count) => sum + count, 0);
    expect(metrics.sets).toBe(metrics.size + removed);
    expect(metrics.overflow).toBe(Math.max(0, metrics.size - this.#maxCacheSize));
    const pinned = [...model.entries.values()].filter((entry) => entry.pins > 0).length;
    expect(metrics.overflow).toBeLessThanOrEqual(Math.max(0, pinned + 1 - this.#maxCacheSize));
    expect(this.clock.timers.length).toBeLessThanOrEqual(cache.size === 0 ? 0 : 1);
  }

  /**
   * Nobody reads any more: all that can expire leaves by itself, and no timer stays. Where the host lost a timer, one
   * write finds out first.
   */
  checkEnd(): void {
    this.clock.refuses = false;
    this.clock.advance(100_000);
    if (this.#wasLost) this.run({ do: "set", key: "key:0", ttl: Infinity });
    this.clock.advance(1);
    this.check();
    expect([...this.model.entries.values()].every(({ deadline }) => deadline === Infinity)).toBe(true);
    expect(this.clock.timers).toEqual([]);
  }
}

for (const subject of ["LruCache", "lru", "fifo", "random"] as const) {
  const name = subject === "LruCache" ? subject : `a Cache with ${subject}`;
  test(`${name} agrees with the model after any operations`, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3, 5, 12, 30),
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        fc.array(operation, { maxLength: 300, size: "max" }),
        (maxCacheSize, draws, operations) => {
          const pair = new Pair(maxCacheSize, subject, () => draws.next().value ?? 0);
          for (const next of operations) {
            pair.run(next);
            pair.check();
          }
          pair.checkEnd();
        },
      ),
      { numRuns: 150 },
    );
  });
}
