import KeyvRedis from "@keyv/redis";
import { Keyv } from "keyv";
import type { Tier } from "macho-cache/persist";
import { keyvTier } from "macho-cache/persist/keyv";
import { afterEach, describe, expect, test, vi } from "vitest";
import { freePort } from "../support/redis-server.ts";
import { recordFor, WALL } from "./tier-records.ts";

const PREFIX = "macho.ada.";
const ID = `${PREFIX}id`;

afterEach(() => void vi.useRealTimers());

describe("keyvTier", () => {
  test.each([
    [undefined, "undefined"],
    [{}, "an object"],
    [new Set(), "an object"],
    [Promise.resolve(new Map()), "an object"],
  ])("says what is wrong with %s", (store, got) => {
    const make = (): Tier => keyvTier(store as never);
    expect(make).toThrow(`storage must be a Keyv or a Map, got ${got}. Pass { storage: keyvTier(new Keyv()) }.`);
    expect(make).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  test("is shared by machines, unless it is a Map", () => {
    expect(keyvTier(new Keyv()).shared).toBe(true);
    expect(keyvTier(new Map()).shared).toBe(false);
  });

  test("gives the ms that are left, rounded up, and none for what never ends", async () => {
    const store = {
      get: vi.fn<() => unknown>(),
      set: vi.fn<(...args: unknown[]) => unknown>(),
      delete: vi.fn<() => unknown>(),
    };
    const tier = keyvTier(store);
    for (const ms of [1_000, 0.5, -5, Infinity]) await tier.set(ID, recordFor("key", { x: WALL + ms }));
    expect(store.set.mock.calls.map(([, , ttl]) => ttl)).toEqual([1_000, 1, 1, undefined]);
  });

  test("has nothing of what has expired in the store", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: WALL });
    const tier = keyvTier(new Keyv());
    await tier.set(ID, recordFor("key", { x: WALL + 1_000 }));
    vi.setSystemTime(WALL + 999);
    expect(await tier.get(ID)).toMatchObject({ d: "key" });
    vi.setSystemTime(WALL + 1_001);
    expect(await tier.get(ID)).toBeUndefined();
    expect(await tier.list!(PREFIX)).toEqual([]);
  });

  test("gives no promise for what cannot be listed: nobody knows what is there", async () => {
    const map = new Map<string, string>();
    const store = {
      get: (name: string) => map.get(name),
      set: (name: string, text: string) => map.set(name, text),
      delete: (name: string) => map.delete(name),
    };
    const tier = keyvTier(store);
    expect(tier.list).toBeUndefined();
    await tier.set(ID, recordFor("key"));
    expect(tier.clear).toBeUndefined();
    expect(await tier.get(ID)).toEqual(recordFor("key"));
  });

  test("passes on what a Keyv throws that is told to", async () => {
    const redis = new KeyvRedis(`redis://127.0.0.1:${await freePort()}`, {
      throwOnErrors: true,
      connectionTimeout: 100,
    });
    const store = new Keyv(redis, { throwOnErrors: true });
    store.on("error", () => undefined);
    const tier = keyvTier(store);
    const calls = [
      () => tier.get(ID),
      () => tier.set(ID, recordFor("key")),
      () => tier.delete(ID),
      () => tier.list!(PREFIX),
    ];
    const results = await Promise.allSettled(calls.map(async (call) => call()));
    expect(results.map(({ status }) => status)).toEqual(calls.map(() => "rejected"));
  });
});
