import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { remedyWords } from "../../src/devtools/panel/remedy-words.ts";
import { createSource } from "../../src/devtools/source.ts";
import type { AdviceKind, MissCause } from "../../src/simulate/index.ts";

const NONE: Readonly<Record<MissCause, number>> = {
  first: 0,
  unseen: 0,
  evicted: 0,
  expired: 0,
  deleted: 0,
  cleared: 0,
  absent: 0,
  failed: 0,
};

const wordsOf = (
  kind: AdviceKind,
  misses: Partial<Record<MissCause, number>>,
  cache: Cache<string, number> | QueryClient = new Cache(),
): string => remedyWords({ kind, misses: { ...NONE, ...misses } }, createSource(cache));

test("an unstable key is told with the part that varies, for a client by the keys of its queries", () => {
  const client = new QueryClient();
  for (let at = 0; at < 60; at++) client.setQueryData(["forecast", at % 6, { traceId: `t${at}` }], at);
  expect(wordsOf("no-use", { first: 60 }, client)).toBe(
    "Unstable key: traceId is another one in each of 60 keys. Leave it out of the key, if the answer does not depend on it: 6 keys would be left of these.",
  );
  client.dispose();
});

test("where no part of it can be named, it is said what a key should hold", () => {
  expect(wordsOf("no-use", { first: 300 })).toBe("A key should hold what its answer depends on, and nothing else.");
  expect(wordsOf("no-use", { absent: 300 })).toBe("");
});

test("at most 300 keys are compared", () => {
  const cache = new Cache<string, number>({ maxCacheSize: 1_000 });
  for (let at = 0; at < 1_000; at++) cache.set(`now:${at}`, at);
  expect(wordsOf("no-use", { first: 1_000 }, cache)).toContain("in each of 300 keys");
  expect(wordsOf("no-use", { first: 1_000 }, cache)).toContain(": 1 key would be left");
});

test("clears and deletes have remedies of their own, and so do loads that fail", () => {
  expect(wordsOf("removals", { cleared: 9, deleted: 3 })).toMatch(/^Do not clear the whole cache/);
  expect(wordsOf("removals", { cleared: 3, deleted: 9 })).toMatch(/^Delete a key only when/);
  expect(wordsOf("failures", { failed: 9 })).toMatch(/^Find out why the loads fail\./);
});

test("what an option mends needs no more words", () => {
  for (const kind of ["size", "ttl", "policy", "nothing", "wait"] as const) expect(wordsOf(kind, {})).toBe("");
});
