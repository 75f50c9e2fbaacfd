import { allPolicies, tinylfu } from "macho-cache/policies";
import { describe, expect, test } from "vitest";
import { ExactCounter } from "../../support/exact-counter.ts";
import { missesOf, SYNTHETIC } from "../../support/traces.ts";

const SIZES = [50, 200, 500, 1_000, 2_000];
type Trace = keyof typeof SYNTHETIC;

/** Misses at each of `SIZES`, counted over the same keys by libCacheSim (aa0fc40), and by Caffeine (ccef955) for mfu and slru. */
const COUNTS = [
  ["skew", "lru", [175_781, 161_691, 147_314, 132_514, 113_644]],
  ["skew", "fifo", [179_229, 165_527, 152_205, 138_392, 120_669]],
  ["skew", "lfu", [160_737, 144_543, 129_635, 116_100, 99_930]],
  ["skew", "mfu", [184_956, 175_994, 166_831, 157_256, 144_679]],
  ["skew", "sieve", [159_217, 142_568, 128_936, 115_713, 99_867]],
  ["skew", "s3fifo", [158_423, 141_472, 126_999, 113_893, 97_844]],
  ["skew", "clock", [174_894, 160_186, 145_363, 130_382, 111_192]],
  ["skew", "twoQueue", [161_113, 144_758, 130_787, 117_823, 102_009]],
  ["skew", "arc", [159_461, 142_888, 128_571, 115_488, 99_995]],
  ["skew", "slru", [159_909, 142_820, 128_262, 114_776, 98_696]],
  ["drift", "lru", [175_560, 150_011, 119_625, 86_052, 40_573]],
  ["drift", "fifo", [177_550, 153_847, 125_212, 92_464, 45_866]],
  ["drift", "lfu", [198_445, 196_368, 190_076, 177_030, 146_081]],
  ["drift", "mfu", [182_103, 164_090, 142_519, 117_926, 87_138]],
  ["drift", "sieve", [180_942, 158_702, 132_110, 102_522, 60_630]],
  ["drift", "s3fifo", [174_413, 145_034, 115_943, 86_917, 46_001]],
  ["drift", "clock", [174_790, 148_538, 118_073, 84_976, 40_726]],
  ["drift", "twoQueue", [174_733, 144_481, 114_923, 84_327, 42_065]],
  ["drift", "arc", [169_337, 139_867, 112_271, 84_563, 41_683]],
  ["drift", "slru", [180_332, 152_576, 119_796, 85_579, 42_061]],
  ["scan", "lru", [183_181, 173_699, 164_639, 157_119, 150_106]],
  ["scan", "fifo", [185_575, 176_175, 167_625, 159_875, 151_999]],
  ["scan", "lfu", [172_488, 160_858, 151_230, 142_084, 130_889]],
  ["scan", "mfu", [189_594, 183_473, 177_727, 172_787, 168_815]],
  ["scan", "sieve", [172_138, 160_364, 150_852, 142_018, 130_889]],
  ["scan", "s3fifo", [170_818, 159_230, 149_282, 139_961, 129_720]],
  ["scan", "clock", [182_609, 172_745, 163_635, 156_422, 147_648]],
  ["scan", "twoQueue", [172_570, 161_468, 151_959, 143_047, 134_990]],
  ["scan", "arc", [171_517, 159_969, 150_208, 140_705, 129_417]],
  ["scan", "slru", [171_936, 160_228, 150_460, 141_396, 130_571]],
] as const;

/** Misses of W-TinyLFU without jitter, with exact counts of accesses (Caffeine). */
const EXACT_TINYLFU = [
  ["skew", [159_150, 141_495, 126_401, 112_314, 95_843]],
  ["drift", [175_533, 146_691, 115_994, 89_467, 53_803]],
  ["scan", [171_365, 159_484, 149_273, 139_705, 128_562]],
] as const;

/** Misses of W-TinyLFU as Caffeine ships it: with a sketch, and jitter. */
const TINYLFU = [
  ["skew", [159_195, 141_427, 126_417, 112_321, 96_003]],
  ["drift", [176_952, 148_275, 118_750, 89_539, 52_609]],
  ["scan", [171_562, 159_554, 149_683, 140_475, 130_284]],
] as const;

/** Misses of the optimal policy among those that admit every key: no such policy has fewer (libCacheSim). */
const BELADY: Readonly<Record<Trace, readonly number[]>> = {
  skew: [146_034, 123_092, 103_951, 87_197, 68_759],
  drift: [134_962, 97_870, 66_634, 40_522, 15_839],
  scan: [162_300, 146_214, 132_835, 121_270, 108_588],
};

const misses = (trace: Trace, strategy: ReturnType<typeof tinylfu>): number[] => {
  const keys = SYNTHETIC[trace]();
  return SIZES.map((maxCacheSize) => missesOf(keys, { maxCacheSize, strategy }));
};

test("the keys are the published ones", () => {
  expect(Array.from(SYNTHETIC.skew().slice(0, 5))).toEqual([200, 11761, 1091, 0, 13076]);
  expect(Array.from(SYNTHETIC.drift().slice(0, 5))).toEqual([108, 418, 524, 228, 865]);
  expect(new Set(SYNTHETIC.scan()).size).toBe(26_742);
});

test.each(COUNTS)("%s: %s misses as often as the reference engine at every size", (trace, name, expected) => {
  expect(misses(trace, allPolicies[name]())).toEqual(expected);
});

test.each(EXACT_TINYLFU)("%s: tinylfu with exact counts misses as often as the reference", (trace, expected) => {
  expect(misses(trace, tinylfu({ frequency: (bounds) => new ExactCounter(bounds) }))).toEqual(expected);
});

describe("tinylfu with its sketch", () => {
  test.each(TINYLFU)("%s: misses within 1.5 points of the reference at 100 entries and more", (trace, expected) => {
    const points = misses(trace, tinylfu()).map((count, index) => Math.abs(count - expected[index]!) / 2_000);
    expect(points.map((each) => each <= 1.5)).toEqual(points.map(() => true));
  });
});

test.each(["skew", "drift", "scan"] as const)("%s: no policy that admits every key beats the optimum", (trace) => {
  const admitting = Object.entries(allPolicies).filter(([name]) => name !== "tinylfu");
  expect(admitting.length).toBe(11);
  for (const [name, policy] of admitting) {
    const fewer = misses(trace, policy()).filter((count, index) => count < BELADY[trace][index]!);
    expect([name, fewer]).toEqual([name, []]);
  }
});
