import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import {
  RECORDED_PRESENT,
  recordedCounts,
  SYNTHETIC,
  sizedTrace,
  weightedCounts,
} from "../../../../test/support/traces.ts";
import { macho } from "../support/command.ts";
import { missesOf, scratch } from "../support/simulated.ts";
import type { TraceResult } from "../../src/simulate/result.ts";

const files = scratch();
afterAll(files.remove);

/** Policies by the names of the reference counts. */
const POLICIES: Readonly<Record<string, string>> = {
  lru: "lru",
  fifo: "fifo",
  lfu: "lfu",
  mfu: "mfu",
  sieve: "sieve",
  clock: "clock",
  s3fifo: "s3fifo",
  arc: "arc",
  "2q": "twoQueue",
  "slru-80": "slru",
};
const OURS = [...new Set(Object.values(POLICIES))].join(",");

/** Runs the built command, as a user does. */
async function simulated(trace: string, ...words: string[]): Promise<TraceResult> {
  const { out, err, status } = await macho(["simulate", trace, "--json", ...words]);
  expect([status, err]).toEqual([0, ""]);
  return (JSON.parse(out) as { traces: TraceResult[] }).traces[0]!;
}

/** Every size of a trace in one run. Gives the misses as the reference rows have them. */
async function missesAt(
  trace: string,
  sizes: readonly number[],
  ...words: string[]
): Promise<(policy: string, size: number) => number> {
  const result = await simulated(trace, "--size", [...new Set(sizes)].join(","), ...words);
  const misses = missesOf(result);
  return (policy, size) => misses[policy]![result.sizes.indexOf(size)]!;
}

/** Misses at 50, 200, 500, 1,000 and 2,000 entries, counted by libCacheSim, and by Caffeine for slru. */
const COUNTS = [
  ["skew", "sieve", [159_217, 142_568, 128_936, 115_713, 99_867]],
  ["drift", "arc", [169_337, 139_867, 112_271, 84_563, 41_683]],
  ["scan", "s3fifo", [170_818, 159_230, 149_282, 139_961, 129_720]],
  ["scan", "slru", [171_936, 160_228, 150_460, 141_396, 130_571]],
  ["scan", "lru", [183_181, 173_699, 164_639, 157_119, 150_106]],
] as const;

test.each(COUNTS)("%s: %s misses as often as the reference engine", async (trace, policy, expected) => {
  const file = files.file(trace, SYNTHETIC[trace]().join("\n"));
  const misses = missesOf(await simulated(file, "--policy", policy, "--size", "50,200,500,1000,2000"));
  expect(misses[policy]).toEqual(expected);
});

if (!RECORDED_PRESENT) {
  test.skip("the recorded traces are not beside the checkout: no replay of them was compared", () => undefined);
} else {
  const traces = fileURLToPath(new URL("../../../../../shared/traces/", import.meta.url));
  const counts = recordedCounts(Object.keys(POLICIES));

  test.each([...new Set(counts.map(({ trace }) => trace))])(
    "%s: the command misses as often as the reference engines, row by row",
    async (trace) => {
      const file = `${traces}${trace}.txt.gz`;
      expect(existsSync(file)).toBe(true);
      const rows = counts.filter((each) => each.trace === trace);
      const missesOfRow = await missesAt(
        file,
        rows.map(({ maxCacheSize }) => maxCacheSize),
        "--policy",
        OURS,
      );
      for (const { policy, maxCacheSize, misses } of rows) {
        expect([policy, maxCacheSize, missesOfRow(POLICIES[policy]!, maxCacheSize)]).toEqual([
          policy,
          maxCacheSize,
          misses,
        ]);
      }
    },
    600_000,
  );

  test("under a bound on weight it misses as often, and as much weight, as the reference", async () => {
    const names = { LRU: "lru", FIFO: "fifo", Clock: "clock", LFU: "lfu", Sieve: "sieve" } as const;
    const rows = weightedCounts(Object.keys(names));
    expect(rows.length).toBe(40);
    const result = await simulated(
      `${traces}lcs_cloudPhysicsIO_sized.txt.gz`,
      "--csv",
      "obj-id-col=1,obj-size-col=2,delimiter=space",
      "--weights",
      "--policy",
      Object.values(names).join(","),
      "--size",
      [...new Set(rows.map(({ maxWeight }) => maxWeight))].join(","),
    );
    const requested = sizedTrace().reduce((sum, { weight }) => sum + weight, 0);
    for (const { policy, maxWeight, misses, missedWeight } of rows) {
      const { ratios } = result.policies.find((each) => each.policy === names[policy as keyof typeof names])!;
      const ratio = ratios.find(({ size }) => size === maxWeight)!;
      expect([policy, maxWeight, ratio.misses, ratio.missedWeightRatio]).toEqual([
        policy,
        maxWeight,
        misses,
        missedWeight / requested,
      ]);
    }
  }, 300_000);
}
