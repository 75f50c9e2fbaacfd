import { gzipSync } from "node:zlib";
import { Cache } from "macho-cache";
import { type AccessRecord, record, replay } from "macho-cache/simulate";
import { afterAll, describe, expect, test } from "vitest";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { quietTerminal, scratch, simulated } from "../support/simulated.ts";
import { recordText } from "../../src/record-assembly.ts";
import { runSimulate } from "../../src/commands/simulate-run.ts";

const files = scratch();
afterAll(files.remove);

/** Reads, writes, deletes and what expires, of a cache of 40 entries. */
function recorded(options: object = {}): AccessRecord {
  const clock = new ManualClock();
  const cache = new Cache<number, number>({ maxCacheSize: 40, ttl: 5_000, clock, strategy: "fifo", ...options });
  for (let key = 0; key < 30; key++) cache.set(key, key);
  const recording = record(cache, { sampleRate: 1 });
  for (let step = 0; step < 6_000; step++) {
    const key = (step * step) % 211;
    clock.advance(3);
    if (step % 97 === 0) cache.delete(key);
    else if (cache.get(key) === undefined) cache.set(key, key);
  }
  return recording.read();
}

describe("a record of a cache", () => {
  const taken = recorded();
  // As macho record writes it.
  const file = files.file("films.json.gz", gzipSync([...recordText(taken)].join("")));

  test("is replayed, with its deletes and ttls, at sizes around its own", async () => {
    const result = await simulated(file, { policy: "lru,sieve,fifo" });
    expect(result).toMatchObject({
      requests: replay(taken).lookups,
      sizes: [5, 10, 20, 40, 80, 160, 320],
      unit: "entries",
      recorded: { strategy: "fifo", size: 40 },
    });
    for (const { policy, ratios } of result.policies) {
      for (const { size, misses, unknown } of ratios) {
        const { lookups, hits, unknown: expected } = replay(taken, { strategy: policy, maxCacheSize: size });
        expect([policy, size, misses, unknown]).toEqual([policy, size, lookups - hits, expected / lookups]);
      }
    }
  });

  test("is replayed with another ttl, and shares of its keys", async () => {
    const { sizes, keys, policies } = await simulated(file, { policy: "arc", size: "50%", ttl: 100 });
    expect(sizes).toEqual([Math.round(keys / 2)]);
    const { lookups, hits } = replay(taken, { strategy: "arc", maxCacheSize: sizes[0]!, ttl: 100 });
    expect(policies[0]!.ratios[0]!.misses).toBe(lookups - hits);
  });

  test("of a cache that only weight bounds is replayed by weight", async () => {
    const weighed = recorded({ maxCacheSize: Infinity, maxWeight: 90, weigher: (value: number) => 1 + (value % 5) });
    const result = await simulated(files.file("weighed.json", JSON.stringify(weighed)), {
      policy: "lru",
      size: "45,90",
    });
    expect(result.unit).toBe("weight");
    for (const { size, misses } of result.policies[0]!.ratios) {
      const { lookups, hits } = replay(weighed, { strategy: "lru", maxWeight: size });
      expect(misses).toBe(lookups - hits);
    }
  });

  test("marks the size that the cache has", async () => {
    const { terminal, said } = quietTerminal();
    await runSimulate([file], { sample: 1, maxKeys: 1e6, threads: 1, policy: "lru,fifo" }, terminal);
    expect(said.join("\n")).toContain("a record of macho of a cache of 40 with fifo: ");
    expect(said.join("\n")).toMatch(/^40 \(now\) +\d/m);
  });

  test("says what it cannot do", async () => {
    await expect(simulated(file, { weights: true })).rejects.toThrow("is of a cache that is bounded by entries");
    const sharded = files.file("sharded.json", JSON.stringify(recorded({ shardCount: 4 })));
    await expect(simulated(sharded, { size: "3" })).rejects.toThrow(
      "The cache has 4 shards: a size is 4 or more, got 3.",
    );
    const idle = files.file("idle.json", JSON.stringify({ ...taken, operations: "", keys: [], times: [] }));
    await expect(simulated(idle)).rejects.toThrow("There is no look-up in");
  });
});
