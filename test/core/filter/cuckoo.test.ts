import "../../support/fixed-seeds.ts";
import fc from "fast-check";
import { CuckooFilter, MachoOptionError } from "macho-cache";
import { describe, expect, test } from "vitest";
import { CuckooCells, cuckoo } from "../../../src/core/filter/cuckoo.ts";
import { atMost, FILTER_KEYS } from "../../support/filter-keys.ts";

/** Fills 95% of 4,096 buckets. */
const CAPACITY = Math.floor(0.95 * 4 * 4_096);
const PROBES = 200_000;

describe.each([1e-2, 1e-3, 1e-4])("at a rate of %d", (probability) => {
  test.each(Object.keys(FILTER_KEYS))(
    "holds it for %s keys at a load of 95%%, after ten times the capacity has passed through",
    (kind) => {
      const key = FILTER_KEYS[kind] ?? String;
      const filter = new CuckooFilter({ capacity: CAPACITY, probability });
      let failed = 0;
      for (let index = 0; index < 11 * CAPACITY; index++) {
        if (index >= CAPACITY && !filter.delete(key(index - CAPACITY))) failed++;
        if (!filter.add(key(index))) failed++;
      }
      expect(failed).toBe(0);
      let denied = 0;
      for (let index = 10 * CAPACITY; index < 11 * CAPACITY; index++) if (!filter.has(key(index))) denied++;
      expect(denied).toBe(0);
      let wrong = 0;
      for (let index = 0; index < PROBES; index++) if (filter.has(key(20 * CAPACITY + index))) wrong++;
      expect(wrong).toBeLessThanOrEqual(atMost(probability, PROBES));
    },
  );
});

