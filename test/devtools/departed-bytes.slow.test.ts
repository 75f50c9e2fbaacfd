import { expect, test } from "vitest";
import { MAX_DEPARTED, MAX_TEXT } from "../../src/devtools/departures.ts";
import { Stories } from "../../src/devtools/stories.ts";
import { collect } from "../support/collect.ts";

function alive(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** A text in one piece, of so many characters: what a template puts together may be kept in pieces. */
const text = (length: number, index: number): string =>
  Buffer.from(String(index).padStart(length, "0")).toString("latin1");

/** Bytes of all that is remembered of keys that left, each so many times. */
function bytesOf(keyOf: (index: number) => unknown, times: number): number {
  const before = alive();
  let now = 1_700_000_000_000.5;
  const stories = new Stories(() => (now += 1.5));
  for (let time = 0; time < times; time++) {
    for (let index = 0; index < 2 * MAX_DEPARTED; index++)
      stories.depart(keyOf(index), "evicted", now - 500.25, index % 7);
  }
  const bytes = alive() - before;
  expect(stories.size).toBeLessThanOrEqual(MAX_DEPARTED);
  return bytes;
}

test("what is remembered of keys that left takes 2 MB at most, whatever their keys are", () => {
  expect(bytesOf((index) => index, 1)).toBeLessThan(1.5e6);
  expect(bytesOf((index) => text(40, index), 1)).toBeLessThan(2e6);
  expect(bytesOf((index) => text(1_000, index), 1)).toBeLessThan(2e6);
  expect(bytesOf((index) => text(MAX_TEXT / 2, index % 20), 1)).toBeLessThan(2e6);
});

test("and no more where each key has left many times", () => {
  let now = 1_700_000_000_000.5;
  const before = alive();
  const stories = new Stories(() => (now += 1.5));
  for (let time = 0; time < 9; time++) {
    for (let index = 0; index < MAX_DEPARTED; index++) stories.depart(text(40, index), "evicted", now - 500.25, index);
  }
  expect(alive() - before).toBeLessThan(2e6);
  expect(stories.latest(1)[0]!.times).toBe(9);
});
