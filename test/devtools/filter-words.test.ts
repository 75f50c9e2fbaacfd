import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntryRow } from "../../src/devtools/entry-source.ts";
import { parseWords, WORD_EXAMPLES } from "../../src/devtools/panel/filter-words.ts";
import { Stories } from "../../src/devtools/stories.ts";
import { filterOfPrefix, prefixOf } from "../../src/devtools/panel/key-prefix.ts";

const row = (part: Partial<EntryRow>): EntryRow => ({
  id: "film:1",
  label: "film:1",
  order: 0,
  status: "fresh",
  onScreen: 0,
  updatedAt: 0,
  ttlLeft: Infinity,
  ...part,
});

/** Whether the words, texts apart, take a row. */
function takes(filter: string, part: Partial<EntryRow>, size = 0): boolean {
  const { tests, problem } = parseWords(filter);
  expect([filter, problem]).toEqual([filter, undefined]);
  return tests.every((each) => each(row(part), () => size));
}

test("takes text apart at spaces, and keeps together what is in quotes", () => {
  expect(parseWords('  Todos done "the end" \'a "b"\' ').texts).toEqual(["todos", "done", "the end", 'a "b"']);
  expect(parseWords(String.raw`'it\'s' "half open`).texts).toEqual(["it's", "half open"]);
  expect(parseWords("").texts).toEqual([]);
});

test("takes the text of a key for text, though it has colons, brackets or quotes", () => {
  const keys = [
    "film:12",
    '["film",12]',
    "a=b",
    "https://films.example/1?x<y",
    "user:me:too",
    "constructor:x",
    "film:",
  ];
  for (const key of keys) expect(parseWords(key)).toMatchObject({ texts: [key], tests: [], problem: undefined });
});

test("filters by status, in either word for a load, and in any case", () => {
  expect([takes("status:error", { status: "error" }), takes("status:error", {})]).toEqual([true, false]);
  expect(takes("STATUS:Loading", { status: "fetching" })).toBe(true);
  expect(parseWords("status:left").wantsLeft).toBe(true);
});

test.each([
  ["ttl<10s", { ttlLeft: 9_999 }, { ttlLeft: 10_000 }],
  ["ttl>5m", { ttlLeft: 300_001 }, { ttlLeft: 300_000 }],
  ["ttl<=1.5h", { ttlLeft: 5_400_000 }, { ttlLeft: 5_400_001 }],
  ["ttl>=20ms", { ttlLeft: 20 }, { ttlLeft: 19 }],
  ["ttl>1h", { ttlLeft: Infinity }, { ttlLeft: undefined }],
  ["read:0", { reads: 0 }, { reads: 1 }],
  ["read>10", { reads: 11 }, { reads: 10 }],
  ["read<1", { reads: 0 }, {}],
  ["tag:Film", { tags: ["cast", "film"] }, { tags: ["films"] }],
  ['tag:"two words"', { tags: ["two words"] }, {}],
  ["prefix:film:", { id: "film:9", label: "film:9" }, { id: "user:9", label: "user:9" }],
  ["prefix:numbers", { id: 7, label: "7" }, { id: "film:7", label: "film:7" }],
] as const)("%s tells one row from another", (filter, taken, left) => {
  expect([takes(filter, taken), takes(filter, left)]).toEqual([true, false]);
});

test("filters by an estimate of the bytes, and says that it needs one", () => {
  expect([takes("size>4kB", {}, 4_001), takes("size>4kB", {}, 4_000), takes("size<0.5MB", {}, 1)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([parseWords("size>4kB").isSized, parseWords("film").isSized]).toEqual([true, false]);
});

test("finds keys that left, by cause or by any", () => {
  const stories = new Stories();
  stories.depart("a", "evicted");
  const departure = stories.departureOf("a");
  expect(parseWords("left:evicted").wantsLeft).toBe(true);
  expect([takes("left:evicted", { departure }), takes("left:expired", { departure })]).toEqual([true, false]);
  expect([takes("left:any", { departure }), takes("left:any", {})]).toEqual([true, false]);
});

test("says what is wrong with a word, with an example, and filters nothing by it", () => {
  for (const [filter, problem] of [
    ["status:eror", "status:eror: there is no such status. Example: status:error"],
    ["film ttl<10", "ttl<10: a time has a unit: ms, s, m or h. Example: ttl<10s"],
    ["ttl<soon", "ttl<soon: a time has a unit: ms, s, m or h. Example: ttl<10s"],
    ["size>4s", "size>4s: a size has a unit: B, kB or MB. Example: size>4kB"],
    ["read>2s", "read>2s: reads are a number. Example: read:0"],
    ["left:gone", "left:gone: there is no such cause. Example: left:evicted"],
    ["status:", "status:: there is no such status. Example: status:error"],
    ["age<10s", "age<10s: only ttl, size and read are compared. Example: ttl<10s"],
  ] as const) {
    expect(parseWords(filter)).toMatchObject({ problem, tests: [] });
  }
});

test("knows each word that it tells of", () => {
  for (const [example] of WORD_EXAMPLES) {
    const { tests, texts, problem } = parseWords(example);
    expect([example, problem, tests.length + texts.length > 0]).toEqual([example, undefined, true]);
  }
});

test("finds each group by the words that lead to it, whatever its keys are", () => {
  const keys = fc.oneof(fc.string(), fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1 }));
  fc.assert(
    fc.property(keys, (key) => {
      const label = typeof key === "string" ? key : JSON.stringify(key);
      const { texts } = parseWords(filterOfPrefix(prefixOf(label)));
      expect(texts).toEqual([]);
      expect(takes(filterOfPrefix(prefixOf(label)), { id: label, label })).toBe(true);
    }),
  );
});

test("never throws, whatever is typed", () => {
  const typed = fc.array(fc.constantFrom(..."sttlreadz:<>=\"'\\ 109mskB[]{}".split("")), { maxLength: 30 });
  fc.assert(fc.property(typed, (characters) => void parseWords(characters.join(""))));
});
