import { describe, expect, test } from "vitest";
import { boundHints, readHints, storageWords, writeHints } from "../../src/devtools/panel/storage-words.ts";
import { tierStatus } from "../support/tier-status.ts";

describe("a store behind a cache, in words", () => {
  test("works, and says what its reads found", () => {
    const { tone, verdict, evidence, remedy } = storageWords(tierStatus({}));
    expect([tone, verdict, evidence, remedy]).toEqual(["good", "It works.", "Nothing was read from it yet.", ""]);
    expect(storageWords(tierStatus({ hits: 1_200, misses: 34 })).evidence).toBe("1,200 of 1,234 reads found an entry.");
    expect(storageWords(tierStatus({ misses: 1 })).evidence).toBe("0 of 1 read found an entry.");
  });

  test.each([
    ["opening", "calm", "It has not answered yet."],
    ["degraded", "change", "It failed lately."],
    ["full", "change", "It has no room."],
    ["stopped", "calm", "It is stopped."],
  ] as const)("says of %s what it means and what to do", (state, tone, verdict) => {
    const words = storageWords(tierStatus({ state }));
    expect([words.tone, words.verdict]).toEqual([tone, verdict]);
    expect(words.evidence).not.toBe("");
    expect(words.remedy).not.toBe("");
  });

  test("says what an open breaker does, whatever its state, and that of a half-open one", () => {
    for (const state of ["degraded", "opening", "full"] as const) {
      const open = storageWords(tierStatus({ state, breaker: "open" }));
      expect([open.tone, open.verdict]).toEqual(["change", storageWords(tierStatus({ state })).verdict]);
      expect(open.evidence).toContain("It is tried again by itself, within a minute.");
      const half = storageWords(tierStatus({ state, breaker: "half-open" }));
      expect(half.evidence).toContain("The next one tries whether it works again.");
    }
  });

  test("advises nothing where nothing is wrong", () => {
    const fine = tierStatus({ hits: 90, misses: 10, late: 10, absent: 5, writes: 4, deletes: 2, expired: 3 });
    expect([readHints(fine), writeHints(fine), boundHints(fine)]).toEqual([[], [], []]);
  });

  test("advises on late reads only where they are many, and on what cannot be read, written or kept", () => {
    expect(readHints(tierStatus({ hits: 90, misses: 10, late: 11 }))).toEqual([expect.stringContaining("deadline")]);
    expect(readHints(tierStatus({ unusable: 1 }))).toEqual([expect.stringContaining("migrate")]);
    expect(writeHints(tierStatus({ unpersistable: 1, dropped: 1 }))).toHaveLength(2);
    expect(boundHints(tierStatus({ evicted: 1 }))).toEqual([expect.stringContaining("maxEntries")]);
  });
});
