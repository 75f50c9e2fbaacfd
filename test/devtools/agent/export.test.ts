import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { type ExportAnswer, type ExportRequest, Exports } from "../../../src/devtools/agent/export.ts";
import { SESSION_LIFE } from "../../../src/devtools/agent/sessions.ts";
import { Recording } from "../../../src/devtools/recording.ts";
import { type KeptEntry, snapshotText } from "../../../src/devtools/snapshot.ts";
import { readSnapshot, snapshotTarget } from "../../../src/devtools/snapshot-target.ts";
import { createEntrySource } from "../../../src/devtools/entry-source.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";
import { readText, toText } from "../../../src/query/index.ts";
import { ManualTimers } from "../../support/manual-timers.ts";

const ASKED: ExportRequest = { session: "", withValues: true, most: 10_000 };

/** Fetches everything, as the command does. */
function fetched(
  exports: Exports,
  target: DevtoolsTarget,
  asked: Partial<ExportRequest> = {},
): { text: string; answers: ExportAnswer[] } {
  const answers = [exports.answer(target, { ...ASKED, ...asked })];
  const entries: KeptEntry[] = [];
  for (let last = answers[0]!; last.session !== ""; answers.push(last)) {
    last = exports.answer(target, { ...ASKED, ...asked, session: last.session });
    entries.push(...last.entries);
  }
  const { total } = answers[answers.length - 1]!;
  const head = readText(answers[0]!.head!) as object;
  return { answers, text: toText({ ...head, name: "x", entries, total, hasValues: asked.withValues ?? true }) };
}

test.each([
  ["cache", () => new Cache<unknown, unknown>({ ttl: Infinity }).set("a", new Map([[1, 2n]])).set({ id: 1 }, () => 0)],
  [
    "client",
    () => {
      const client = new QueryClient();
      client.setQueryData("a", { done: true });
      client.setQueryData(["b", 1], new Date(0));
      return client;
    },
  ],
])("an export of a %s is what the panel's own export is, and is shown alike", (_, make) => {
  const target = make();
  const timers = new ManualTimers();
  const { text } = fetched(new Exports(timers), target);
  const ours = readSnapshot(text);
  const theirs = readSnapshot(
    snapshotText(new Recording(target), { name: "x", at: timers.now(), advice: "", withValues: true }),
  );
  const comparable = ({ entries, ...snapshot }: typeof ours): unknown =>
    JSON.parse(JSON.stringify([snapshot, entries.map(({ row, ...entry }) => [entry, { ...row, updatedAt: 0 }])]));
  expect(comparable(ours)).toEqual(comparable(theirs));
  const shown = createEntrySource(snapshotTarget(ours).target);
  expect([...shown.rows()].map(({ id }) => shown.peek(id))[0]).toEqual(
    _ === "cache" ? new Map([[1, 2n]]) : { done: true },
  );
});

test("an export of many entries is handed over in slices, and stops at the most that are wanted", () => {
  const cache = new Cache<number, number>({ maxCacheSize: 5_000 });
  for (let key = 0; key < 3_000; key++) cache.set(key, key);
  let time = 0;
  // Each look at the time finds that a ms has passed.
  const exports = new Exports(new ManualTimers(), () => time++);
  const { answers, text } = fetched(exports, cache, { most: 100, withValues: false });
  expect(Math.max(...answers.map(({ entries }) => entries.length))).toBeLessThan(8);
  const snapshot = readSnapshot(text);
  expect([snapshot.entries.length, snapshot.total, snapshot.hasValues]).toEqual([100, 3_000, false]);
  expect(snapshot.entries.every(({ value }) => value === undefined)).toBe(true);
  expect(exports.sessions.count(cache)).toBe(0);
});

test("an export that nobody asks for is dropped, and says so", () => {
  const cache = new Cache();
  const timers = new ManualTimers();
  const exports = new Exports(timers);
  const { session } = exports.answer(cache, ASKED);
  timers.pass(SESSION_LIFE);
  expect(() => exports.answer(cache, { ...ASKED, session })).toThrow(/dropped the export/);
  expect(() => exports.answer(cache, { ...ASKED, most: 0 })).toThrow(/from 1 to 100000 entries, got 0/);
});
