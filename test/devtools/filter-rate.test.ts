import { expect, test } from "vitest";
import { rateWords } from "../../src/devtools/panel/configuration.tsx";

test.each([
  [0, 0, "nothing to measure yet"],
  [8, 1_000, "measured: 0.8% of 1,000 misses"],
  [11, 1_000, "measured: 1.1% of 1,000 misses, which is that rate within chance"],
  [1_100, 10_000, "measured: 11% of 10,000 misses: more than asked for"],
])("%d false positives of %d, asked for 1%%, read: %s", (falsePositives, absent, words) => {
  expect(rateWords(0.01, falsePositives, absent)).toBe(words);
});
