import { Cache, type CacheOptions, exportCache } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { record } from "macho-cache/simulate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SEED } from "../../src/core/internal.ts";
import { ManualClock } from "../support/manual-clock.ts";

const step = fc.record({
  type: fc.constantFrom("get", "get", "get", "set", "set", "delete", "peek", "wait", "clear", "record", "stop", "read"),
  key: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom("a", "b", Symbol.iterator, Number.NaN, -0)),
  number: fc.integer({ min: 1, max: 30 }),
});
const options = fc.record({
  maxCacheSize: fc.integer({ min: 2, max: 8 }),
  shardCount: fc.constantFrom(1, 2),
  ttl: fc.constantFrom(20, 50, Infinity),
  timeToIdle: fc.constantFrom(15, Infinity),
  strategy: fc.constantFrom(...Object.values(allPolicies)).map((policy) => policy()),
});

/** A counter in the place of chance. */
const draws = (): (() => number) => {
  let next = 0;
  return () => (next = (next + 0.381) % 1);
};

test("a cache that is recorded, by however many, does what one does that is not", () => {
  const property = fc.property(options, fc.array(step, { maxLength: 200, size: "max" }), (all, steps) => {
    const [one, other] = [new ManualClock(), new ManualClock()].map((clock) => {
      const cache = new Cache<unknown, number>({ ...all, clock, random: draws(), [SEED]: 5 } as CacheOptions<
        unknown,
        number
      >);
      return { clock, cache };
    }) as [
      { clock: ManualClock; cache: Cache<unknown, number> },
      { clock: ManualClock; cache: Cache<unknown, number> },
    ];
    const recordings = [record(one.cache, { size: 7 })];
    for (const { type, key, number } of steps) {
      if (type === "record") recordings.push(record(one.cache, { size: number, sampleRate: 0.5 }));
      else if (type === "stop") recordings[number % recordings.length]!.stop();
      else if (type === "read") recordings[number % recordings.length]!.read();
      else {
        const [mine, theirs] = [one, other].map(({ cache, clock }) => {
          if (type === "get") return cache.get(key);
          if (type === "peek") return cache.peek(key);
          if (type === "delete") return cache.delete(key);
          if (type === "set") return cache.set(key, number, number % 3 === 0 ? { ttl: number } : {}).size;
          if (type === "clear") return cache.clear();
          return clock.advance(number);
        });
        expect(mine).toEqual(theirs);
      }
    }
    expect(one.cache.metrics).toEqual(other.cache.metrics);
    expect(exportCache(one.cache)).toEqual(exportCache(other.cache));
    expect(one.clock.timers.map(({ at }) => at)).toEqual(other.clock.timers.map(({ at }) => at));
  });
  fc.assert(property, { numRuns: 300, endOnFailure: true });
});
