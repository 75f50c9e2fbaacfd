import { BloomFilter, Cache, CuckooFilter, XorFilter } from "macho-cache";
import { FrequencySketch, Ghosts, Marks, Segments, SlotList } from "macho-cache/policies";
import { describe, expect, test } from "vitest";

type Calls = Record<string, () => unknown>;
type Subject = readonly [name: string, make: () => object, calls: (subject: never) => Calls];

/** What each class of the engine can be asked, once. */
const SUBJECTS: readonly Subject[] = [
  [
    "Cache",
    () => new Cache<string, number>({ maxCacheSize: 3, shardCount: 2, ttl: 5_000 }).set("a", 1),
    (cache: Cache<string, number>) => ({
      size: () => cache.size,
      currentSize: () => cache.currentSize,
      totalRequests: () => cache.totalRequests,
      metricLifespan: () => cache.metricLifespan,
      latencies: () => cache.latencies,
      loadDurations: () => cache.loadDurations,
      loadDurationsByShard: () => cache.loadDurationsByShard,
      metrics: () => cache.metrics,
      clock: () => cache.clock,
      options: () => cache.options,
      disposed: () => cache.disposed,
      get: () => cache.get("a"),
      peek: () => cache.peek("a"),
      has: () => cache.has("a"),
      set: () => cache.set("b", 1),
      delete: () => cache.delete("a"),
      getOrLoad: () => cache.getOrLoad("c", () => 1),
      pin: () => cache.pin("a")?.(),
      remainingTtl: () => cache.remainingTtl("a"),
      purgeExpired: () => cache.purgeExpired(),
      resize: () => cache.resize(2),
      keys: () => [...cache.keys()],
      values: () => [...cache.values()],
      entries: () => [...cache.entries()],
      [Symbol.iterator.toString()]: () => [...cache],
      forEach: () => cache.forEach(() => undefined),
      subscribe: () => cache.subscribe(() => undefined)(),
      toJSON: () => JSON.stringify(cache),
      resetMetrics: () => cache.resetMetrics(),
      clear: () => cache.clear(),
      dispose: () => cache.dispose(),
    }),
  ],
  [
    "BloomFilter",
    () => new BloomFilter<string>({ capacity: 5 }).add("a"),
    (filter: BloomFilter<string>) => ({
      add: () => filter.add("b"),
      has: () => filter.has("b"),
      delete: () => filter.delete("b"),
      clear: () => filter.clear(),
      byteLength: () => filter.byteLength,
    }),
  ],
  [
    "CuckooFilter",
    () => new CuckooFilter<string>({ capacity: 5 }),
    (filter: CuckooFilter<string>) => ({
      add: () => filter.add("b"),
      has: () => filter.has("b"),
      delete: () => filter.delete("b"),
      clear: () => filter.clear(),
      byteLength: () => filter.byteLength,
    }),
  ],
  [
    "XorFilter",
    () => XorFilter.from(["a", "b"]),
    (filter: XorFilter<string>) => ({ has: () => filter.has("a"), byteLength: () => filter.byteLength }),
  ],
  [
    "SlotList",
    () => new SlotList(),
    (list: SlotList) => ({
      reserve: () => list.reserve(5),
      add: () => list.add(1),
      addAfter: () => list.addAfter(1, 2),
      oldest: () => list.oldest,
      newest: () => list.newest,
      newerThan: () => list.newerThan(1),
      olderThan: () => list.olderThan(1),
      renew: () => list.renew(1),
      slots: () => [...list.slots()],
      remove: () => list.remove(1),
    }),
  ],
  [
    "Segments",
    () => new Segments(2),
    (segments: Segments) => ({
      reserve: () => segments.reserve(5),
      add: () => segments.add(0, 1),
      move: () => segments.move(1, 1),
      of: () => segments.of(1),
      oldest: () => segments.oldest(1),
      size: () => segments.size(1),
      slots: () => [...segments.slots(1)],
      remove: () => segments.remove(1),
    }),
  ],
  [
    "Ghosts",
    () => new Ghosts(),
    (ghosts: Ghosts) => ({
      add: () => ghosts.add("a"),
      has: () => ghosts.has("a"),
      size: () => ghosts.size,
      delete: () => ghosts.delete("a"),
      trim: () => ghosts.trim(0),
    }),
  ],
  ["Marks", () => new Marks(3), (marks: Marks) => ({ reserve: () => marks.reserve(5) })],
  [
    "FrequencySketch",
    () => new FrequencySketch({ capacity: 5 }),
    (sketch: FrequencySketch) => ({
      reserve: () => sketch.reserve(5),
      add: () => sketch.add(7),
      of: () => sketch.of(7),
    }),
  ],
];

