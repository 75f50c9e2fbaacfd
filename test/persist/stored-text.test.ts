// Clients that are persisted as text: what one stores, the next one shows.
import { Redis } from "ioredis";
import { type Codec, persist, type Persistence, type Tier } from "macho-cache/persist";
import { itemTier } from "macho-cache/persist/item";
import { keyvTier } from "macho-cache/persist/keyv";
import { redisTier } from "macho-cache/persist/redis";
import { QueryClient, readText, toText } from "macho-cache/query";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { RedisServer } from "../support/redis-server.ts";
import { WebStorage } from "./item-storages.ts";

let server: RedisServer;
let admin: Redis;
const stops: (() => unknown)[] = [];

beforeAll(async () => {
  server = await RedisServer.start();
  admin = new Redis(server.url);
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await admin.flushall();
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
});

/** All names and texts of a storage. */
type Texts = () => Promise<Record<string, string>>;

const STORAGES: readonly (readonly [name: string, open: () => { tier: () => Tier; texts: Texts; damage: Damage }])[] = [
  [
    "a Web Storage",
    () => {
      const items = new WebStorage();
      const names = (): string[] => Array.from({ length: items.length }, (_, at) => items.key(at)!);
      return {
        tier: () => itemTier(items),
        texts: async () => Object.fromEntries(names().map((name) => [name, items.getItem(name)!])),
        damage: (name, text) => items.setItem(name, text),
      };
    },
  ],
  [
    "a Map",
    () => {
      const map = new Map<string, string>();
      return {
        tier: () => keyvTier(map),
        texts: async () => Object.fromEntries(map),
        damage: (name, text) => map.set(name, text),
      };
    },
  ],
  [
    "a Redis",
    () => ({
      tier: () => {
        const client = new Redis(server.url);
        stops.push(() => client.disconnect());
        return redisTier(client);
      },
      texts: async () => {
        const names = await admin.keys("*");
        return Object.fromEntries(
          await Promise.all(names.map(async (name) => [name, (await admin.get(name))!] as const)),
        );
      },
      damage: (name, text) => admin.set(name, text),
    }),
  ],
];
type Damage = (name: string, text: string) => unknown;

/** A page or a server, whose data may go anywhere. It knows what is stored. */
async function page(tier: Tier, codec?: Codec): Promise<{ client: QueryClient; persistence: Persistence }> {
  const client = new QueryClient({ defaultOptions: { queries: { shared: true, staleTime: Infinity } } });
  const persistence = persist(client, { storage: tier, scope: "ada", codec });
  stops.push(
    () => client.dispose(),
    () => persistence.stop(),
  );
  await persistence.ready;
  return { client, persistence };
}

const DATA = { at: new Date(0), by: new Map([[1n, new Set([-0])]]), none: undefined, bytes: new Uint8Array([1, 2]) };

describe.each(STORAGES)("a client that is persisted in %s", (_name, open) => {
  test("shows what another one has loaded, as it was", async () => {
    const { tier } = open();
    const first = await page(tier());
    await first.client.fetchQuery(["film", 1], async () => DATA);
    await first.persistence.flush();
    const next = await page(tier());
    const found = await next.client.fetchQuery(["film", 1], async () => "loaded");
    expect(found).toEqual(DATA);
    expect(next.persistence.status).toMatchObject({ hits: 1, failures: 0 });
  });

  test("keeps more by the codec of the query layer", async () => {
    const { tier } = open();
    const codec: Codec = { encode: toText, decode: (text) => readText(text as string) };
    const data = { by: /a b/gu, at: new URL("https://example.org"), bytes: new Float32Array([1.5]) };
    const first = await page(tier(), codec);
    await first.client.fetchQuery(["film", 1], async () => data);
    await first.persistence.flush();
    const next = await page(tier(), codec);
    expect(await next.client.fetchQuery(["film", 1], async () => "loaded")).toEqual(data);
  });

  test("loads what is damaged, and repairs it", async () => {
    const { tier, texts, damage } = open();
    const first = await page(tier());
    await first.client.fetchQuery(["film", 1], async () => DATA);
    await first.persistence.flush();
    const [[name, text]] = Object.entries(await texts()) as [[string, string]];
    await damage(name, text.slice(0, -5));
    const next = await page(tier());
    expect(await next.client.fetchQuery(["film", 1], async () => "anew")).toBe("anew");
    expect(next.persistence.status).toMatchObject({ unusable: 1, failures: 0 });
    await next.persistence.flush();
    const last = await page(tier());
    expect(await last.client.fetchQuery(["film", 1], async () => "loaded")).toBe("anew");
  });

  test("keeps in memory what no text keeps, and everything else goes on", async () => {
    const { tier, texts } = open();
    const { client, persistence } = await page(tier());
    await client.fetchQuery(["run"], async () => ({ run: () => 1 }));
    await client.fetchQuery(["film", 1], async () => DATA);
    await persistence.flush();
    expect(persistence.status).toMatchObject({ unpersistable: 1, failures: 0, writes: 1 });
    expect(Object.values(await texts()).filter((text) => text.startsWith("m"))).toHaveLength(1);
    expect(client.getQueryData(["run"])).toMatchObject({ run: expect.any(Function) as unknown });
  });

  test("leaves nothing of its data after a purge", async () => {
    const { tier, texts } = open();
    const { client, persistence } = await page(tier());
    for (let id = 0; id < 120; id++) await client.fetchQuery(["film", id], async () => `secret ${id}`);
    await persistence.flush();
    expect(JSON.stringify(await texts())).toContain("secret 119");
    await persistence.purge();
    expect(JSON.stringify(await texts())).not.toContain("secret");
    expect(JSON.stringify(await texts())).not.toContain("film");
    expect(client.getQueryData(["film", 1])).toBeUndefined();
  });
});
