import fc from "fast-check";
import { Cache, type CacheOptions } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { expect, test } from "vitest";
import { FuzzModel } from "../support/fuzz-model.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** Operations in all; `FUZZ_OPERATIONS=1000000` for the long run. */
const OPERATIONS = Number(process.env["FUZZ_OPERATIONS"] ?? 60_000);
const OPERATIONS_PER_CACHE = 250;

const key = fc.oneof(fc.nat(6), fc.nat(60));
const ttls = fc.constantFrom(1, 20, 300, 5_000, Infinity);

const anyOptions = fc.record({
  maxCacheSize: fc.constantFrom(1, 2, 3, 7, 20, 50, Infinity),
  maxWeight: fc.constantFrom(1, 5, 30, 200, Infinity),
  weighs: fc.boolean(),
  ttl: ttls,
  timeToIdle: fc.constantFrom(15, 400, Infinity, Infinity),
  keepTtl: fc.boolean(),
  shardCount: fc.constantFrom(1, 1, 2, 5),
  bloom: fc.boolean(),
  strategy: fc.constantFrom(...Object.values(allPolicies)),
});

const operation = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant("set" as const), key }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("setWith" as const),
      key,
      ttl: ttls,
      keepTtl: fc.boolean(),
      weight: fc.constantFrom(0, 1, 4, 31),
    }),
  },
  { weight: 20, arbitrary: fc.record({ do: fc.constant("get" as const), key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), key }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pin" as const), key }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("unpin" as const), index: fc.nat(3) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 19, 399) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("work" as const), ms: fc.constantFrom(1, 30, 6_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("resize" as const), size: fc.constantFrom(5, 6, 9, 40) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("setMany" as const), keys: fc.array(key, { maxLength: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("again" as const), key }) },
  { weight: 1, arbitrary: fc.constantFrom("import", "purge", "clear", "reset").map((name) => ({ do: name })) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;
type Options = typeof anyOptions extends fc.Arbitrary<infer T> ? T : never;

class Run {
  readonly clock = new ManualClock();
  readonly cache: Cache<number, number>;
  readonly model: FuzzModel;
  readonly isWeighed: boolean;
  #options: Options;
  #values = 0;
  #lookups = { hits: 0, misses: 0 };
  #counted = { stored: 0, removed: 0, size: 0 };
  #unpin: (() => void)[] = [];

  constructor(options: Options) {
    const { maxWeight, maxCacheSize, weighs, strategy, shardCount, ...rest } = options;
    this.isWeighed = maxWeight < Infinity;
    const size = maxCacheSize === Infinity && !this.isWeighed ? 50 : maxCacheSize;
    const made: CacheOptions<number, number> = {
      ...rest,
      maxCacheSize: size,
      strategy: strategy(),
      shardCount: Math.min(shardCount, size, maxWeight),
      clock: this.clock,
      ...(this.isWeighed && { maxWeight, ...(weighs && { weigher: weightOf }) }),
    };
    this.#options = options;
    this.cache = new Cache(Object.freeze(made));
    this.model = new FuzzModel(this.clock.now, options.timeToIdle);
    this.cache.subscribe((event) => this.model.hear(event));
  }

  run(next: Operation): void {
    const { cache, model, clock } = this;
    const asked = "key" in next ? next.key : 0;
    switch (next.do) {
      case "set":
        return void this.#expectWrite({}).set(asked, this.#next(asked));
      case "setWith": {
        const { ttl, keepTtl, weight } = next as { ttl: number; keepTtl: boolean; weight: number };
        const write = Object.freeze({ ttl, keepTtl, ...(this.isWeighed && { weight }) });
        return void this.#expectWrite(write).set(asked, this.#next(asked), write);
      }
      case "setMany": {
        const { keys } = next as { keys: number[] };
        return void this.#expectWrite({}).setMany(keys.map((each) => [each, this.#next(each)]));
      }
      case "get":
        return this.#get(asked);
      case "delete": {
        const wasThere = model.alive(asked) !== undefined;
        return expect(cache.delete(asked)).toBe(wasThere);
      }
      case "pin": {
        const undo = cache.pin(asked);
        if (undo) this.#unpin.push(undo);
        return;
      }
      case "unpin":
        return this.#unpin.splice((next as { index: number }).index, 1)[0]?.();
      case "wait":
        return clock.advance((next as { ms: number }).ms);
      case "work":
        return clock.busy((next as { ms: number }).ms);
      case "resize": {
        const { size } = next as { size: number };
        return cache.resize(size, this.isWeighed ? 3 * size : undefined);
      }
      case "again":
        return this.#reenter(asked);
      case "import":
        // Of itself: everything is there already.
        expect(cache.import(cache.export())).toBe(0);
        return;
      case "purge":
        cache.purgeExpired();
        expect(cache.size).toBe([...model.entries.keys()].filter((each) => model.alive(each)).length);
        return;
      case "clear":
        cache.clear();
        expect(cache.size).toBe(0);
        return;
      case "reset":
        cache.resetMetrics();
        this.#lookups = { hits: 0, misses: 0 };
        this.#counted = { stored: model.stored, removed: model.removed, size: cache.size };
    }
  }

  /** What holds after every operation. */
  check(): void {
    const { cache, model } = this;
    if (model.failure !== undefined) throw new Error(model.failure);
    const { metrics } = cache;
    const alive = [...model.entries].filter(([each]) => model.alive(each)).map(([each, { value }]) => [each, value]);
    expect(new Map(cache)).toEqual(new Map(alive as [number, number][]));
    expect(new Set(cache.export().entries.map((entry) => entry.key))).toEqual(new Set(cache.keys()));
    expect(metrics.size).toBe(model.entries.size);
    const removed = Object.values(metrics.removals).reduce((sum, count) => sum + count, 0);
    expect(metrics.sets).toBe(model.stored - this.#counted.stored);
    expect(removed).toBe(model.removed - this.#counted.removed);
    expect(metrics).toMatchObject(this.#lookups);
    expect(metrics.weight).toBe(this.isWeighed ? model.weight : 0);
    if (this.#unpin.length === 0) expect([metrics.overflow, metrics.weightOverflow]).toEqual([0, 0]);
    expect(metrics.capacity).toBe(metrics.options.maxCacheSize);
    expect(this.clock.timers.length).toBeLessThanOrEqual(cache.size === 0 ? 0 : 1);
  }

  checkEnd(): void {
    this.clock.advance(100_000);
    this.check();
    for (const [each, { ttl }] of this.model.entries) {
      expect([each, ttl === Infinity && this.#options.timeToIdle === Infinity]).toEqual([each, true]);
    }
    this.cache.dispose();
    expect([this.cache.size, this.clock.timers]).toEqual([0, []]);
  }

  #get(asked: number): void {
    const expected = this.model.alive(asked);
    this.model.touch(asked);
    this.#lookups[expected ? "hits" : "misses"]++;
    expect(this.cache.get(asked)).toBe(expected?.value);
  }

  /** A listener calls back into the cache, in the middle of an operation. */
  #reenter(asked: number): void {
    const { cache } = this;
    const stop = cache.subscribe(() => {
      stop();
      cache.delete(asked + 1);
      cache.pin(asked)?.();
      cache.purgeExpired();
    });
    this.#expectWrite({}).set(asked, this.#next(asked));
    stop();
  }

  #expectWrite(write: { ttl?: number; keepTtl?: boolean; weight?: number }): Cache<number, number> {
    const { ttl, keepTtl, weighs } = this.#options;
    const weigh = (value: number): number => write.weight ?? (weighs ? weightOf(value) : 1);
    this.model.expect({ ttl, keepTtl, ...write, weigh: this.isWeighed ? weigh : () => 0 });
    return this.cache;
  }

  #next(asked: number): number {
    return ++this.#values * 100 + asked;
  }
}

/** From 0 to 6. */
function weightOf(value: number): number {
  return Math.floor(value / 100) % 7;
}

test("a cache with any options holds what it must after any operations", () => {
  fc.assert(
    fc.property(
      anyOptions,
      fc.array(operation, { minLength: 20, maxLength: OPERATIONS_PER_CACHE, size: "max" }),
      (made, operations) => {
        const run = new Run(made);
        for (const next of operations) {
          run.run(next);
          run.check();
        }
        run.checkEnd();
      },
    ),
    { numRuns: Math.ceil((2 * OPERATIONS) / OPERATIONS_PER_CACHE) },
  );
}, 3_600_000);