/** What the prototype has for others than users. */
const MARKS: ReadonlySet<string | symbol> = new Set([
  Symbol.for("nodejs.util.inspect.custom"),
  Symbol.for("macho-cache"),
]);

/** The members that a subclass can override, by name. */
function membersOf(subject: object): [string, PropertyDescriptor][] {
  return [...descriptorsOf(subject)].map(([name, descriptor]) => [name.toString(), descriptor]);
}

/** The same by name or symbol, of its class and of what that extends. */
function descriptorsOf(subject: object): Map<string | symbol, PropertyDescriptor> {
  const prototype = Object.getPrototypeOf(subject) as object;
  if (prototype === Object.prototype) return new Map();
  const names = Reflect.ownKeys(prototype).filter((name) => name !== "constructor" && !MARKS.has(name));
  const own = names.map((name) => [name, Object.getOwnPropertyDescriptor(prototype, name)!] as const);
  return new Map([...descriptorsOf(prototype), ...own]);
}

/** Counts every call of a public member of this object, from wherever. */
function counted(subject: object): string[] {
  const heard: string[] = [];
  for (const [name, { value, get }] of descriptorsOf(subject)) {
    const own = (value ?? get) as (...given: unknown[]) => unknown;
    if (typeof own !== "function") continue;
    const spy = function (this: unknown, ...given: unknown[]): unknown {
      heard.push(name.toString());
      return own.apply(this, given);
    };
    Object.defineProperty(subject, name, { configurable: true, ...(get ? { get: spy } : { value: spy }) });
  }
  return heard;
}

describe.each(SUBJECTS)("%s", (_name, make, calls) => {
  test("calls no public member of its own, so that an override or a wrapper applies once", async () => {
    const names = Object.keys(calls(make() as never));
    const others = membersOf(make())
      .map(([name]) => name)
      .filter((name) => name !== "add" || names.includes("add"));
    expect(names.toSorted()).toEqual(others.toSorted());
    for (const name of names) {
      const subject = make();
      const setUp = calls(subject as never);
      // What comes before it makes what it needs.
      if (!(subject instanceof Cache)) for (const before of names.slice(0, names.indexOf(name))) setUp[before]!();
      const heard = counted(subject);
      await setUp[name]!();
      expect([name, heard]).toEqual([name, [name]]);
    }
  });
});

test("a get that a subclass overrides is called once, also where it is timed", () => {
  class Prefixed extends Cache<string, number> {
    calls = 0;
    override get(key: string): number | undefined {
      this.calls++;
      return super.get(`app:${key}`);
    }
    override set(key: string, value: number): this {
      return super.set(`app:${key}`, value);
    }
  }
  const cache = new Prefixed({ maxCacheSize: 5 }).set("a", 1);
  for (let call = 0; call < 10_000; call++) expect(cache.get("a")).toBe(1);
  expect(cache.calls).toBe(10_000);
  expect(cache.metrics).toMatchObject({ hits: 10_000, misses: 0 });
  expect(cache.latencies).toBeNull();
});

test("add is set, by Macho's name: an override of set holds for both", () => {
  class Doubled extends Cache<string, number> {
    override set(key: string, value: number): this {
      return super.set(key, 2 * value);
    }
  }
  const cache = new Doubled().add("a", 1).set("b", 2);
  expect([...cache]).toEqual([
    ["a", 2],
    ["b", 4],
  ]);
});
