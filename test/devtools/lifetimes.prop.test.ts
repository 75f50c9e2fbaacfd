import fc from "fast-check";
import { Cache, LruCache } from "macho-cache";
import { describe, expect, test } from "vitest";
import { Ages, type Lifetime, MAX_AGES } from "../../src/devtools/ages.ts";
import { histogram } from "../../src/devtools/panel/histogram.ts";
import { countByCause, LIFE_CAUSES, lifetimesOf } from "../../src/devtools/panel/lifetimes.ts";
import { StoreLives } from "../../src/devtools/store-lives.ts";
import { Stories } from "../../src/devtools/stories.ts";
import { ManualTime } from "./fake-source.ts";

type Step = { do: "set" | "delete" | "clear" | "wait"; key: number };

const steps = fc.array(
  fc.record({ do: fc.constantFrom<Step["do"][]>("set", "set", "set", "delete", "wait", "clear"), key: fc.nat(12) }),
  { maxLength: 150, size: "max" },
);

function clockOf(time: ManualTime): { now: () => number; wallNow: () => number; schedule: () => () => void } {
  return { now: () => time.time - 1_000_000, wallNow: () => time.time, schedule: () => () => undefined };
}

/** As the devtools do. */
function follow(cache: Cache<string, number> | LruCache<string, number>, stories: Stories, now: () => number): void {
  cache.parts.stores.forEach((store, shard) => (store.recorder = new StoreLives(store as never, stories, now, shard)));
}

function apply(cache: Cache<string, number> | LruCache<string, number>, step: Step, time: ManualTime): void {
  if (step.do === "set") cache.set(`key ${step.key}`, step.key, { weight: step.key });
  else if (step.do === "delete") cache.delete(`key ${step.key}`);
  else if (step.do === "clear") cache.clear();
  else time.advance(7);
}

describe("ages that the panel saw", () => {
  test("follow what a cache remembers from before, and each shard has its own", () => {
    fc.assert(
      fc.property(steps, fc.nat(150), (todo, mounted) => {
        const time = new ManualTime();
        const cache = new Cache<string, number>({
          maxCacheSize: 6,
          maxWeight: 40,
          ttl: 40,
          shardCount: 3,
          clock: clockOf(time),
          exactClock: true,
        });
        const stories = new Stories(() => time.time);
        todo.forEach((step, index) => {
          if (index === mounted) follow(cache, stories, () => time.time);
          apply(cache, step, time);
        });
        const lifespans = cache.metricLifespan;
        const { all, shards } = lifetimesOf(lifespans, stories.ages.read());
        expect(all.map(({ age }) => age)).toEqual(lifespans?.values ?? []);
        expect(shards.map((shard) => shard.map(({ age }) => age))).toEqual(
          lifespans?.shards.map((shard) => shard?.values ?? []) ?? [],
        );
        cache.dispose();
      }),
    );
  });

  test("are kept for an LruCache, which remembers none, with the cause of each", () => {
    const time = new ManualTime();
    const cache = new LruCache<string, number>({ maxCacheSize: 2, ttl: Infinity, clock: clockOf(time) });
    const stories = new Stories(() => time.time);
    cache.set("unseen", 1);
    follow(cache, stories, () => time.time);
    cache.set("a", 1);
    time.advance(30);
    cache.set("a", 2);
    time.advance(5);
    cache.set("b", 1).set("c", 1).delete("c");
    // Nobody saw when the first one was written.
    expect(stories.ages.read()).toEqual([
      { age: 30, cause: "replaced", shard: 0 },
      { age: 5, cause: "evicted", shard: 0 },
      { age: 0, cause: "deleted", shard: 0 },
    ]);
  });

  test("are a bounded number, the last ones", () => {
    const ages = new Ages();
    for (let age = 0; age < MAX_AGES + 10; age++) ages.record(age, "evicted", 0);
    expect(ages.read().map(({ age }) => age)).toEqual(Array.from({ length: MAX_AGES }, (_, index) => index + 10));
    expect(ages.read(2).map(({ age }) => age)).toEqual([MAX_AGES + 8, MAX_AGES + 9]);
    ages.clear();
    expect(ages.read()).toEqual([]);
  });
});

test("values are counted by cause in the bins of their histogram", () => {
  const lifetime = fc.record({
    age: fc.double({ min: 0, max: 1e6, noNaN: true }),
    cause: fc.constantFrom(...LIFE_CAUSES),
    shard: fc.constant(0),
  });
  fc.assert(
    fc.property(fc.array(lifetime, { minLength: 1, maxLength: 80 }), fc.integer({ min: 10, max: 100 }), (all, many) => {
      const bins = histogram(
        all.map(({ age }) => age),
        many,
      );
      const counts = countByCause(bins, all, LIFE_CAUSES);
      counts.forEach((of, index) => expect(of.reduce((sum, each) => sum + each, 0)).toBe(bins[index]!.count));
      LIFE_CAUSES.forEach((cause, at) =>
        expect(counts.reduce((sum, of) => sum + of[at]!, 0)).toBe(
          all.filter((each: Lifetime) => each.cause === cause).length,
        ),
      );
    }),
  );
});
