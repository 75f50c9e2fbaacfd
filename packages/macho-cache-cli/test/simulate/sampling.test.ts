import { afterAll, describe, expect, test } from "vitest";
import { scratch, simulated } from "../support/simulated.ts";

const files = scratch();
afterAll(files.remove);

/** 150,000 requests of 30,000 keys, few of which are asked for often. Names differ from trace to trace, and so do samples. */
function trace(name: string): string {
  let x = 0x9e3779b9;
  const keys = Array.from({ length: 150_000 }, () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return `${name}/${Math.floor(30_000 * ((x >>> 0) / 2 ** 32) ** 3)}`;
  });
  return files.file(name, keys.join("\n"));
}

const CHOICE = { policy: "lru,sieve,s3fifo", size: "1000,5000" };
const NAMES = Array.from({ length: 8 }, (_, at) => `films-${at}`);

describe("a sample of the keys", () => {
  test("is as wrong as it says at most, in nine of ten figures, and knows how many keys there are", async () => {
    const exact = await simulated(trace("exact"), CHOICE);
    let within = 0;
    let all = 0;
    for (const name of NAMES) {
      const sample = await simulated(trace(name), { ...CHOICE, sample: 0.1 });
      expect(sample.sampleRate).toBeCloseTo(0.1, 6);
      expect(sample.requests).toBe(exact.requests);
      // Six standard deviations of the number of keys in a sample.
      expect(Math.abs(sample.keys / exact.keys - 1)).toBeLessThan(6 * Math.sqrt(0.9 / (exact.keys * 0.1)));
      sample.policies.forEach(({ ratios }, policy) =>
        ratios.forEach(({ missRatio, error, misses }, at) => {
          const truth = exact.policies[policy]!.ratios[at]!;
          all++;
          if (Math.abs(missRatio - truth.missRatio) <= error) within++;
          expect(error).toBeLessThan(0.1);
          expect(misses / sample.requests).toBeCloseTo(missRatio, 3);
        }),
      );
    }
    expect(all).toBe(NAMES.length * 6);
    expect(within / all).toBeGreaterThanOrEqual(0.9);
  });

  test("is taken by itself above so many keys, with the same figures as one of that share", async () => {
    const path = trace("bounded");
    const bounded = await simulated(path, { ...CHOICE, maxKeys: 10_000 });
    // 30,000 keys are halved twice.
    expect(bounded.sampleRate).toBeCloseTo(0.25, 6);
    const asked = await simulated(path, { ...CHOICE, sample: 0.25 });
    expect(bounded.policies).toEqual(asked.policies);
    expect(bounded.keys).toBe(asked.keys);
  });
});
