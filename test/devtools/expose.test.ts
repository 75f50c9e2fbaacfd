import { Cache } from "macho-cache";
import { exposeCaches } from "macho-cache/devtools/expose";
import { LruCache } from "macho-cache/lru";
import { QueryClient } from "macho-cache/query";
import { afterEach, describe, expect, test, vi } from "vitest";
import { recordingOf } from "../../src/devtools/recording.ts";
import type { DevtoolsTarget } from "../../src/devtools/source.ts";
import { isHeld } from "../support/collect.ts";

/** What the command finds, as it is documented. */
interface Registry {
  version: number;
  names(): string[];
  ask(request: object): Promise<string>;
}

const undos: (() => void)[] = [];
afterEach(() => undos.splice(0).forEach((undo) => undo()));

function exposed(...args: Parameters<typeof exposeCaches>): () => void {
  const undo = exposeCaches(...args);
  undos.push(undo);
  return undo;
}

/** Once the code that records is there. */
async function recorded(target: DevtoolsTarget): Promise<void> {
  await vi.waitFor(() => expect(recordingOf(target).accesses).toBeDefined(), 20_000);
}

const registry = (): Registry => (globalThis as never)[Symbol.for("macho-cache.exposed")];
const ask = async (request: object): Promise<unknown> => JSON.parse(await registry().ask(request)) as unknown;

describe("exposeCaches", () => {
  test("has a tool find caches and clients by their names until its undo is called", () => {
    const undo = exposed({ films: new Cache(), api: new QueryClient(), small: new LruCache() });
    expect(registry().version).toBe(1);
    expect(registry().names()).toEqual(["films", "api", "small"]);
    undo();
    undo();
    expect(registry().names()).toEqual([]);
  });

  test("gives a number to a name that is taken, and no second name to what has one", () => {
    const films = new Cache();
    exposed({ films });
    exposed({ films: new Cache() });
    const undo = exposed({ again: films });
    expect(registry().names()).toEqual(["films", "films 2"]);
    undo();
    expect(registry().names()).toEqual(["films", "films 2"]);
  });

  test("answers by data, and says what it does not know", async () => {
    exposed({ films: new Cache({ maxCacheSize: 5, strategy: "sieve" }).set("a", 1) });
    expect(await ask({ operation: "summary", cache: "films" })).toMatchObject({
      answer: { kind: "cache", strategy: "sieve", size: 1, maxCacheSize: 5, maxWeight: null, hitRatio: null },
    });
    expect(await ask({ operation: "dance", cache: "films" })).toEqual({ error: { code: "no-operation" } });
    expect(await ask({ operation: "summary", cache: "books" })).toEqual({
      error: { code: "no-cache", names: ["films"] },
    });
  });

  test("holds a cache weakly", async () => {
    const reference = ((cache) => {
      exposeCaches({ dropped: cache });
      return new WeakRef(cache);
    })(new Cache());
    expect(await isHeld(reference)).toBe(false);
    expect(registry().names()).toEqual([]);
  });

  test("records without a page, from the start of the server on", async () => {
    const films = new Cache();
    const undo = exposed({ films }, { record: true });
    await recorded(films);
    films.get("a");
    expect(recordingOf(films).accesses!.read().operations).toBe("m");
    expect(await ask({ operation: "summary", cache: "films" })).toMatchObject({ answer: { isRecording: true } });
    undo();
    expect(await ask({ operation: "summary", cache: "films" })).toMatchObject({ error: { code: "no-cache" } });
    expect(recordingOf(films).since).toBe(undefined);
  });

  test.each([
    ["cache", () => new Cache()],
    ["client", () => new QueryClient()],
  ])("holds a %s weakly that it records, also where its undo is kept", async (_, make) => {
    const reference = await (async (dropped) => {
      exposed({ dropped }, { record: true });
      await recorded(dropped);
      return new WeakRef(dropped);
    })(make());
    expect(await isHeld(reference)).toBe(false);
    expect(registry().names()).toEqual([]);
  });

  test("refuses what cannot be looked into, and a record that is no boolean", () => {
    expect(() => exposeCaches({ films: new Map() as never })).toThrow(/need a Cache or a QueryClient/);
    expect(() => exposeCaches({ films: new Cache() }, { record: 1 as never })).toThrow(
      /record must be true or false, got 1/,
    );
    expect(registry().names()).toEqual([]);
  });
});
