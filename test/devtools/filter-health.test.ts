import { Cache, type CacheOptions, cuckoo, type Metrics } from "macho-cache";
import { describe, expect, test } from "vitest";
import { ALMOST, filterHealth, filterVerdict } from "../../src/devtools/panel/filter-health.ts";
import { createSource } from "../../src/devtools/source.ts";
import { metricsWith } from "./fake-source.ts";

function filtered(answered: number, mistakes: number, filter: string | null = "bloom"): Metrics {
  const base = metricsWith({});
  const options = { ...base.options, filter, probability: 0.01 };
  return { ...base, options, filterRejections: answered, falsePositives: mistakes };
}

describe("the health of a filter", () => {
  test("is not there without one", () => {
    expect(filterHealth(filtered(0, 0, null), [])).toBeUndefined();
  });

  test("is the rate in all questions for absent keys, beside the planned one", () => {
    const health = filterHealth(filtered(990, 10), [0.2, 0.4, undefined])!;
    expect(health).toMatchObject({ answered: 990, mistakes: 10, rate: 0.01, planned: 0.01, isAsPlanned: true });
    expect(health.fill).toBeCloseTo(0.3);
  });

  test.each([
    [0, 0, 0.1, "No absent key was asked for yet."],
    [990, 10, 0.1, "Works as planned."],
    // Three standard errors of 1,000 questions: 9.4 more.
    [981, 19, 0.1, "Works as planned."],
    [980, 20, 0.1, "Lets through more than planned."],
    [990, 10, ALMOST / 2, "Works as planned; almost full."],
    [990, 10, ALMOST / 2 - 0.01, "Works as planned."],
  ])("with %d answered, %d let through and a fill of %d reads: %s", (answered, mistakes, fill, words) => {
    expect(filterVerdict(filterHealth(filtered(answered, mistakes), [fill])!)).toBe(words);
  });

  test.each<[string, CacheOptions<string, number>, number]>([
    ["bloom", { bloom: true }, 0.5],
    ["cuckoo", { filter: cuckoo() }, 0.95],
  ])("of a real cache with %s is as planned, and fills up to what it is made for", (name, option, most) => {
    const cache = new Cache<string, number>({ maxCacheSize: 2_048, shardCount: 2, ...option });
    const health = (): ReturnType<typeof filterHealth> =>
      filterHealth(
        cache.metrics,
        createSource(cache)
          .parts()!
          .stores.map(({ filterFill }) => filterFill),
      );
    expect(health()).toMatchObject({ name, fill: undefined });
    for (let id = 0; id < 40; id++) cache.set(`key ${id}`, id);
    const some = health()!.fill!;
    for (let id = 0; id < 2_000; id++) cache.set(`key ${id}`, id);
    for (let id = 0; id < 5_000; id++) cache.get(`absent ${id}`);
    const { fill, isAsPlanned, rate } = health()!;
    expect(some).toBeGreaterThan(0);
    expect(fill!).toBeGreaterThan(0.4);
    // Half of the bits on average: by chance some more.
    expect(fill!).toBeLessThan(1.03 * most);
    expect(isAsPlanned).toBe(true);
    expect(rate).toBeLessThan(0.02);
    for (let id = 0; id < 2_000; id++) cache.delete(`key ${id}`);
    expect(health()!.fill).toBe(0);
  });
});
