import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { Cache, estimateBytes } from "macho-cache";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Sampled } from "../../../src/core/metrics/memory.ts";

const path = (relative: string): string => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

describe("the estimate of memory", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "macho-bytes-"));
    const outfile = join(folder, "engine.mjs");
    buildSync({ entryPoints: [path("src/core/index.ts")], bundle: true, format: "esm", outfile });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** In a process of its own, where nothing else is allocated meanwhile. */
  function measured(kind: string): { bytes: number; estimate: number; error: number } {
    const args = ["--expose-gc", path("test/support/bytes-probe.mjs"), join(folder, "engine.mjs"), kind];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect([stderr, status]).toEqual(["", 0]);
    return JSON.parse(stdout) as { bytes: number; estimate: number; error: number };
  }

  test.each([
    "templates, integers",
    "flat texts, integers",
    "integers, integers",
    "integers, fractions",
    "flat texts, flat texts of 200",
    "integers, wide texts",
    "flat texts, objects of JSON",
    "integers, arrays",
    "integers, arrays of fractions",
    "flat texts, dates",
    "integers, maps",
    "integers, sets",
    "integers, bytes",
    "integers, large records",
  ])("is off by no more than the error it names: %s", (kind) => {
    const { bytes, estimate, error } = measured(kind);
    expect(Math.abs(bytes - estimate)).toBeLessThanOrEqual(error);
    if (kind !== "integers, large records") expect(error).toBeLessThan(estimate / 2);
  });
});

/** A shard that counts how often it is looked at. */
function countedShard(size: number, isFree: (slot: number) => boolean): { shard: Sampled; looks: () => number } {
  let looks = 0;
  const look = <T>(result: T): T => {
    looks++;
    return result;
  };
  const column = (at: (slot: number) => unknown): unknown[] =>
    new Proxy<unknown[]>([], { get: (_, slot) => look(isFree(Number(slot)) ? undefined : at(Number(slot))) });
  const shard = {
    size,
    lastUsed: size,
    reserved: 0,
    keys: column((slot) => slot),
    values: column((slot) => ({ id: slot })),
    times: undefined,
    ttls: undefined,
    weights: undefined,
    links: new Int32Array(0),
  };
  return { shard, looks: () => looks };
}

describe("looking at a sample", () => {
  test("takes as many steps for a million entries as for a hundred", () => {
    const { shard, looks } = countedShard(1_000_000, () => false);
    const { estimate } = estimateBytes({ parts: { stores: [shard] } });
    expect(estimate).toBeGreaterThan(1_000_000 * 4 * 4);
    expect(looks()).toBeLessThanOrEqual(64 * 4);
    const { shard: other, looks: others } = countedShard(100, () => false);
    estimateBytes({ parts: { stores: [other] } });
    expect(others()).toBeGreaterThan(100);
  });

  test("passes free slots over, and goes on through all shards", () => {
    const shards = Array.from({ length: 8 }, () => countedShard(1_000, (slot) => slot % 3 !== 0));
    const { estimate, error } = estimateBytes({ parts: { stores: shards.map(({ shard }) => shard) } });
    // Beside the entries, each shard has its index of 1,024 places, and itself.
    expect(estimate).toBe(8_000 * 4 * 6 + 8 * 6 * (3.5 * 1_024 + 60));
    expect(error).toBeLessThan(estimate);
    for (const { looks } of shards) expect(looks()).toBeGreaterThan(8);
  });

  test("of one entry among many that cannot be looked at says that it knows little", () => {
    const cache = new Cache<number, object>();
    for (let id = 0; id < 3; id++) {
      cache.set(id, Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`${id}.${at}`, at])));
    }
    const { estimate, error } = estimateBytes(cache);
    expect(estimate).toBeGreaterThan(3 * 50_000 * 24);
    expect(error).toBeGreaterThan(estimate / 2);
  });

  test("of 64 arrays of 200,000 numbers looks at some of their elements only", () => {
    let looks = 0;
    const handler: ProxyHandler<number[]> = {
      getOwnPropertyDescriptor: (target, name) => {
        looks++;
        return Reflect.getOwnPropertyDescriptor(target, name);
      },
    };
    const cache = new Cache<number, unknown>();
    const numbers = Array.from({ length: 200_000 }, (_, index) => index / 3);
    for (let key = 0; key < 64; key++) cache.set(key, new Proxy([...numbers], handler));
    const { estimate } = estimateBytes(cache);
    expect(estimate).toBeGreaterThan(64 * 200_000 * 8);
    expect(estimate).toBeLessThan(64 * 200_000 * 9);
    expect(looks).toBeGreaterThan(64);
    expect(looks).toBeLessThanOrEqual(64 * 32);
  });
});

describe("odd values", () => {
  const fails = (): never => {
    throw new Error("user code");
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const ODD: [string, object][] = [
    ["a revoked proxy", revoked.proxy],
    ["a proxy without keys to list", new Proxy({}, { ownKeys: fails })],
    ["a proxy without a prototype to tell", new Proxy({}, { getPrototypeOf: fails })],
    ["an array with an iterator of its own", Object.assign([1, 2], { [Symbol.iterator]: fails })],
    ["an array of accessors", Object.defineProperty([1, 2], 0, { get: fails })],
    ["a map with an iterator of its own", Object.assign(new Map([[1, 1]]), { [Symbol.iterator]: fails })],
    ["a set with an iterator of its own", Object.assign(new Set([1]), { [Symbol.iterator]: fails })],
    ["an object with a tag of its own", Object.defineProperty({}, Symbol.toStringTag, { get: fails })],
  ];

  test.each(ODD)("%s leaves the metrics as they are, as a key, as a value and within one", (_name, odd) => {
    const cache = new Cache<unknown, unknown>();
    cache
      .set(odd, odd)
      .set("within", { odd, others: [odd] })
      .set("bytes", new Uint8Array(100_000));
    expect(cache.metrics.size).toBe(3);
    expect(estimateBytes(cache).estimate).toBeGreaterThan(100_000);
  });

  test("what keeps its bytes elsewhere counts with them", () => {
    const blob = new Blob(["x".repeat(50_000)]);
    for (const value of [
      blob,
      new SharedArrayBuffer(50_000),
      new ArrayBuffer(50_000),
      new DataView(new ArrayBuffer(50_000)),
    ]) {
      const { estimate } = estimateBytes(new Cache<string, unknown>().set("a", value));
      expect(estimate).toBeGreaterThan(50_000);
      expect(estimate).toBeLessThan(55_000);
    }
  });

  test("what is shared counts once", () => {
    const shared = { text: "x".repeat(100_000) };
    const cache = new Cache<number, object>();
    for (let key = 0; key < 50; key++) cache.set(key, { shared });
    expect(estimateBytes(cache).estimate).toBeLessThan(150_000);
  });
});
