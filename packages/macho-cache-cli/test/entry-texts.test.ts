import { describe, expect, test } from "vitest";
import { filterOf } from "../src/commands/keys-run.ts";
import { entryWords, keyWords, ttlWords } from "../src/entry-words.ts";
import { fitted } from "../src/fitted-text.ts";
import { jsonText } from "../src/json-text.ts";

describe("words of a filter", () => {
  test.each([
    [["todos", "done"], "todos done"],
    [["the end"], '"the end"'],
    [["tag:two words"], 'tag:"two words"'],
    [["ttl<10s", 'a "b c"'], 'ttl<10s a "b c"'],
    [["back\\slash too"], '"back\\\\slash too"'],
    [[], ""],
  ])("%j are %j", (words, filter) => {
    expect(filterOf(words)).toBe(filter);
  });
});

describe("a text that fits", () => {
  test("stays as it is, or is cut by columns, not by letters", () => {
    expect(fitted("film:1", 6)).toBe("film:1");
    expect(fitted("film:12", 6)).toBe("film:…");
    expect(fitted("七人の侍", 8)).toBe("七人の侍");
    expect(fitted("七人の侍", 7)).toBe("七人の…");
    expect(fitted("七人の侍", 6)).toBe("七人…");
    expect(fitted("", 5)).toBe("");
  });
});

describe("JSON for a terminal", () => {
  test("shows what JSON leaves as it is, and reads as the same value", () => {
    const value = { "\u009B31m": "\u202Eevil\u007F\u2028\uFEFF\uD800", plain: "é\u{1F600}\n" };
    const text = jsonText(value, 2);
    expect(text).toContain("\\u009b31m");
    expect(text).toContain("\\u202eevil\\u007f\\u2028\\ufeff\\ud800");
    expect(text).toContain("é\u{1F600}\\n");
    expect(text.split("\n")).toHaveLength(4);
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe("what is told of an entry", () => {
  test("is what is known", () => {
    const stored = { key: "a", type: "string", status: "stored" as const };
    expect(entryWords({ ...stored, age: 2_000, ttlLeft: 58_000, ttl: 60_000, reads: 1, size: 12 })).toBe(
      "written 2 s ago, 58 s left of 1 m 0 s, read once, about 12 B",
    );
    expect(entryWords({ ...stored, ttlLeft: Infinity, isPersisted: true })).toBe("kept for ever, persisted");
    expect(entryWords({ ...stored, ttlLeft: Infinity, isPersisted: false })).toBe("kept for ever, not persisted");
    expect(entryWords({ ...stored, ttlLeft: Infinity, ttl: Infinity, weight: 7, pins: 2, shard: 0 })).toBe(
      "kept for ever, weight 7, pinned 2 times, shard 0",
    );
    expect(entryWords({ ...stored, status: "pending", hooks: 1, tags: ["a\u001B", "b"], reads: 0 })).toBe(
      "pending, nothing stored, not read, shown by 1 hook, tags a\\x1b, b",
    );
    expect(ttlWords({ ttlLeft: 5_000 })).toBe("5 s left");
    expect(keyWords("")).toBe("(empty string)");
  });
});
