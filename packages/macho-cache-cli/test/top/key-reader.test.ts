import type { Answers, Requests } from "macho-cache/devtools/expose";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunningCache } from "../../src/connection/running-cache.ts";
import { MAX_KEYS, readKeys } from "../../src/top/key-reader.ts";

/** A cache whose page answers in parts, each sorted by itself, as a large one does. */
function inParts(ranks: readonly number[], part: number, isDescending: boolean): RunningCache {
  const ask = async (_: string, { cursor = [0, 0], limit = 0 }: Requests["keys"]): Promise<Answers["keys"]> => {
    const [, from] = cursor;
    const to = from + part;
    const rows = ranks
      .slice(from, to)
      .map((rank, index) => ({ key: String(from + index), type: "string", status: "stored" as const, rank }));
    rows.sort((one, other) => (isDescending ? other.rank - one.rank : one.rank - other.rank));
    return {
      kind: "cache",
      rows: rows.slice(0, limit),
      matched: rows.length,
      cursor: to < ranks.length ? [0, to] : null,
      size: ranks.length,
      isDescending,
      recordedSince: null,
      isNewRecord: false,
    };
  };
  return { ask } as unknown as RunningCache;
}

test("the first keys of many parts are those of all keys at once", async () => {
  const given = fc.tuple(fc.array(fc.nat(20), { maxLength: 500 }), fc.integer({ min: 1, max: 200 }), fc.boolean());
  await fc.assert(
    fc.asyncProperty(given, async ([ranks, part, isDescending]) => {
      const { signal } = new AbortController();
      const list = await readKeys(
        inParts(ranks, part, isDescending),
        { sort: "size", filter: "", isReversed: false },
        signal,
        () => 5,
      );
      const all = ranks.map((rank, index) => ({ rank, key: String(index) }));
      all.sort((one, other) => (isDescending ? other.rank - one.rank : one.rank - other.rank));
      expect(list.rows.map(({ key }) => key)).toEqual(all.slice(0, MAX_KEYS).map(({ key }) => key));
      expect(list).toMatchObject({ matched: ranks.length, isFiltered: false, at: 5 });
    }),
  );
});

test("a walk is given up between two parts", async () => {
  const stop = new AbortController();
  const cache = inParts(Array<number>(100).fill(1), 10, true);
  let parts = 0;
  const counted = {
    ask: (...given: Parameters<RunningCache["ask"]>) => {
      if (++parts === 3) stop.abort();
      return cache.ask(...given);
    },
  } as unknown as RunningCache;
  await expect(readKeys(counted, { sort: "size", filter: "a", isReversed: false }, stop.signal)).rejects.toThrow(
    "aborted",
  );
  expect(parts).toBe(3);
});
