import { describe, expect, test } from "vitest";
import type { LoggedLoad } from "../../src/devtools/load-log.ts";
import {
  forgottenTries,
  loadsIn,
  outcomeWords,
  placeOf,
  shapesOf,
  spansOf,
} from "../../src/devtools/panel/load-spans.ts";

const load = (given: Partial<LoggedLoad>): LoggedLoad => ({
  serial: 1,
  key: "a",
  start: 1_000,
  isRefresh: false,
  steps: [],
  retries: 0,
  joins: [],
  joined: 0,
  end: undefined,
  outcome: undefined,
  error: undefined,
  ...given,
});
const step = (kind: "fetching" | "retry" | "paused", at: number, error?: string): LoggedLoad["steps"][number] => ({
  kind,
  at,
  error,
});
const told = (given: Partial<LoggedLoad>, now = 9_000): string[] =>
  spansOf(load(given), now).map(({ kind, from, to, isFailed, error }) =>
    [kind, from, to, isFailed ? "failed" : "", error ?? ""].join(" ").trimEnd(),
  );

describe("the parts of a load", () => {
  test("are one try where nothing else is known, which grows while it runs", () => {
    expect(told({})).toEqual(["try 1000 9000"]);
    expect(told({ end: 1_500, outcome: "succeeded" })).toEqual(["try 1000 1500"]);
    expect(told({ end: 1_500, outcome: "failed", error: "no" })).toEqual(["try 1000 1500 failed no"]);
    expect(told({ end: 1_500, outcome: "timed out", error: "late" })).toEqual(["try 1000 1500 failed late"]);
    expect(told({ end: 1_500, outcome: "aborted" })).toEqual(["try 1000 1500"]);
  });

  test("are tries, the waits between them and pauses, and each failed try has its own error", () => {
    const steps = [
      step("fetching", 1_000.1),
      step("retry", 1_100, "one"),
      step("paused", 1_600),
      step("fetching", 1_900),
      step("fetching", 1_900),
    ];
    const parts = ["try 1000 1100 failed one", "wait 1100 1600", "pause 1600 1900"];
    expect(told({ steps, retries: 1 })).toEqual([...parts, "try 1900 9000"]);
    const ended = { steps, retries: 1, end: 2_000 };
    expect(told({ ...ended, outcome: "succeeded" })).toEqual([...parts, "try 1900 2000"]);
    expect(told({ ...ended, outcome: "failed", error: "two" })).toEqual([...parts, "try 1900 2000 failed two"]);
  });

  test("end with a wait or a pause where the load was given up then", () => {
    const steps = [step("fetching", 1_000), step("retry", 1_100, "one")];
    expect(told({ steps, retries: 1, end: 1_300, outcome: "aborted" })).toEqual([
      "try 1000 1100 failed one",
      "wait 1100 1300",
    ]);
    expect(told({ steps: [step("paused", 1_000)] })).toEqual(["pause 1000 9000"]);
  });

  test("begin with a wait where the first tries are forgotten", () => {
    const steps = [step("fetching", 5_000), step("retry", 5_100, "ninth")];
    expect(told({ steps, retries: 9 }, 5_200)).toEqual([
      "wait 1000 5000",
      "try 5000 5100 failed ninth",
      "wait 5100 5200",
    ]);
    expect(forgottenTries(load({ steps, retries: 9 }))).toBe(8);
  });
});

test.each<[Partial<LoggedLoad>, string]>([
  [{}, "load"],
  [{ isRefresh: true, joined: 1 }, "refresh pin"],
  [{ end: 1_500, outcome: "failed", isRefresh: true }, "failed"],
  [{ end: 1_500, outcome: "aborted", isRefresh: true }, "aborted"],
  [{ end: 1_500, outcome: "unseen" }, "aborted"],
  [{ steps: [step("paused", 1_000)] }, "pause"],
  [
    { steps: [step("fetching", 1_000), step("retry", 1_100, "one"), step("fetching", 1_200)], retries: 1 },
    "failed wait load",
  ],
  [
    { steps: [step("fetching", 1_000), step("retry", 1_100)], retries: 1, end: 1_300, outcome: "aborted" },
    "failed wait",
  ],
])("%j is drawn as %s", (given, shapes) => {
  expect([...shapesOf([load(given), load(given)], 9_000)].join(" ")).toBe(shapes);
});

test.each<[Partial<LoggedLoad>, string, string]>([
  [{}, "running 8 s", ""],
  [{ steps: [step("paused", 1_000)] }, "paused 8 s", ""],
  [{ retries: 1 }, "running 8 s", "1 try"],
  [{ end: 1_600, outcome: "succeeded" }, "600 ms", ""],
  [{ end: 1_600, outcome: "succeeded", isRefresh: true, joined: 2 }, "600 ms", "refresh · 2 joined"],
  [{ end: 5_200, outcome: "succeeded", retries: 2 }, "4.2 s", "3 tries"],
  [{ end: 1_600, outcome: "failed", error: "Error: no", retries: 2 }, "failed", "Error: no"],
  [{ end: 1_450, outcome: "aborted" }, "aborted", "after 450 ms"],
  [{ end: 1_500, outcome: "timed out", error: "late" }, "timed out", "after 500 ms"],
  [{ end: 1_500, outcome: "unseen" }, "end unknown", ""],
])("the outcome of %j reads %s", (given, outcome, note) => {
  expect(outcomeWords(load(given), 9_000)).toEqual([outcome, note]);
});

test("a window shows what it overlaps, and places times in percent of it", () => {
  const loads = [
    load({ serial: 1, start: 0, end: 100 }),
    load({ serial: 2, start: 0, end: 500 }),
    load({ serial: 3, start: 50 }),
    load({ serial: 4, start: 900, end: 950 }),
    load({ serial: 5, start: 1_001 }),
  ];
  const window = { from: 200, to: 1_000 };
  expect(loadsIn(loads, window, () => true).map(({ serial }) => serial)).toEqual([2, 3, 4]);
  expect(loadsIn(loads, window, ({ serial }) => serial > 2).map(({ serial }) => serial)).toEqual([3, 4]);
  expect([100, 200, 300, 1_000, 2_000].map((at) => placeOf(at, window))).toEqual([0, 0, 12.5, 100, 100]);
});
