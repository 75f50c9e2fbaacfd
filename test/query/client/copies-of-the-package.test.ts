import { Cache, cuckoo, LruCache, MachoError, MachoOptionError } from "macho-cache";
import type * as Engine from "macho-cache";
import { QueryClient } from "macho-cache/query";
import type * as Query from "macho-cache/query";
import { expect, test, vi } from "vitest";
import { ManualClock } from "../../support/manual-clock.ts";

/** A second copy of the package, as an app gets it that installs two versions. */
async function otherCopy(): Promise<{ engine: typeof Engine; query: typeof Query }> {
  vi.resetModules();
  return { engine: await import("macho-cache"), query: await import("macho-cache/query") };
}

/** What a constructor says of a cache that it cannot use. */
function complaintOf(cache: unknown): string {
  try {
    void new QueryClient({ cache: cache as Cache<string, unknown> });
  } catch (error) {
    expect(error).toBeInstanceOf(MachoError);
    return (error as MachoError).message;
  }
  throw new Error("It was taken.");
}

test("126. a client works with the cache of another copy of the package", async () => {
  const { engine } = await otherCopy();
  const clock = new ManualClock();
  const cache = new engine.Cache({ clock, ttl: 50 });
  expect(cache).not.toBeInstanceOf(Cache);
  const client = new QueryClient({ cache });
  expect(client.cache).toBe(cache);
  let loads = 0;
  const film = client.observe("film", () => ++loads);
  const leave = film.subscribe(() => undefined);
  await client.fetchQuery("film", () => 5);
  expect([film.getResult().data, cache.size]).toEqual([1, 1]);
  clock.advance(50);
  await client.fetchQuery("film", () => 5);
  expect(film.getResult().data).toBe(2);
  await client.invalidateQueries("film");
  expect(film.getResult().data).toBe(3);
  leave();
  client.dispose();
  // It is the user's.
  expect(cache.disposed).toBe(false);
});

test("126. an observer of one copy takes the skipToken of another", async () => {
  const { query } = await otherCopy();
  const client = new QueryClient();
  expect(query.QueryClient).not.toBe(QueryClient);
  expect(client.observe("film", query.skipToken).getResult().isEnabled).toBe(false);
});

test("126. a cache of a version that cannot be used names two copies as the cause", () => {
  class Newer extends Cache {
    readonly #version = 99;
    constructor() {
      super();
      Object.defineProperty(this, Symbol.for("macho-cache"), { value: this.#version });
    }
  }
  // One that had no mark yet.
  const older = { flights: {}, get: () => undefined, set: () => undefined };
  for (const cache of [new Newer(), older]) {
    expect(complaintOf(cache)).toBe(
      "cache must be a Cache of this version, or options for one, got an object." +
        " The app holds two copies: `npm ls macho-cache` names them. Keep one. [invalid-option]",
    );
  }
});

test.each([
  ["an array, as a server component makes of it", [...new Cache()]],
  ["a copy", Object.assign({}, new Cache())],
  ["a copy by JSON", JSON.parse(JSON.stringify({ flights: {} }))],
])("126. what is left of a cache as %s is an error that says so", (_what, cache) => {
  expect(complaintOf(cache)).toMatch(
    /^cache must be a Cache of this version, or options for one, got an (array|object)\. A Cache cannot be copied, nor sent/,
  );
});

test("126. a subclass is a cache, and options are options, also frozen, of a class, or without a prototype", () => {
  class Small extends Cache<string, unknown> {
    override get(key: string): unknown {
      return super.get(`own ${key}`);
    }
  }
  const cache = new Small();
  expect(new QueryClient({ cache }).cache).toBe(cache);
  class Options {
    maxCacheSize = 7;
  }
  const bare = Object.assign(Object.create(null) as object, { maxCacheSize: 7 });
  for (const options of [Object.freeze({ maxCacheSize: 7 }), new Options(), bare]) {
    expect(new QueryClient({ cache: options }).cache.options.maxCacheSize).toBe(7);
  }
});

test("126. other things are errors", () => {
  for (const cache of [null, "lru", 5, () => undefined]) expect(complaintOf(cache)).toContain("must be an object");
  for (const cache of [new Map(), new Set()]) expect(complaintOf(cache)).toContain("cache must be a Cache");
  expect(() => new QueryClient({ cache: { capacity: 5 } as never })).toThrow(MachoOptionError);
});

test.each([
  ["strategy", "sieve", '"sieve"'],
  ["shardCount", 4, "4"],
  ["bloom", true, "true"],
  ["filter", cuckoo(), "..."],
  ["probability", 0.1, "0.1"],
  ["timeToIdle", 60_000, "60000"],
  ["keepTtl", true, "true"],
  ["timeout", 5_000, "5000"],
])("%s is an option of Cache alone, and the error says where it belongs", (name, value, text) => {
  expect(complaintOf({ maxCacheSize: 5, [name]: value })).toMatch(
    new RegExp(
      `^${name} is an option of Cache alone, got .+\\. Pass \\{ cache: new Cache\\(\\{ ${name}: ${text} \\}\\) \\}\\. \\[invalid-option\\]$`,
    ),
  );
  expect(new QueryClient({ cache: new Cache({ [name]: value }) }).cache.options.maxCacheSize).toBe(100);
});

test("options make an LruCache, and a cache that is given is used as it is, of either kind", () => {
  expect(new QueryClient().cache).toBeInstanceOf(LruCache);
  const small = new LruCache<string, unknown>({ maxCacheSize: 7 });
  const client = new QueryClient({ cache: small });
  expect(client.cache).toBe(small);
  client.setQueryData("film", 1);
  client.dispose();
  expect([small.disposed, small.size]).toEqual([false, 1]);
});

test("a client around a cache does not look at what it holds", () => {
  const cache = new Cache<string, unknown>({ maxCacheSize: 1_000, maxWeight: 5_000 });
  const metrics = vi.spyOn(cache, "metrics", "get");
  const options = vi.spyOn(cache, "options", "get");
  expect(new QueryClient({ cache, defaultOptions: { queries: { weight: 2 } } }).cache).toBe(cache);
  expect(metrics).not.toHaveBeenCalled();
  expect(options).toHaveBeenCalled();
});

test("the options of a cache are frozen, those of its metrics, and follow a resize", () => {
  const cache = new Cache({ maxCacheSize: 10, strategy: "sieve", bloom: true });
  expect(Object.isFrozen(cache.options)).toBe(true);
  expect(cache.options).toEqual(cache.metrics.options);
  expect(cache.options).toMatchObject({ maxCacheSize: 10, strategy: "sieve", filter: "bloom", ttl: 600_000 });
  cache.resize(5);
  expect(cache.options.maxCacheSize).toBe(5);
});
