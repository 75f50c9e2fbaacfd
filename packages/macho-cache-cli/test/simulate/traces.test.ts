import { gzipSync } from "node:zlib";
import { Cache } from "macho-cache";
import { allPolicies } from "macho-cache/policies";
import { afterAll, describe, expect, test } from "vitest";
import { SYNTHETIC } from "../../../../test/support/traces.ts";
import { missesOf, scratch, simulated } from "../support/simulated.ts";

const files = scratch();
afterAll(files.remove);

/** A few thousand requests with a tail. */
const KEYS = Array.from({ length: 4_000 }, (_, at) => `key ${Math.floor(500 * ((at * 0.618_034) % 1) ** 3)}`);
const LINES = `${KEYS.join("\n")}\n`;
const PLAIN = { policy: "lru,sieve", size: "10,100" };

describe("whatever form a trace has, the misses are the same", () => {
  const expected = missesOfCaches(KEYS, [10, 100]);
  const csv = KEYS.map((key, at) => `${at},"${key}",1`).join("\r\n");
  test.each([
    ["plain lines", LINES],
    ["the last line without an end", LINES.trimEnd()],
    ["lines of Windows", LINES.replaceAll("\n", "\r\n")],
    ["a mark of the byte order", `\uFEFF${LINES}`],
    ["gz", gzipSync(LINES)],
    ["gz in two parts", Buffer.concat([gzipSync(LINES.slice(0, 999)), gzipSync(LINES.slice(999))])],
    ["csv of libCacheSim", csv],
    ["csv with names, compressed", gzipSync(`time,obj_id,obj_size\n${csv}`)],
  ])("%s", async (_, data) => {
    const result = await simulated(files.file("trace", data), PLAIN);
    expect([result.requests, result.keys, missesOf(result)]).toEqual([KEYS.length, new Set(KEYS).size, expected]);
  });
});

/** Counted by caches that are asked and filled. */
function missesOfCaches(keys: readonly string[], sizes: readonly number[]): Record<string, readonly number[]> {
  const misses = (strategy: "lru" | "sieve", maxCacheSize: number): number => {
    const cache = new Cache<string, true>({ maxCacheSize, strategy, ttl: Infinity });
    for (const key of keys) if (cache.get(key) === undefined) cache.set(key, true);
    return cache.metrics.misses;
  };
  return { lru: sizes.map((size) => misses("lru", size)), sieve: sizes.map((size) => misses("sieve", size)) };
}

test("every policy has a row, and misses as often as the reference engines", async () => {
  const trace = files.file("skew", SYNTHETIC.skew().join("\n"));
  const result = await simulated(trace, { size: "50,1000" });
  expect(result.policies.map(({ policy }) => policy)).toEqual(Object.keys(allPolicies));
  // Counted by libCacheSim, and by Caffeine for mfu and slru.
  expect(missesOf(result)).toMatchObject({
    lru: [175_781, 132_514],
    fifo: [179_229, 138_392],
    lfu: [160_737, 116_100],
    mfu: [184_956, 157_256],
    sieve: [159_217, 115_713],
    s3fifo: [158_423, 113_893],
    clock: [174_894, 130_382],
    twoQueue: [161_113, 117_823],
    arc: [159_461, 115_488],
    slru: [159_909, 114_776],
  });
});

test("the curve of lru has sizes between, each as a cache of that size would have it", async () => {
  const result = await simulated(files.file("trace", LINES), PLAIN);
  const { curve } = result.policies[0]!;
  expect(curve.length).toBeGreaterThan(50);
  const sizes = [11, 35, 62].map((size) => curve.find((point) => point.size === size)!.size);
  const misses = missesOfCaches(KEYS, sizes)["lru"]!;
  for (const [at, size] of sizes.entries()) {
    expect(curve.find((point) => point.size === size)!.missRatio).toBe(misses[at]! / KEYS.length);
  }
});

