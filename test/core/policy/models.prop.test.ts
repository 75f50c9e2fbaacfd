import fc from "fast-check";
import { Cache, exportCache } from "macho-cache";
import { allPolicies, lfu } from "macho-cache/policies";
import { expect, test } from "vitest";
import { POLICY_MODELS, type PolicyModel } from "../../support/policy-models.ts";
import { missesOf, SYNTHETIC } from "../../support/traces.ts";

const keys = fc.nat(25);
const operation = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant("ask" as const), key: keys }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("overwrite" as const), key: keys }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), key: keys }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("repin" as const), key: keys }) },
);

/** What the model keeps, driven as the cache drives a policy. */
class Kept {
  readonly keys = new Set<number>();
  #model: PolicyModel;
  #capacity: number;

  constructor(model: PolicyModel, capacity: number) {
    this.#model = model;
    this.#capacity = capacity;
  }

  touch(key: number): void {
    if (this.keys.has(key)) this.#model.hit(key);
    else this.#add(key);
  }

  delete(key: number): void {
    if (this.keys.delete(key)) this.#model.remove(key, false);
  }

  /** Pinned, and let go: a new entry to the policy. */
  repin(key: number): void {
    if (!this.keys.has(key)) return;
    this.#model.remove(key, false);
    this.#model.add(key);
  }

  #add(key: number): void {
    this.#model.expect(key);
    if (this.keys.size >= this.#capacity) {
      const victim = this.#model.victim();
      this.keys.delete(victim);
      this.#model.remove(victim, true);
    }
    this.keys.add(key);
    this.#model.add(key);
  }
}

test.each(Object.keys(POLICY_MODELS) as (keyof typeof POLICY_MODELS)[])(
  "%s keeps what an obvious model keeps, after any reads, writes, deletions and pins",
  (name) => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 3, 4, 5, 8, 10, 20),
        fc.array(operation, { maxLength: 400, size: "max" }),
        (maxCacheSize, operations) => {
          const cache = new Cache<number, number>({ maxCacheSize, strategy: allPolicies[name]() });
          const kept = new Kept(POLICY_MODELS[name](maxCacheSize), maxCacheSize);
          for (const next of operations) {
            const isThere = kept.keys.has(next.key);
            if (next.do === "ask") {
              if (cache.get(next.key) === undefined) cache.set(next.key, next.key);
              kept.touch(next.key);
            } else if (next.do === "overwrite") {
              cache.set(next.key, next.key);
              // To fifo an overwrite is nothing, as a read is.
              kept.touch(next.key);
            } else if (next.do === "delete") {
              expect(cache.delete(next.key)).toBe(isThere);
              kept.delete(next.key);
            } else {
              cache.pin(next.key)?.();
              kept.repin(next.key);
            }
            expect(new Set(cache.keys())).toEqual(kept.keys);
          }
        },
      ),
      { numRuns: 150 },
    );
  },
);

test("the order of export is the order of eviction, for policies that settle it beforehand", () => {
  for (const name of ["lru", "fifo", "lfu", "mfu", "sieve", "clock", "slru"] as const) {
    fc.assert(
      fc.property(fc.constantFrom(1, 3, 8), fc.array(keys, { maxLength: 80, size: "max" }), (maxCacheSize, asked) => {
        const evicted: number[] = [];
        const cache = new Cache<number, number>({
          maxCacheSize,
          strategy: allPolicies[name](),
          onRemoval: (gone, _value, cause) => void (cause === "evicted" && evicted.push(gone)),
        });
        for (const each of asked) if (cache.get(each) === undefined) cache.set(each, each);
        evicted.length = 0;
        const order = exportCache(cache).entries.map((entry) => entry.key);
        // Smaller by one each time, so that nothing new is added on the way.
        for (let size = cache.size - 1; size >= 1; size--) cache.resize(size);
        expect([name, evicted]).toEqual([name, order.slice(0, evicted.length)]);
      }),
      { numRuns: 60 },
    );
  }
});

test("lfu with ageing follows a load that changes, and without it does not", () => {
  const trace = SYNTHETIC.drift();
  const [plain, ageing, recent] = [lfu(), lfu({ halveEvery: 10 }), "lru" as const].map((strategy) =>
    missesOf(trace, { maxCacheSize: 1_000, strategy }),
  );
  expect(plain).toBe(177_030);
  expect(ageing).toBeLessThan(plain! - 50_000);
  expect(ageing).toBeLessThan(recent! * 1.5);
});

test.each([
  ["lfu", "halveEvery", [0, -1, Number.NaN, "10", null]],
  ["clock", "maxHits", [0, 1.5, 256, Number.NaN, "1"]],
  ["slru", "protectedShare", [0, 1, -0.1, Number.NaN, "0.8"]],
  ["tinylfu", "windowShare", [0, 1, Number.NaN, null]],
  ["tinylfu", "frequency", [null, 5, {}]],
  ["lfu", "ageing", [true]],
] as const)("%s: a bad %s is an error that names it", (name, option, values) => {
  for (const got of values) {
    const make = (): unknown => allPolicies[name]({ [option]: got });
    expect(make).toThrow(expect.objectContaining({ name: "MachoOptionError", option, got }));
  }
});
