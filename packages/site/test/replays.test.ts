import fc from "fast-check";
import { expect, test } from "vitest";
import { LruCurve, POLICIES, replays, sizesFor } from "../.vitepress/theme/replay/replays.ts";
import { percent, verdict } from "../.vitepress/theme/replay/replay-words.ts";
import { SAMPLES, sampleTrace } from "../.vitepress/theme/replay/sample-traces.ts";
import { MAX_ACCESSES, readTrace, type Trace } from "../.vitepress/theme/replay/trace.ts";

const traceOf = (keys: readonly number[]): Trace => readTrace("keys.txt", keys.join("\n"));

/** A cache as an array: the next victim first. */
function slowHits(keys: readonly number[], size: number, moves: boolean): number {
  const held: number[] = [];
  let hits = 0;
  for (const key of keys) {
    const at = held.indexOf(key);
    if (at >= 0) hits++;
    if (at >= 0 && moves) held.push(...held.splice(at, 1));
    if (at < 0) held.push(key);
    if (held.length > size) held.shift();
  }
  return hits;
}

test("lru and fifo hit as often as an array does, at every size", () => {
  const keys = fc.array(fc.nat(12), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 14 }), (list, own) => {
      const trace = traceOf(list);
      const sizes = sizesFor(trace.keyCount, own);
      const results = [...replays(trace, sizes, new LruCurve(trace))];
      expect(results.map(({ policy }) => policy)).toEqual(POLICIES);
      for (const [policy, moves] of [
        ["lru", true],
        ["fifo", false],
      ] as const) {
        const { hitRatios } = results.find((each) => each.policy === policy)!;
        expect(hitRatios).toEqual(sizes.map((size) => slowHits(list, size, moves) / list.length));
      }
    }),
  );
});

test("the least size at which lru hits as often is the one that an array finds", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(8), { minLength: 1, maxLength: 60 }), fc.nat(10), (list, tenths) => {
      const trace = traceOf(list);
      const sizes = Array.from({ length: trace.keyCount + 1 }, (_, size) => size);
      const slow = sizes.find((size) => (size === 0 ? 0 : slowHits(list, size, true)) / list.length >= tenths / 10);
      expect(new LruCurve(trace).sizeFor(tenths / 10)).toBe(slow);
    }),
  );
});

test("a trace is one key a line, or the column of keys of a table", () => {
  const keys = (text: string): number[] => [...readTrace("a", text).keys];
  expect(keys("film 1\nfilm 2\r\n\nfilm 1\n")).toEqual([0, 1, 0]);
  expect(keys("A\na\nA")).toEqual([0, 1, 0]);
  expect(keys("time,Key,size\n1,x,10\n2,y,10\n3,x,10")).toEqual([0, 1, 0]);
  expect(keys("1;77;10\n2;78;10\n3;77;9")).toEqual([0, 1, 0]);
  expect(readTrace("a", "time\tid\n1\tx").notes).toEqual(["The column id has the keys."]);
  expect(readTrace("a", "x,y").notes).toEqual(["Each line is a key."]);
});

test("a file that is no trace says what to do", () => {
  expect(() => readTrace("a.txt", "\n \n")).toThrow("a.txt holds no keys. Write one key a line.");
  expect(() => readTrace("a.csv", "time,key\n")).toThrow("holds no keys");
  expect(() => readTrace("a.gz", "\u001F\uFFFD")).toThrow("gunzip a.gz");
  expect(() => readTrace("a.json", '{"version":1}')).toThrow("macho simulate a.json");
});

test("what is longer than a reader waits is cut, and said", () => {
  const trace = readTrace("a", `${"x\ny\n".repeat(MAX_ACCESSES / 2)}z`);
  expect(trace.keys.length).toBe(MAX_ACCESSES);
  expect(trace.keyCount).toBe(2);
  expect(trace.notes).toContain("Only the first 1,000,000 accesses are replayed.");
});

test("a sample is the same each time, and shows what its text says", () => {
  for (const { kind } of SAMPLES) expect(sampleTrace(kind).keys.join()).toBe(sampleTrace(kind).keys.join());
  const loop = sampleTrace("loop");
  const results = [...replays(loop, [1_000], new LruCurve(loop))];
  const ratioOf = (name: string): number => results.find(({ policy }) => policy === name)!.hitRatios[0]!;
  expect(ratioOf("lru")).toBe(0);
  expect(ratioOf("tinylfu")).toBeGreaterThan(0.25);
});

test("the verdict names the best policy at the reader's size, and the size that lru needs for it", () => {
  const result = (policy: (typeof POLICIES)[number], ...hitRatios: number[]) => ({ policy, hitRatios });
  const lru = { result: result("lru", 0.3, 0.9), lruSize: 10 };
  const sieve = { result: result("sieve", 0.42, 0.9), lruSize: 25 };
  expect(verdict([lru, sieve], [10, 100], 10)).toBe(
    "At 10 entries, lru hits 30.0% of the accesses. sieve hits 42.0%. lru needs 25 entries for that. With room for all keys, any policy hits 90.0%.",
  );
  const close = { result: result("sieve", 0.305, 0.9), lruSize: 11 };
  expect(verdict([lru, close], [10, 100], 10)).toContain("No policy is better by a point or more.");
  expect(percent(0.12345)).toBe("12.3%");
});