describe("weights and ttl", () => {
  const sizes = KEYS.map((key) => 1 + ((key.length * 7) % 13));
  const csv = KEYS.map((key, at) => `${at},${key},${sizes[at]}`).join("\n");

  test("sizes of the trace are weights, which --size bounds", async () => {
    const { unit, totalWeight, policies } = await simulated(files.file("sized.csv", csv), {
      ...PLAIN,
      weights: true,
      size: "500,10%",
    });
    const weights = new Map(KEYS.map((key, at) => [key, sizes[at]!]));
    const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    expect([unit, totalWeight]).toEqual(["weight", all]);
    for (const { policy, ratios } of policies) {
      for (const { size, misses, missedWeightRatio } of ratios) {
        const cache = new Cache<string, true>({
          maxCacheSize: Infinity,
          maxWeight: size,
          ttl: Infinity,
          strategy: policy as "lru" | "sieve",
        });
        let missed = 0;
        let asked = 0;
        KEYS.forEach((key, at) => {
          asked += sizes[at]!;
          if (cache.get(key) !== undefined) return;
          missed += sizes[at]!;
          cache.set(key, true, { weight: sizes[at]! });
        });
        expect([policy, size, misses, missedWeightRatio]).toEqual([policy, size, cache.metrics.misses, missed / asked]);
      }
    }
  });

  test("entries expire by the times of the trace, in the unit that is said", async () => {
    const trace = files.file("timed.csv", csv);
    const [never, seconds, ms] = await Promise.all([
      simulated(trace, PLAIN),
      simulated(trace, { ...PLAIN, ttl: 60_000 }),
      simulated(trace, { ...PLAIN, ttl: 60, csv: "time-col=1,obj-id-col=2,time-unit=ms" }),
    ]);
    expect(missesOf(seconds)).toEqual(missesOf(ms));
    for (const policy of ["lru", "sieve"]) {
      expect(missesOf(seconds)[policy]![1]).toBeGreaterThan(missesOf(never)[policy]![1]!);
    }
    let misses = 0;
    let now = 0;
    const cache = new Cache<string, true>({ maxCacheSize: 100, ttl: 60_000, clock: { now: () => now } });
    KEYS.forEach((key, at) => {
      now = at * 1_000;
      if (cache.get(key) !== undefined) return;
      misses++;
      cache.set(key, true);
    });
    expect(missesOf(seconds)["lru"]![1]).toBe(misses);
  });
});

describe("what cannot be read", () => {
  const broken = "1,a,5\n2,b\n3,c,much\n4,,7\n5,d,9\n";

  test.each([
    ["a line without its columns", broken, {}, 'line 2 needs 3 columns, got 2: "2,b". Correct it, or pass --skip-bad'],
    [
      "a size that is none",
      "1,a,5\n2,b,many\n",
      {},
      'line 2 needs a size, a whole number of 0 or more, in column 3, got "many"',
    ],
    ["a key that is not there", "a\n\nb\n", { weights: undefined }, "line 2 needs a key, got nothing"],
    ["no text", "a\n\u0000\u0001\n", { weights: undefined }, 'line 2 needs a key of text, got "\\x00\\x01"'],
  ])("says the line and what was got: %s", async (_, data, options, message) => {
    const trace = files.file("broken", data);
    await expect(simulated(trace, { ...PLAIN, weights: true, ...options })).rejects.toThrow(message);
  });

  test("--skip-bad leaves such lines out, counts them, and says the first", async () => {
    const result = await simulated(files.file("broken", broken), { ...PLAIN, weights: true, skipBad: true });
    expect([result.requests, result.skipped]).toEqual([2, { count: 3, first: 'line 2 needs 3 columns, got 2: "2,b"' }]);
  });

  test.each([
    ["nothing", "", "There is no request in"],
    ["cut gz", gzipSync(LINES).subarray(0, 500), "ends in the middle: its gzip data are cut off"],
    ["broken gz", Buffer.concat([gzipSync("a").subarray(0, 10), Buffer.from("nonsense")]), "is broken gzip data"],
    ["zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), "is compressed by zstd. Pass it on: zstd -dc FILE"],
    ["half a record", '{"version":1,', "is no record"],
    ["another record", '{"version":7}', "cannot be replayed: missRatioCurve needs a record, got one of version 7"],
  ])("says what is wrong with %s", async (_, data, message) => {
    await expect(simulated(files.file("wrong", data), PLAIN)).rejects.toThrow(message);
  });

  test("says that a file is not there, or is a folder", async () => {
    await expect(simulated("/nowhere/trace", PLAIN)).rejects.toThrow("There is no file /nowhere/trace.");
    await expect(simulated("/", PLAIN)).rejects.toThrow("/ is a folder. Name the files in it.");
  });

  test("says what an option needs that the trace does not have", async () => {
    const trace = files.file("trace", LINES);
    await expect(simulated(trace, { weights: true })).rejects.toThrow(
      "--weights needs a column of sizes. This trace is one key a line",
    );
    await expect(simulated(trace, { ttl: 5 })).rejects.toThrow("--ttl needs a column of times.");
    await expect(simulated(trace, { policy: "lru,mru" })).rejects.toThrow(
      "There is no policy mru. There are: lru, fifo, random",
    );
  });
});
