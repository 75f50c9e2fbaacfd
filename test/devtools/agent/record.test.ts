import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { accesses } from "../../../src/devtools/agent/accesses.ts";
import { MAX_OPERATIONS } from "../../../src/devtools/agent/record-parts.ts";
import { type RecordRequest, Records } from "../../../src/devtools/agent/record.ts";
import { SESSION_LIFE } from "../../../src/devtools/agent/sessions.ts";
import { ManualTimers } from "../../support/manual-timers.ts";

const ASKED: RecordRequest = { session: "", sampleRate: 0, phase: "go", begun: 0, from: 0 };

/** Of another engine: it has what the devtools need, and no more. */
const FOREIGN = {
  size: 0,
  metrics: new Cache().metrics,
  keys: () => [],
  peek: () => undefined,
  delete: () => false,
  remainingTtl: () => undefined,
  subscribe: () => () => undefined,
};

describe("a record that a tool reads along", () => {
  test("begins with what is there, and gives at most so many operations at a time", () => {
    const cache = new Cache<number, number>({ maxCacheSize: 10_000 });
    cache.set(1, 1);
    const records = new Records(new ManualTimers());
    const { session, part } = records.answer(cache, { ...ASKED, sampleRate: 1 });
    expect(part).toMatchObject({ from: 0, count: 0, operations: "", head: { sampleRate: 1, isComplete: true } });
    expect(part!.head!.entries.keys).toHaveLength(1);
    for (let key = 0; key < MAX_OPERATIONS + 10; key++) cache.get(key);
    const soFar = { begun: part!.begun, from: 0 };
    const next = records.answer(cache, { ...ASKED, session, ...soFar }).part!;
    expect([next.operations.length, next.count, next.head]).toEqual([MAX_OPERATIONS, MAX_OPERATIONS + 9, undefined]);
    const rest = records.answer(cache, { ...ASKED, session, ...soFar, from: MAX_OPERATIONS, phase: "stop" }).part!;
    expect([rest.from, rest.operations.length, rest.count]).toEqual([MAX_OPERATIONS, 10, MAX_OPERATIONS + 10]);
    cache.get(1);
    expect(records.answer(cache, { ...ASKED, session, ...soFar, phase: "end" }).part!.count).toBe(MAX_OPERATIONS + 10);
    expect(records.answer(cache, { ...ASKED, session, ...soFar })).toEqual({ session: "", part: null });
  });

  test("ends, and is not begun anew, when nobody has asked for it in time", () => {
    const cache = new Cache<number, number>();
    const timers = new ManualTimers();
    const records = new Records(timers);
    const { session } = records.answer(cache, ASKED);
    timers.pass(SESSION_LIFE);
    expect(cache.parts.stores[0]!.recorder).toBe(undefined);
    expect(records.answer(cache, { ...ASKED, session })).toEqual({ session: "", part: null });
    expect(cache.parts.stores[0]!.recorder).toBe(undefined);
  });

  test("takes what is no place for the beginning", () => {
    const cache = new Cache<number, number>();
    const records = new Records(new ManualTimers());
    const { session, part } = records.answer(cache, ASKED);
    cache.get(1);
    cache.get(2);
    for (const from of [-1, Number.NaN, 0.5, "2" as never]) {
      const asked = { ...ASKED, session, begun: part!.begun, from };
      expect(records.answer(cache, asked).part).toMatchObject({ from: 0, operations: "m" });
    }
  });

  test("is refused for a cache of another engine", async () => {
    expect(() => new Records(new ManualTimers()).answer(FOREIGN, ASKED)).toThrow(/it is of another engine/);
    await expect(accesses(FOREIGN, { begun: 0, from: 0 })).rejects.toThrow(/it is of another engine/);
  });
});

test("the accesses of a client are recorded from the first question on", async () => {
  const client = new QueryClient();
  const first = await accesses(client, { begun: 0, from: 0 });
  expect(first).toMatchObject({ isNew: true, part: { count: 0, head: { options: { strategy: "lru" } } } });
  await client.fetchQuery("a", () => Promise.resolve(1));
  client.getQueryData("a");
  const next = await accesses(client, { begun: first.part.begun, from: 0 });
  expect(next).toMatchObject({ isNew: false, since: first.since });
  expect(next.part.operations).toMatch(/^[mfs]/);
});
