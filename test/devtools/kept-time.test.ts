import { expect, test } from "vitest";
import { keptTime } from "../../src/devtools/kept-time.ts";

test("the clock is read once in 16 times within a task, and anew in each task", async () => {
  let reads = 0;
  const now = keptTime(() => ++reads);
  const told = Array.from({ length: 33 }, now);
  expect([told[0], told[15], told[16], told[31], told[32]]).toEqual([1, 1, 2, 2, 3]);
  await Promise.resolve();
  expect([now(), now()]).toEqual([4, 4]);
  await Promise.resolve();
  await Promise.resolve();
  expect(now()).toBe(5);
});
