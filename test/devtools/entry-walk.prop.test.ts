import fc from "fast-check";
import { Cache, estimateBytes, LruCache } from "macho-cache";
import { describe, expect, test } from "vitest";
import {
  ENOUGH_READS,
  type EntryGroup,
  type EntrySummary,
  FEW_HITS,
  HEAVY,
  heavyGroup,
  MAX_GROUPS,
  OTHERS,
  type Walked,
  walkEntries,
} from "../../src/devtools/panel/entry-walk.ts";
import { createEntrySource } from "../../src/devtools/entry-source.ts";
import { INITIAL_VIEW } from "../../src/devtools/panel/entries-view.ts";
import { RowWalk } from "../../src/devtools/panel/row-walk.ts";
import { Expiries } from "../../src/devtools/panel/expiry-bins.ts";
import type { Life } from "../../src/devtools/store-lives.ts";
import { prefixOf } from "../../src/devtools/panel/key-prefix.ts";
import { ManualClock } from "../support/manual-clock.ts";

type AnyCache = Cache<string, unknown> | LruCache<string, unknown>;

function walkedOf(cache: AnyCache, part: Partial<Walked> = {}): Walked {
  return {
    stores: cache.parts.stores,
    isSized: true,
    groupOf: prefixOf,
    lifeOf: () => undefined,
    remainingTtl: (key) => cache.remainingTtl(key as string),
    departed: [],
    now: 0,
    random: () => 0.5,
    ...part,
  };
}

/** Runs a walk to its end, with `between` in every chance of a pause. */
function walked(look: Walked, between: () => void = () => undefined): EntrySummary {
  const steps = walkEntries(look);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    between();
  }
}

const prefixes = ["film:", "user:", "search:"] as const;
const entries = fc.array(fc.tuple(fc.constantFrom(...prefixes), fc.nat(40), fc.integer({ min: 1, max: 90_000 })), {
  maxLength: 150,
});

describe("a walk over all entries", () => {
  test.each([
    ["Cache", (clock: ManualClock) => new Cache<string, unknown>({ maxCacheSize: 60, shardCount: 3, clock })],
    ["LruCache", (clock: ManualClock) => new LruCache<string, unknown>({ maxCacheSize: 60, clock })],
  ])("counts those of a %s by prefix and by time left, as counting its keys does", (_name, make) => {
    fc.assert(
      fc.property(entries, fc.nat(30_000), (todo, wait) => {
        const clock = new ManualClock();
        const cache: AnyCache = make(clock);
        for (const [prefix, id, ttl] of todo) cache.set(`${prefix}${id}`, id, { ttl });
        clock.advance(wait);
        const keys = [...cache.keys()];
        const found = walked(walkedOf(cache));
        for (const prefix of prefixes) {
          const group = found.groups.find(({ name }) => name === prefix);
          // A walk counts what has expired and takes memory still.
          expect(group?.entries ?? 0).toBeGreaterThanOrEqual(keys.filter((key) => key.startsWith(prefix)).length);
        }
        expect(found.entries).toBe(cache.size);
        const left = keys.map((key) => cache.remainingTtl(key)!);
        const { bins, width, span, soon, later } = found.expiries;
        expect([soon, later]).toEqual([left.filter((ms) => ms < span).length, left.filter((ms) => ms >= span).length]);
        bins.forEach((bin, index) => {
          const within = left.filter((ms) => Math.floor(ms / width) === index && ms < span);
          expect(bin.entries).toBe(within.length);
        });
      }),
    );
  });

  test("adds up to about what the estimate of the whole cache says", () => {
    const cache = new Cache<string, unknown>({ maxCacheSize: 5_000, shardCount: 4, bloom: true });
    for (let id = 0; id < 3_000; id++) cache.set(`${prefixes[id % 3]}${id}`, { id, text: "x".repeat(200) });
    const { bytes, error, groups } = walked(walkedOf(cache));
    const whole = estimateBytes(cache);
    expect(Math.abs(bytes - whole.estimate)).toBeLessThan(0.02 * whole.estimate);
    expect(error).toBeGreaterThan(0.15 * bytes);
    expect(groups).toHaveLength(3);
  });

  test("looks at 64 entries of a group at most, runs no getter, and ends with a cycle", () => {
    let read = 0;
    const cache = new LruCache<string, unknown>({ maxCacheSize: 1_000 });
    for (let id = 0; id < 1_000; id++) {
      const value: Record<string, unknown> = { id };
      value["self"] = value;
      Object.defineProperty(value, "costly", { enumerable: true, get: () => read++ });
      cache.set(`film:${id}`, value);
    }
    let looked = 0;
    const groupOf = (key: unknown): string => {
      looked++;
      return prefixOf(key);
    };
    const found = walked(walkedOf(cache, { groupOf }));
    expect(found.groups[0]!.bytes).toBeGreaterThan(0);
    expect([read, looked - 1_000]).toEqual([0, 64]);
  });

  test("samples each entry about as often as any other", () => {
    const cache = new LruCache<string, unknown>({ maxCacheSize: 1_000 });
    // The second half takes ten times as much.
    for (let id = 0; id < 1_000; id++) cache.set(`film:${id}`, "x".repeat(id < 500 ? 100 : 1_000));
    let state = 7;
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const runs = Array.from({ length: 20 }, () => walked(walkedOf(cache, { random })).bytes);
    const mean = runs.reduce((sum, bytes) => sum + bytes, 0) / runs.length;
    expect(mean / 1_000).toBeGreaterThan(0.9 * 600);
    expect(mean / 1_000).toBeLessThan(1.25 * 600);
  });

  test("adds the reads of keys that left to those of their group", () => {
    const cache = new LruCache<string, unknown>();
    cache.set("film:1", 1).set("user:1", 1);
    const lifeOf = (): Life => ({ writtenAt: 1, reads: 3, writes: 1 });
    const departed = [
      { key: "film:2", reads: 5 },
      { key: "gone:1", reads: 2 },
      { key: "never:1", reads: undefined },
    ];
    const { groups, reads, isRecorded } = walked(walkedOf(cache, { lifeOf, departed }));
    expect(Object.fromEntries(groups.map((group) => [group.name, group.reads]))).toEqual({
      "film:": 8,
      "user:": 3,
      "gone:": 2,
    });
    expect([reads, isRecorded]).toEqual([13, true]);
  });

  test("tells a bounded number of groups apart", () => {
    const cache = new LruCache<string, unknown>({ maxCacheSize: 500 });
    for (let id = 0; id < 500; id++) cache.set(`p${id}x:1`, id);
    const { groups, entries: all } = walked(walkedOf(cache));
    expect([groups.length, all]).toEqual([MAX_GROUPS + 1, 500]);
    expect(groups.find(({ name }) => name === OTHERS)?.entries).toBe(500 - MAX_GROUPS);
  });

  test("goes on while entries come and go, and the cache is cleared", () => {
    const cache = new LruCache<string, unknown>({ maxCacheSize: 300 });
    for (let id = 0; id < 300; id++) cache.set(`film:${id}`, id);
    let pauses = 0;
    const found = walked(walkedOf(cache), () => {
      if (++pauses === 3) cache.clear();
      cache.set(`user:${pauses}`, 1);
    });
    expect(found.entries).toBeLessThan(300);
    expect(pauses).toBeGreaterThan(3);
  });

  test("pauses at least once in 32 slots", () => {
    const cache = new LruCache<string, unknown>({ maxCacheSize: 3_200 });
    for (let id = 0; id < 3_200; id++) cache.set(`film:${id}`, id);
    let pauses = 0;
    walked(walkedOf(cache), () => pauses++);
    expect(pauses).toBeGreaterThanOrEqual(100);
  });
});

