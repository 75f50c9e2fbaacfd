import "../../support/fixed-seeds.ts";
import fc from "fast-check";
import { BloomFilter, MachoOptionError } from "macho-cache";
import { describe, expect, test } from "vitest";
import { atMost, FILTER_KEYS } from "../../support/filter-keys.ts";

const CAPACITY = 10_000;
const PROBES = 200_000;

describe.each([1e-2, 1e-3, 1e-4])("at a rate of %d", (probability) => {
  test.each(Object.keys(FILTER_KEYS))(
    "holds it for %s keys when full, after ten times the capacity has passed through",
    (kind) => {
      const key = FILTER_KEYS[kind] ?? String;
      const filter = new BloomFilter({ capacity: CAPACITY, probability });
      for (let index = 0; index < 11 * CAPACITY; index++) {
        filter.add(key(index));
        if (index >= CAPACITY) filter.delete(key(index - CAPACITY));
      }
      let denied = 0;
      for (let index = 10 * CAPACITY; index < 11 * CAPACITY; index++) if (!filter.has(key(index))) denied++;
      expect(denied).toBe(0);
      let wrong = 0;
      for (let index = 0; index < PROBES; index++) if (filter.has(key(20 * CAPACITY + index))) wrong++;
      expect(wrong).toBeLessThanOrEqual(atMost(probability, PROBES));
    },
  );
});

describe("a Bloom filter", () => {
  test("never denies what is in it, whatever was added and removed before", () => {
    const operation = fc.record({
      add: fc.boolean(),
      key: fc.oneof(fc.nat(30), fc.nat(30).map(String), fc.constant(-0), fc.constant(Number.NaN)),
    });
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 300, size: "max" }),
        fc.integer({ min: 1, max: 40 }),
        (operations, capacity) => {
          const filter = new BloomFilter({ capacity });
          const model = new Set<unknown>();
          for (const { add, key } of operations) {
            if (add && !model.has(key)) filter.add(key);
            if (!add && model.has(key)) filter.delete(key);
            if (add) model.add(key);
            else model.delete(key);
            for (const each of model) if (!filter.has(each)) expect.fail(`denied ${String(each)}`);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test("tells 1 from '1', takes -0 as 0, and objects by identity", () => {
    const filter = new BloomFilter({ capacity: 100, probability: 1e-9 });
    const object = {};
    filter.add(1).add(0).add(object).add("a").add(true).add(null);
    expect([1, -0, object, "a", true, null].map((key) => filter.has(key))).not.toContain(false);
    expect(["1", 1n, {}, "A", "true", undefined, "null"].map((key) => filter.has(key))).not.toContain(true);
    filter.clear();
    expect(filter.has(1)).toBe(false);
    expect(filter.delete(1)).toBe(false);
  });

  test("takes about 4.9 bytes a key at a rate of 0.01, and says so", () => {
    const { byteLength } = new BloomFilter({ capacity: 100_000 });
    expect(byteLength / 100_000).toBeCloseTo(4.9, 1);
  });

  test("names what is wrong with its options, among them more keys than it could hold", () => {
    for (const options of [
      {},
      { capacity: 0 },
      { capacity: 1.5 },
      { capacity: 2 ** 32 },
      { capacity: 2 ** 53 },
      { capacity: 1e300 },
      { capacity: 5e6, probability: 1e-300 },
      { capacity: 5, probability: 1 },
      { capacity: 5, rate: 1 },
    ]) {
      expect(() => new BloomFilter(options as never)).toThrow(MachoOptionError);
    }
    expect(() => new BloomFilter({ capacity: 2 ** 28 })).toThrow(
      /^capacity must be at most 219033704 at a probability of 0\.01, got 268435456\. Pass \{ capacity: 219033704 \}\. \[invalid-option\]$/,
    );
  });
});
