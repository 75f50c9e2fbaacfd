import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Cache } from "../../src/core/index.ts";
import { KeyIndex } from "../../src/core/key-index.ts";
import { Columns } from "../../src/core/lru/columns.ts";
import { storeSetup } from "../support/store-setup.ts";

const LEAST = -(2 ** 31);
const MOST = 2 ** 31 - 1;

/** Whole numbers that lie close together, far apart, evenly spaced, and at the ends of what the table takes. */
const whole = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: LEAST, max: MOST }),
  fc.integer({ min: 0, max: 200 }).map((index) => index * 65_536),
  fc.constantFrom(LEAST, MOST, -1, -0),
);
const other = fc.constantFrom<unknown>("1", "a", 1.5, 2 ** 31, LEAST - 1, NaN, Infinity, null, undefined, true);

type Step = { readonly do: "add" | "delete"; readonly key: unknown };
const steps = (key: fc.Arbitrary<unknown>): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ do: fc.constantFrom("add" as const, "add" as const, "delete" as const), key }), {
    maxLength: 400,
    size: "max",
  });

/** The index as a shard uses it, beside a `Map`. */
class Beside {
  readonly entries = new Columns<unknown, undefined>(storeSetup(), false);
  readonly index = new KeyIndex<unknown>(this.entries);
  readonly model = new Map<unknown, number>();

  run(step: Step): void {
    const slot = this.index.get(step.key) ?? 0;
    expect(slot).toBe(this.model.get(step.key) ?? 0);
    if (step.do === "add" && slot === 0) {
      const free = this.entries.take();
      this.index.set(step.key, free);
      this.entries.keys[free] = step.key;
      this.model.set(step.key, free);
    }
    if (step.do === "delete" && slot !== 0) {
      this.index.delete(step.key);
      this.entries.release(slot);
      this.model.delete(step.key);
    }
    expect(this.index.size).toBe(this.model.size);
  }

  check(): void {
    expect([...this.index.keys()]).toEqual([...this.model.keys()]);
    for (const [key, slot] of this.model) expect(this.index.get(key)).toBe(slot);
  }
}

describe("the index of a shard", () => {
  test("is a Map to whole numbers: look-ups, additions, removals and order", () => {
    fc.assert(
      fc.property(steps(whole), (all) => {
        const beside = new Beside();
        for (const step of all) beside.run(step);
        beside.check();
      }),
    );
  });

  test("is a Map to other keys as well, which come late, early or never", () => {
    const mixed = fc.oneof({ weight: 20, arbitrary: whole }, { weight: 1, arbitrary: other });
    fc.assert(
      fc.property(steps(mixed), (all) => {
        const beside = new Beside();
        for (const step of all) {
          const size = beside.index.size;
          beside.run(step);
          // From here on the keys are in a Map, if they were not before.
          if (typeof step.key !== "number" && beside.index.size > size) beside.check();
        }
        beside.check();
      }),
    );
  });

  test("keeps look-ups short: 100,000 keys of any even spacing are found within a few places each", () => {
    // A full turn over the table for each look-up would take minutes here.
    for (const spacing of [1, 2, 3, 7, 10, 64, 1_000, 4_096, 20_011]) {
      const { entries, index } = new Beside();
      for (let count = 0; count < 100_000; count++) {
        const slot = entries.take();
        index.set(count * spacing, slot);
        entries.keys[slot] = count * spacing;
      }
      let found = 0;
      for (let count = 0; count < 100_000; count++) if (index.get(count * spacing) === count + 1) found++;
      expect(found).toBe(100_000);
    }
  });
});

describe("iteration over whole numbers", () => {
  const filled = (): Cache<unknown, string> => {
    const cache = new Cache<unknown, string>({ maxCacheSize: 100 });
    for (const key of [5, 3, 9, -1]) cache.set(key, `value ${String(key)}`);
    return cache;
  };

  test("goes on over the keys that stay when another kind of key comes on the way", () => {
    const cache = filled();
    const seen: unknown[] = [];
    for (const key of cache.keys()) {
      seen.push(key);
      if (key === 3) cache.set("three", "value");
    }
    expect(seen).toEqual([5, 3, 9, -1]);
    expect([...cache.keys()]).toEqual([5, 3, 9, -1, "three"]);
  });

  test("leaves out what was removed, visits nothing twice, and does not wait for what was added", () => {
    const cache = filled();
    const seen: unknown[] = [];
    for (const key of cache.keys()) {
      seen.push(key);
      cache.delete(9);
      if (seen.length < 50) cache.set(100 + seen.length, "value");
    }
    expect(seen).toEqual([5, 3, -1]);
  });

  test("ends with a clear", () => {
    const cache = filled();
    const seen: unknown[] = [];
    for (const key of cache.keys()) {
      seen.push(key);
      cache.clear();
      cache.set(3, "anew");
    }
    expect(seen).toEqual([5]);
    expect([...cache.entries()]).toEqual([[3, "anew"]]);
  });

  test("says 0 for a key of -0, as a Map does", () => {
    const cache = new Cache<number, string>().set(-0, "zero");
    expect(Object.is([...cache.keys()][0], 0)).toBe(true);
    expect(cache.get(0)).toBe("zero");
  });
});
