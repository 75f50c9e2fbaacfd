// Every tier of text keeps the same promises, over real storages and over a real Redis.
import "fake-indexeddb/auto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import KeyvRedis from "@keyv/redis";
import { Redis } from "ioredis";
import { Redis as Valkey } from "iovalkey";
import { Keyv } from "keyv";
import localforage from "localforage";
import { itemTier } from "macho-cache/persist/item";
import { keyvTier } from "macho-cache/persist/keyv";
import { redisTier } from "macho-cache/persist/redis";
import { createStorage, prefixStorage, type Storage as Unstorage } from "unstorage";
import fsDriver from "unstorage/drivers/fs";
import idbDriver from "unstorage/drivers/indexedb";
import redisDriver from "unstorage/drivers/redis";
import { afterAll, beforeAll } from "vitest";
import { RedisServer } from "../support/redis-server.ts";
import { AsyncItems, WebStorage } from "./item-storages.ts";
import { type Opened, promisesOf } from "./tier-suite.ts";

let server: RedisServer;
let admin: Redis;
beforeAll(async () => {
  server = await RedisServer.start();
  admin = new Redis(server.url);
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

const ofItems = (items: {
  getItem(name: string): unknown;
  setItem(name: string, text: string): unknown;
}): Opened["raw"] => ({
  get: (name) => items.getItem(name),
  set: (name, text) => items.setItem(name, text),
});
/** An empty Redis, and what a text of ours is called there. */
const ofRedis = async (base = ""): Promise<Opened["raw"]> => {
  await admin.flushall();
  return { get: (name) => admin.get(base + name), set: (name, text) => admin.set(base + name, text) };
};

promisesOf(
  "itemTier of a Web Storage",
  () => {
    const storage = new WebStorage();
    return { tier: itemTier(storage), raw: ofItems(storage) };
  },
  { compares: true },
);

promisesOf("itemTier of an AsyncStorage", () => {
  const storage = new AsyncItems();
  return { tier: itemTier(storage), raw: ofItems(storage) };
});

promisesOf(
  "itemTier of localForage",
  async () => {
    const storage = localforage.createInstance({ name: crypto.randomUUID() });
    return { tier: itemTier(storage), raw: ofItems(storage) };
  },
  { numRuns: 20 },
);

/** What is under an unstorage, so that texts are seen as they are. */
const ofUnstorage = (storage: Unstorage, base = ""): Opened["raw"] => ({
  get: (name) => storage.getItemRaw(base + name),
  set: (name, text) => storage.setItemRaw(base + name, text),
});

promisesOf("itemTier of an unstorage in memory", () => {
  const storage = createStorage();
  return { tier: itemTier(storage), raw: ofUnstorage(storage) };
});

promisesOf("itemTier of a part of an unstorage", () => {
  const storage = createStorage();
  return { tier: itemTier(prefixStorage<string>(storage, "app")), raw: ofUnstorage(storage, "app:") };
});

promisesOf(
  "itemTier of an unstorage of files",
  () => {
    const base = mkdtempSync(join(tmpdir(), "macho-files-"));
    const storage = createStorage({ driver: fsDriver({ base }) });
    const raw = {
      get: async (name: string) => String(await storage.getItemRaw(name)),
      set: (name: string, text: string) => storage.setItemRaw(name, text),
    };
    return { tier: itemTier(storage), raw, close: () => rmSync(base, { recursive: true }) };
  },
  { numRuns: 20 },
);

promisesOf(
  "itemTier of an unstorage of a Redis",
  async () => {
    const storage = createStorage({ driver: redisDriver({ url: server.url, base: "app" }) });
    return { tier: itemTier(storage), raw: await ofRedis("app:"), close: () => storage.dispose() };
  },
  { numRuns: 20 },
);

promisesOf(
  "itemTier of an unstorage of an IndexedDB that others share",
  () => {
    const storage = createStorage({
      driver: idbDriver({ base: "app", dbName: crypto.randomUUID(), storeName: "all" }),
    });
    return { tier: itemTier(storage), raw: ofUnstorage(storage) };
  },
  { numRuns: 20 },
);

promisesOf("keyvTier of a Map", () => {
  const store = new Map<string, string>();
  return { tier: keyvTier(store), raw: store };
});

promisesOf("keyvTier of a Keyv in memory", () => {
  const store = new Keyv();
  return { tier: keyvTier(store), raw: store };
});

promisesOf(
  "keyvTier of a Keyv over a Redis",
  async () => {
    await admin.flushall();
    const store = new Keyv(new KeyvRedis(server.url), { namespace: "app", throwOnErrors: true });
    return { tier: keyvTier(store), raw: store, close: () => store.disconnect() };
  },
  { numRuns: 20 },
);

for (const [name, Client] of [
  ["ioredis", Redis],
  ["iovalkey", Valkey],
] as const) {
  for (const keyPrefix of ["", "app[1]*:"]) {
    promisesOf(
      `redisTier of ${name}${keyPrefix && " whose names have a prefix"}`,
      async () => {
        const client = new Client(server.url, { keyPrefix });
        return { tier: redisTier(client), raw: await ofRedis(keyPrefix), close: () => client.disconnect() };
      },
      { compares: true, numRuns: 50 },
    );
  }
}
