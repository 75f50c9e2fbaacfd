import { expect, test } from "vitest";
import type { LoggedLoad } from "../../src/devtools/load-log.ts";
import { historyOf, type KeyPast } from "../../src/devtools/panel/key-history.ts";
import { Stories } from "../../src/devtools/stories.ts";

const NOTHING: KeyPast = { life: undefined, readAt: undefined, departure: undefined, misses: [], loads: [] };
const load = (part: Partial<LoggedLoad>): LoggedLoad => ({
  serial: 1,
  key: "a",
  start: 0,
  isRefresh: false,
  steps: [],
  retries: 0,
  joins: [],
  joined: 0,
  end: undefined,
  outcome: undefined,
  error: undefined,
  ...part,
});
const lines = (past: Partial<KeyPast>): string[] =>
  historyOf({ ...NOTHING, ...past }).map(({ at, words, more }) => `${at ?? "-"} ${words}${more ? ` (${more})` : ""}`);

test("tells what is there by its reads, its writes, and the load that brought it", () => {
  const loads = [
    load({ start: 800, end: 990, outcome: "succeeded", joined: 2 }),
    load({ start: 0, end: 200, outcome: "succeeded" }),
  ];
  const life = { writtenAt: 1_000, writes: 3, reads: 18 };
  expect(lines({ life, readAt: 5_000, loads })).toEqual([
    "5000 read 18 times",
    "1000 written, loaded in 190 ms (written 3 times since it came, 2 callers more shared it)",
  ]);
  expect(lines({ life: { writtenAt: undefined, writes: 0, reads: 1 } })).toEqual([
    "- read 1 time",
    "- written before the recording began",
  ]);
});

test("tells how a key left, and left before, with the write of each life, the latest first", () => {
  let now = 0;
  const stories = new Stories(() => now);
  now = 5_000;
  stories.depart("a", "evicted", 1_000, 18);
  now = 9_000;
  stories.depart("a", "deleted", 8_000, 0);
  expect(lines({ departure: stories.departureOf("a") })).toEqual([
    "9000 deleted, 1 s old (never read)",
    "8000 written",
    "5000 evicted, 4 s old (read 18 times)",
    "1000 written",
  ]);
});

test("tells misses in a row as one, and loads that failed with their error", () => {
  const loads = [
    load({ start: 3_000, end: 3_500, outcome: "failed", error: "Error: no" }),
    load({ start: 1, end: 2, outcome: "aborted" }),
  ];
  expect(lines({ misses: [1_000, 2_000, 4_000], loads })).toEqual([
    "4000 asked for: a miss",
    "3500 load failed after 500 ms (Error: no)",
    "2000 asked for: 2 misses",
  ]);
});

test("is bounded, and says nothing of a key of which nothing is known", () => {
  const misses = Array.from({ length: 40 }, (_, index) => index * 1_000);
  const loads = misses.map((at) => load({ start: at, end: at + 500, outcome: "failed" }));
  expect(lines({ misses, loads })).toHaveLength(12);
  expect(lines({})).toEqual([]);
});