describe("the group that is heavy for its hits", () => {
  const summary = (heavy: Pick<EntryGroup, "bytes" | "reads">, reads: number): EntrySummary => ({
    groups: [
      { name: "search:", entries: 1, error: 0, ...heavy },
      { name: "film:", entries: 1, error: 0, bytes: 1_000 - heavy.bytes, reads: reads - heavy.reads },
    ],
    entries: 2,
    bytes: 1_000,
    error: 0,
    reads,
    isRecorded: true,
    expiries: new Expiries([], 0),
  });

  test("has so much of the bytes for so few of the hits, and not less for more", () => {
    const bytes = 1_000 * HEAVY;
    const few = HEAVY * FEW_HITS * 10_000;
    expect(heavyGroup(summary({ bytes, reads: few }, 10_000))?.name).toBe("search:");
    expect(heavyGroup(summary({ bytes: bytes - 1, reads: 0 }, 10_000))).toBeUndefined();
    expect(heavyGroup(summary({ bytes, reads: few + 1 }, 10_000))).toBeUndefined();
  });

  test("is told from enough reads on", () => {
    expect(heavyGroup(summary({ bytes: 500, reads: 0 }, ENOUGH_READS))?.name).toBe("search:");
    expect(heavyGroup(summary({ bytes: 500, reads: 0 }, ENOUGH_READS - 1))).toBeUndefined();
  });
});

test("looks into no value where bytes are not estimated, and counts all the same", () => {
  let looks = 0;
  const value = (): object =>
    new Proxy({}, { ownKeys: () => (looks++, []), getOwnPropertyDescriptor: () => (looks++, undefined) });
  const cache = new Cache<string, unknown>({ maxCacheSize: 50 });
  for (let at = 0; at < 20; at++) cache.set(`user:${at}`, value());
  const summaryOf = (isSized: boolean): EntrySummary => {
    const walk = walkEntries(walkedOf(cache, { isSized }));
    for (let step = walk.next(); ; step = walk.next()) if (step.done) return step.value;
  };
  expect(summaryOf(false)).toMatchObject({ entries: 20, bytes: 0, groups: [{ name: "user:", entries: 20, bytes: 0 }] });
  expect(looks).toBe(0);
  expect(summaryOf(true).bytes).toBeGreaterThan(0);
  expect(looks).toBeGreaterThan(0);
  const source = createEntrySource(cache);
  const bytesOf = (isSized: boolean): number => {
    const walk = new RowWalk(source, { ...INITIAL_VIEW, areOpen: true, isSized });
    walk.run(() => false);
    return walk.list.groups[0]!.bytes;
  };
  looks = 0;
  expect([bytesOf(false) < 0, looks]).toEqual([true, 0]);
  expect(bytesOf(true)).toBeGreaterThan(0);
});
