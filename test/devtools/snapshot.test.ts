import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
// What a recording loads late: it is there at once then.
import "../../src/devtools/load-log.ts";
import "../../src/simulate/cache-recording.ts";
import { createEntrySource } from "../../src/devtools/entry-source.ts";
import { Recording } from "../../src/devtools/recording.ts";
import { snapshotText } from "../../src/devtools/snapshot.ts";
import { readSnapshot, snapshotTarget } from "../../src/devtools/snapshot-target.ts";
import type { DevtoolsTarget } from "../../src/devtools/source.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** A recording whose time a test moves. */
function recorded(target: DevtoolsTarget): { recording: Recording; tick: () => void } {
  let now = 1_000;
  const never = (): (() => void) => () => undefined;
  const recording = new Recording(target, { now: () => now, every: never, visible: () => false, onVisibility: never });
  recording.start();
  const tick = (): void => {
    now += 1_000;
    recording.sampler.sample();
  };
  return { recording, tick };
}

const WANTED = { name: "films", at: 5_000, advice: "Make it larger.", withValues: true };

test("a snapshot has the counters, the history, what left and the values of its cache", () => {
  const cache = new Cache<string, unknown>({ maxCacheSize: 2, ttl: Infinity });
  const { recording, tick } = recorded(cache);
  for (const key of ["a", "b", "c"]) {
    cache.set(key, new Map([[key, 1n]]));
    cache.get(key);
    cache.get("nothing");
    tick();
  }
  const before = cache.metrics;
  const read = snapshotTarget(readSnapshot(snapshotText(recording, WANTED)));
  // It is no access.
  expect(cache.metrics).toEqual(before);
  recording.stop();
  read.recording.sampler.start()();
  expect(read.recording.sampler.metrics).toEqual(before);
  const figures = ({ sampler }: Recording): unknown[] =>
    sampler.samples.map(({ at, seconds, hits, misses, hitRatio, removals }) => ({
      at,
      seconds,
      hits,
      misses,
      hitRatio,
      removals,
    }));
  expect(figures(read.recording)).toEqual(figures(recording));
  expect(read.recording.stories.latest(9)).toEqual(recording.stories.latest(9));
  expect(read.recording.stories.left("evicted")).toBe(1);
  expect(read.target.snapshot?.words).toContain("The advice then: Make it larger.");
  const entries = createEntrySource(read.target);
  expect([...entries.rows()].map(({ label, ttlLeft }) => [label, ttlLeft])).toEqual([
    ["b", Infinity],
    ["c", Infinity],
  ]);
  expect(entries.detail([...entries.rows()][1]?.id)).toEqual({
    key: "c",
    value: new Map([["c", 1n]]),
    query: undefined,
  });
  expect(entries.actions).toEqual([]);
});

test("a gap in the history stays a gap", () => {
  const clock = new ManualClock();
  const cache = new Cache<string, unknown>({ clock });
  const { recording, tick } = recorded(cache);
  cache.get("a");
  tick();
  clock.advance(5);
  cache.resetMetrics();
  cache.get("b");
  tick();
  cache.get("c");
  tick();
  const read = snapshotTarget(readSnapshot(snapshotText(recording, WANTED)));
  recording.stop();
  const gaps = ({ sampler }: Recording): boolean[] => sampler.samples.map(({ afterGap }) => afterGap);
  expect(gaps(recording)).toContain(true);
  expect(gaps(read.recording)).toEqual(gaps(recording));
});

test("a value that a file cannot hold is named as lost, and loses no other", () => {
  const cache = new Cache<string, unknown>();
  const { recording } = recorded(cache);
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  cache.set("cycle", cycle);
  cache.set("function", () => 1);
  cache.set("long", "x".repeat(300_000));
  cache.set("date", new Date(7));
  const entries = createEntrySource(snapshotTarget(readSnapshot(snapshotText(recording, WANTED))).target);
  recording.stop();
  const values = [...entries.rows()].map(({ id }) => entries.detail(id)?.value);
  expect(values.slice(0, 2)).toEqual([
    expect.stringMatching(/^Lost: .*cycle/),
    expect.stringMatching(/^Lost: .*function/),
  ]);
  expect(values[2]).toBe("Lost: It takes 300004 characters, and there was room for 200000.");
  expect(values[3]).toEqual(new Date(7));
});

test("queries of a client are shown with their status", () => {
  const client = new QueryClient();
  client.setQueryData(["film", 1], { title: "Dune" });
  const { recording } = recorded(client);
  const read = snapshotTarget(readSnapshot(snapshotText(recording, { ...WANTED, withValues: false })));
  recording.stop();
  const entries = createEntrySource(read.target);
  const [row] = [...entries.rows()];
  expect([entries.kind, row?.label, row?.status]).toEqual(["client", '["film",1]', "fresh"]);
  expect(entries.detail(row?.id)).toMatchObject({ key: ["film", 1], value: "Values were not exported." });
});

test("a file holds at most 10,000 entries, and says how many there were", () => {
  const cache = new Cache<number, number>({ maxCacheSize: 20_000 });
  for (let key = 0; key < 10_050; key++) cache.set(key, key);
  const { recording } = recorded(cache);
  const snapshot = readSnapshot(snapshotText(recording, WANTED));
  recording.stop();
  expect([snapshot.entries.length, snapshot.total]).toEqual([10_000, 10_050]);
});