describe("a cuckoo filter", () => {
  test("denies nothing that is in it after two million additions and removals at a load of 95%", () => {
    const filter = new CuckooFilter<number>({ capacity: CAPACITY });
    const keys = Array.from({ length: CAPACITY }, (_, key) => key);
    expect(keys.filter((key) => !filter.add(key))).toEqual([]);
    let next = CAPACITY;
    let seed = 1;
    let failures = 0;
    for (let turn = 0; turn < 1_000_000; turn++) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const place = seed % CAPACITY;
      if (!filter.delete(keys[place]!)) failures++;
      keys[place] = next++;
      if (!filter.add(keys[place])) failures++;
      if (turn % 100_000 === 0) expect(keys.filter((key) => !filter.has(key))).toEqual([]);
    }
    expect(failures).toBe(0);
    expect(keys.filter((key) => !filter.has(key))).toEqual([]);
    expect(keys.filter((key) => !filter.delete(key))).toEqual([]);
    // Nothing is left: a fingerprint that was lost or doubled on the way would be.
    expect(Array.from({ length: 50_000 }, (_, key) => filter.has(key))).not.toContain(true);
  });

  test("says that it is full, and has not changed then: whatever was added before is there, and goes again", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.nat(200), { maxLength: 300, size: "max" }),
        (capacity, keys) => {
          const filter = new CuckooFilter<number>({ capacity });
          const added: number[] = [];
          for (const key of keys) {
            if (filter.add(key)) added.push(key);
            expect(added.filter((each) => !filter.has(each))).toEqual([]);
          }
          for (const key of added) expect(filter.delete(key)).toBe(true);
          expect(Array.from({ length: 201 }, (_, key) => filter.has(key))).not.toContain(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("takes a key eight times, and then says that there is no room", () => {
    const filter = new CuckooFilter({ capacity: 1_000 });
    expect(Array.from({ length: 9 }, () => filter.add("a"))).toEqual([...Array.from({ length: 8 }, () => true), false]);
    expect(filter.add("b")).toBe(true);
    for (let times = 0; times < 8; times++) expect(filter.delete("a")).toBe(true);
    expect([filter.has("a"), filter.delete("a"), filter.has("b")]).toEqual([false, false, true]);
  });

  test("denies nothing under any additions and removals", () => {
    const key = fc.oneof(fc.nat(30), fc.nat(30).map(String), fc.constant(-0), fc.constant(Number.NaN));
    fc.assert(
      fc.property(
        fc.array(fc.record({ add: fc.boolean(), key }), { maxLength: 300, size: "max" }),
        fc.integer({ min: 62, max: 300 }),
        fc.constantFrom(0.4, 0.01, 1e-9 * 3),
        (operations, capacity, probability) => {
          const filter = new CuckooFilter({ capacity, probability });
          const model = new Set<unknown>();
          for (const { add, key: each } of operations) {
            if (add && !model.has(each)) expect(filter.add(each)).toBe(true);
            if (!add && model.has(each)) expect(filter.delete(each)).toBe(true);
            if (add) model.add(each);
            else model.delete(each);
            for (const present of model) if (!filter.has(present)) expect.fail(`denied ${String(present)}`);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test("nearly never refuses a key up to its capacity, however small that is", () => {
    let refused = 0;
    for (let capacity = 1; capacity <= 1_200; capacity += 1 + Math.floor(capacity / 20)) {
      const filter = new CuckooFilter({ capacity });
      for (let key = 0; key < capacity; key++) if (!filter.add(`${capacity}:${key}`)) refused++;
    }
    expect(refused).toBeLessThanOrEqual(1);
  });

  test("takes 10.5 to 21 bits a key at a rate of 0.01, and says so", () => {
    for (let capacity = 1_000; capacity < 100_000; capacity = Math.floor(1.3 * capacity)) {
      const bits = (8 * new CuckooFilter({ capacity }).byteLength) / capacity;
      expect(bits).toBeGreaterThan(10);
      expect(bits).toBeLessThan(21);
    }
  });

  test("tells 1 from '1', takes -0 as 0, and objects by identity; clear forgets all", () => {
    const filter = new CuckooFilter<unknown>({ capacity: 100, probability: 1e-8 });
    const object = {};
    for (const key of [1, 0, object, "a", true, null]) filter.add(key);
    expect([1, -0, object, "a", true, null].map((key) => filter.has(key))).not.toContain(false);
    expect(["1", 1n, {}, "A", "true", undefined, "null"].map((key) => filter.has(key))).not.toContain(true);
    filter.clear();
    expect([filter.has(1), filter.delete(1)]).toEqual([false, false]);
  });

  test("names what is wrong with its options, among them more keys than it could hold", () => {
    for (const options of [
      {},
      { capacity: 0 },
      { capacity: 1.5 },
      { capacity: 5, probability: 1 },
      { capacity: 5, probability: 1e-12 },
      { capacity: 5, rate: 1 },
      { capacity: 2 ** 32 },
      { capacity: 2 ** 53 },
      { capacity: 1e300 },
    ]) {
      expect(() => new CuckooFilter(options as never)).toThrow(MachoOptionError);
    }
    expect(() => new CuckooFilter({ capacity: 1e9 })).toThrow(
      /^capacity must be at most 255013683 at a probability of 0\.01/,
    );
  });
});

describe("the cells of a shard", () => {
  test("keep what finds no room: hashes that are alike are all there, and go one by one", () => {
    const cells = cuckoo().create(1_000, 0.01);
    const plain = new CuckooCells(1_000, 0.01);
    for (let times = 0; times < 30; times++) cells.add(7, 9);
    for (let times = 0; times < 30; times++) cells.add(7, 10);
    expect(Array.from({ length: 9 }, () => plain.add(7, 9)).at(-1)).toBe(false);
    for (let times = 0; times < 30; times++) {
      expect([cells.has(7, 9), cells.has(7, 10)]).toEqual([true, true]);
      cells.remove(7, 9);
    }
    for (let times = 0; times < 30; times++) {
      expect(cells.has(7, 10)).toBe(true);
      cells.remove(7, 10);
    }
    expect([cells.has(7, 9), cells.has(7, 10)]).toEqual([false, false]);
  });
});
