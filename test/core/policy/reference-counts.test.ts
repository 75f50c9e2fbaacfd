import { describe, expect, test } from "vitest";
import { missesOf, RECORDED_PRESENT, recordedCounts, recordedTrace, SYNTHETIC } from "../../support/traces.ts";

const SIZES = [50, 200, 500, 1_000, 2_000];

/** Misses at each of `SIZES`, counted by libCacheSim (aa0fc40) over the same keys. */
const COUNTS = [
  ["skew", "lru", [175_781, 161_691, 147_314, 132_514, 113_644]],
  ["skew", "fifo", [179_229, 165_527, 152_205, 138_392, 120_669]],
  ["drift", "lru", [175_560, 150_011, 119_625, 86_052, 40_573]],
  ["drift", "fifo", [177_550, 153_847, 125_212, 92_464, 45_866]],
  ["scan", "lru", [183_181, 173_699, 164_639, 157_119, 150_106]],
  ["scan", "fifo", [185_575, 176_175, 167_625, 159_875, 151_999]],
] as const;

describe("on the synthetic traces", () => {
  test("the keys are the published ones", () => {
    expect(Array.from(SYNTHETIC.skew().slice(0, 5))).toEqual([200, 11761, 1091, 0, 13076]);
    expect(Array.from(SYNTHETIC.drift().slice(0, 5))).toEqual([108, 418, 524, 228, 865]);
    expect(new Set(SYNTHETIC.scan()).size).toBe(26_742);
  });

  test.each(COUNTS)("%s: %s misses as often as the reference engine at every size", (trace, strategy, misses) => {
    const keys = SYNTHETIC[trace]();
    expect(SIZES.map((maxCacheSize) => missesOf(keys, { maxCacheSize, strategy }))).toEqual(misses);
  });
});

if (RECORDED_PRESENT) {
  const counts = recordedCounts(["lru", "fifo"]);
  const traces = [...new Set(counts.map(({ trace }) => trace))];

  describe("on the recorded traces", () => {
    test.each(traces)(
      "%s: lru and fifo miss as often as both reference engines",
      (trace) => {
        const keys = recordedTrace(trace);
        const known = new Map<string, number>();
        for (const count of counts.filter((each) => each.trace === trace)) {
          const { maxCacheSize } = count;
          const strategy = count.policy === "lru" ? "lru" : "fifo";
          const id = `${strategy} ${maxCacheSize}`;
          const misses = known.get(id) ?? missesOf(keys, { maxCacheSize, strategy });
          known.set(id, misses);
          expect([id, misses]).toEqual([id, count.misses]);
        }
      },
      120_000,
    );
  });
} else {
  test.skip("the recorded traces are not beside the checkout: their counts were not compared", () => undefined);
}
