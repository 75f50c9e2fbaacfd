import { Cache, MachoError, MachoOptionError } from "macho-cache";
import { describe, expect, test } from "vitest";

const bad: [string, unknown][] = [
  ...[0, -1, 1.5, NaN, Infinity, "10", null, 1n].map((got): [string, unknown] => ["maxCacheSize", got]),
  ...[0, -1, NaN, -Infinity, "1s", null].map((got): [string, unknown] => ["ttl", got]),
  ...["LRU", "", "__proto__", "constructor", null, 3, {}].map((got): [string, unknown] => ["strategy", got]),
  ...["f", null, {}].map((got): [string, unknown] => ["onRemoval", got]),
  ...[0, -1, Number.NaN, "1s", null].map((got): [string, unknown] => ["timeToIdle", got]),
  ...["yes", 1, null].map((got): [string, unknown] => ["keepTtl", got]),
  ...[0, -1, 1.5, Number.NaN, "5", null].map((got): [string, unknown] => ["maxWeight", got]),
  ...["f", null, {}, () => 1].map((got): [string, unknown] => ["weigher", got]),
  ...[0.5, null].map((got): [string, unknown] => ["random", got]),
  ...["yes", 1, null].map((got): [string, unknown] => ["exactClock", got]),
  ...["yes", 1, null].map((got): [string, unknown] => ["bloom", got]),
  ...[0, -1, 1.5, 101, Number.NaN, Infinity, "2", null].map((got): [string, unknown] => ["shardCount", got]),
  ...[null, 1, "cuckoo", {}, { name: "x" }, () => 1].map((got): [string, unknown] => ["filter", got]),
  ...[0, 1, -0.1, 2, Number.NaN, "0.5", null].map((got): [string, unknown] => ["probability", got]),
  ...[null, 1, {}, { now: 5 }].map((got): [string, unknown] => ["clock", got]),
];

describe("options", () => {
  test.each(bad)("%s: %s is an error that names the option, what was got and what to do", (option, got) => {
    let error: unknown;
    try {
      // The types forbid it; JavaScript does not.
      new Cache({ [option]: got });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MachoOptionError);
    expect(error).toMatchObject({ name: "MachoOptionError", code: "invalid-option", option, got });
    expect((error as Error).message).toMatch(
      new RegExp(`^${option}.* got .+\\. Pass \\{ .+ \\}\\. \\[invalid-option\\]$`, "s"),
    );
  });

  test("what comes with a prototype is not taken, and does not stand in for what is missing", () => {
    const inherited = { maxWeight: 5, clock: { now: () => 0 } };
    const options = (own: object): object => Object.assign(Object.create(inherited) as object, own);
    expect(() => new Cache(options({ maxCacheSize: Infinity }))).toThrow(/^maxCacheSize must be finite without/);
    const cache = new Cache(options({ maxCacheSize: 2 }));
    expect(cache.metrics.options).toMatchObject({ maxCacheSize: 2, maxWeight: Infinity, exactClock: false });
  });

  test("an unknown name is an error that lists the known ones", () => {
    const make = (): unknown => new Cache({ max: 5 } as never);
    expect(make).toThrow(
      /^max is not an option of Cache, got 5\. Known options: maxCacheSize, ttl, maxWeight, weigher, onRemoval, clock, exactClock, timeToIdle,/,
    );
  });

  test.each([null, 5, "lru", [1], () => 1])("%s instead of an object is an error", (options) => {
    expect(() => new Cache(options as never)).toThrow(MachoError);
  });

  test("a clock whose time is no number is an error of the first operation, as long as it gives none", () => {
    let time = NaN;
    const cache = new Cache<string, number>({ clock: { now: () => time } });
    for (const operation of [() => cache.get("a"), () => cache.set("a", 1), () => cache.get("a")]) {
      expect(operation).toThrow(/clock\.now\(\) must return a finite number, got NaN/);
    }
    expect(cache.metrics).toMatchObject({ gets: 0, sets: 0, size: 0, since: null });
    time = 5;
    expect(cache.set("a", 1).get("a")).toBe(1);
    // One that breaks later says nothing: what it said last stands.
    time = NaN;
    expect(cache.set("a", 2).get("a")).toBe(2);
    expect(() => new Cache({ clock: { now: () => 1, schedule: 5 as never } })).toThrow(
      /clock\.schedule must be a function/,
    );
  });

  test("undefined means the default, and a frozen object is left as it is", () => {
    const options = Object.freeze({ maxCacheSize: undefined, ttl: undefined, strategy: undefined, clock: undefined });
    expect(new Cache(options).metrics.options).toEqual({
      maxCacheSize: 100,
      ttl: 600_000,
      timeToIdle: Infinity,
      keepTtl: false,
      maxWeight: Infinity,
      strategy: "lru",
      exactClock: false,
      shardCount: 1,
      bloom: false,
      filter: null,
      probability: 0.01,
      timeout: Infinity,
    });
  });

  test("a bad option of one set changes nothing", () => {
    const cache = new Cache<string, number>().set("a", 1);
    for (const options of [{ ttl: 0 }, { ttl: NaN }, { age: 5 }, null, 5]) {
      expect(() => cache.set("a", 2, options as never)).toThrow(MachoError);
    }
    expect(cache.get("a")).toBe(1);
    expect(cache.metrics.sets).toBe(1);
  });

  test("subscribe and getOrLoad name what they need", async () => {
    const cache = new Cache<string, number>();
    expect(() => cache.subscribe(5 as never)).toThrow(/subscribe needs a function, got 5/);
    await expect(cache.getOrLoad("a", 5 as never)).rejects.toThrow(/getOrLoad needs a function, got 5/);
    await expect(cache.getOrLoad("a", () => 1, { signal: {} as never })).rejects.toThrow(
      /signal must be an AbortSignal/,
    );
    expect(cache.metrics).toMatchObject({ gets: 0, loads: { started: 0 } });
  });
});
