import { Cache } from "macho-cache";
import { type AccessRecord, record, type Recording } from "macho-cache/simulate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type RecordAnswer, Records } from "../../../src/devtools/agent/record.ts";
import { ManualClock } from "../../../test/support/manual-clock.ts";
import { ManualTimers } from "../../../test/support/manual-timers.ts";
import { RecordAssembly, recordText } from "../src/record-assembly.ts";

const step = fc.record({
  type: fc.constantFrom(
    "get",
    "get",
    "get",
    "fill",
    "set",
    "ttl",
    "weight",
    "delete",
    "wait",
    "clear",
    "read",
    "resize",
  ),
  key: fc.integer({ min: 0, max: 12 }),
  number: fc.integer({ min: 1, max: 30 }),
});

/** Does one step with a cache. */
function act(
  cache: Cache<number, number>,
  clock: ManualClock,
  { type, key, number }: typeof step extends fc.Arbitrary<infer S> ? S : never,
): void {
  if (type === "get") cache.get(key);
  else if (type === "fill" && cache.get(key) === undefined) cache.set(key, number);
  else if (type === "set") cache.set(key, number);
  else if (type === "ttl") cache.set(key, number, { ttl: number });
  else if (type === "weight") cache.set(key, number, { weight: 1 + (number % 3) });
  else if (type === "delete") cache.delete(key);
  else if (type === "wait") clock.advance(number);
  else if (type === "clear") cache.clear();
  else if (type === "resize" && number > 25) cache.resize(3 + key, 40);
}

/** What a record would be without the operations before one. */
function tailOf(whole: AccessRecord, lost: number): AccessRecord {
  if (lost === 0) return whole;
  const { entries: _entries, operations, keys, times, ttls, weights, ...head } = whole;
  return {
    ...head,
    isComplete: false,
    lost,
    operations: operations.slice(lost),
    keys: keys.slice(lost),
    times: times.slice(lost),
    ...(ttls && { ttls: ttls.slice(lost) }),
    ...(weights && { weights: weights.slice(lost) }),
  };
}

/** Columns that say nothing: a part of a record may not need what all of it has. */
function plain({ ttls, weights, ...rest }: AccessRecord): object {
  const hasTtls = ttls?.some((ttl) => ttl !== 0);
  const hasWeights = weights?.some((weight) => weight !== 1);
  return { ...rest, ...(hasTtls && { ttls }), ...(hasWeights && { weights }) };
}

/** Somebody who reads along, as the command does. */
class Reader {
  readonly assembly: RecordAssembly;
  #records: Records;
  #cache: Cache<number, number>;
  #session = "";

  constructor(cache: Cache<number, number>, size: number, most?: number) {
    this.#cache = cache;
    this.#records = new Records(new ManualTimers(), size);
    this.assembly = new RecordAssembly(most);
  }

  /** Until nothing is left. */
  read(phase: "go" | "stop" = "go"): void {
    let hasMore = true;
    while (hasMore) {
      const asked = { session: this.#session, sampleRate: 0, phase, ...this.assembly.soFar };
      // As it comes from the page.
      const { session, part } = JSON.parse(JSON.stringify(this.#records.answer(this.#cache, asked))) as RecordAnswer;
      this.#session = session;
      hasMore = this.assembly.add(part!);
    }
  }

  end(): void {
    this.#records.answer(this.#cache, { session: this.#session, sampleRate: 0, phase: "end", begun: 0, from: 0 });
    expect(this.#records.sessions.count(this.#cache)).toBe(0);
  }
}

test.each([
  ["nothing is lost", 5_000],
  ["the page overwrites what is not fetched in time", 8],
])("a record that is put together from parts is what the cache's own record is, where %s", (_, size) => {
  const property = fc.property(fc.array(step, { maxLength: 150, size: "max" }), fc.boolean(), (steps, isStopped) => {
    const clock = new ManualClock();
    const cache = new Cache<number, number>({ maxCacheSize: 5, maxWeight: 9, weigher: () => 1, ttl: 100, clock });
    cache.set(0, 0).get(1);
    const whole: Recording = record(cache, { size: 5_000 });
    const reader = new Reader(cache, size);
    reader.read();
    for (const each of steps) {
      // Both look at the same time: a change of the bounds is noticed by a look.
      if (each.type === "read") {
        whole.read();
        reader.read();
      } else act(cache, clock, each);
    }
    reader.read(isStopped ? "stop" : "go");
    const { assembly } = reader;
    const read = assembly.record()!;
    const all = whole.read();
    // While it goes on, the last operation is held back.
    const held = isStopped || all.operations.length === 0 ? 0 : 1;
    const expected = tailOf(all, read.lost);
    const cut = <T>(list: readonly T[]): readonly T[] => list.slice(0, list.length - held);
    expect(plain(read)).toEqual(
      plain({
        ...expected,
        operations: expected.operations.slice(0, expected.operations.length - held),
        keys: cut(expected.keys),
        times: cut(expected.times),
        ...(expected.ttls && { ttls: cut(expected.ttls) }),
        ...(expected.weights && { weights: cut(expected.weights) }),
      }),
    );
    expect(assembly.lookups).toBe(read.operations.replaceAll(/[^hmfF]/g, "").length);
    expect(JSON.parse([...recordText(read)].join(""))).toEqual(JSON.parse(JSON.stringify(read)));
    whole.stop();
    reader.end();
    expect(cache.parts.stores[0]!.recorder).toBe(undefined);
  });
  fc.assert(property, { numRuns: 150 });
});

test("a full record takes no more than one part beyond its bound", () => {
  const cache = new Cache<number, number>();
  const reader = new Reader(cache, 1_000, 10);
  const { assembly } = reader;
  for (let key = 0; key < 9; key++) cache.get(key);
  reader.read();
  expect([assembly.isFull, assembly.operations]).toEqual([false, 0]);
  for (let key = 0; key < 9; key++) cache.get(key);
  reader.read();
  expect([assembly.isFull, assembly.operations]).toEqual([false, 8]);
  for (let key = 0; key < 20; key++) cache.get(key);
  reader.read();
  expect([assembly.isFull, assembly.operations]).toEqual([true, 28]);
});
