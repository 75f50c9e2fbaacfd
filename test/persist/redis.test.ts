// redisTier on a real Redis that is slow, held, ended, refused, or written by several servers at once.
import { Redis } from "ioredis";
import { Redis as Valkey } from "iovalkey";
import type { Tier } from "macho-cache/persist";
import { type RedisClient, redisTier } from "macho-cache/persist/redis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { PATIENCE } from "../support/patience.ts";
import { freePort, RedisServer } from "../support/redis-server.ts";
import { recordFor, WALL } from "./tier-records.ts";

const PREFIX = "macho.ada.";
const ID = `${PREFIX}id`;

let server: RedisServer;
let admin: Redis;
const clients: { disconnect(): void }[] = [];
const unhandled: unknown[] = [];
const hear = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", hear);
  server = await RedisServer.start();
  admin = new Redis(server.url);
});
beforeEach(async () => {
  await admin.flushall();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await new Promise(setImmediate);
  expect(unhandled.splice(0)).toEqual([]);
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
  process.off("unhandledRejection", hear);
});

/** What the guide recommends, and a listener. */
const SETTINGS = { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 100 };
const KINDS = [
  ["ioredis", Redis],
  ["iovalkey", Valkey],
] as const;

function connect(Client: typeof Redis | typeof Valkey, url = server.url, settings: object = {}): Redis {
  const client = new (Client as typeof Redis)(url, settings);
  client.on("error", () => undefined);
  clients.push(client);
  return client;
}

const write = (tier: Tier, ms: number, writer = "a"): unknown => {
  const n = [WALL + ms, writer] as const;
  return tier.write!([{ id: ID, n, record: recordFor("key", { n, data: `${writer}${ms}` }) }], PREFIX);
};
const remove = (tier: Tier, ms: number): unknown => tier.write!([{ id: ID, n: [WALL + ms, "a"] }], PREFIX);

describe("redisTier", () => {
  test.each([
    [undefined, "undefined"],
    [{}, "an object"],
    [Promise.resolve({}), "an object"],
    ["redis://127.0.0.1", '"redis://127.0.0.1"'],
    [{ get: () => null, mGet: () => [], set: () => "OK", unlink: () => 0, scan: () => [], eval: () => 0 }, "an object"],
  ])("says what is wrong with %s", (client, got) => {
    const make = (): Tier => redisTier(client as never);
    expect(make).toThrow(
      `storage must be a client of ioredis or iovalkey, got ${got}. Pass { storage: redisTier(new Redis(url)) }.`,
    );
    expect(make).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  test("says what is wrong with its options", () => {
    const client = connect(Redis, server.url, { lazyConnect: true });
    expect(() => redisTier(client, { lock: 1 as never })).toThrow(
      "lock must be true, false or an object with wait, got 1. Pass { lock: { wait: 500 } }.",
    );
    expect(() => redisTier(client, { locks: true } as never)).toThrow("locks is not an option of redisTier");
  });

  test("is shared by servers, waits for 50 ms, and locks where it is told to", () => {
    const client = connect(Redis, server.url, { lazyConnect: true });
    expect(redisTier(client)).toMatchObject({ name: "Redis", shared: true, deadline: 50 });
    expect(redisTier(client)).not.toHaveProperty("lock");
    expect(redisTier(client, { lock: true }).lock).toBeInstanceOf(Function);
    expect(client.status).toBe("wait");
  });

  test("gives entries their end as a wall time in whole ms", async () => {
    const tier = redisTier(connect(Redis));
    await tier.set(ID, recordFor("key", { x: WALL + 600_000.25 }));
    expect(await admin.pexpiretime(ID)).toBe(WALL + 600_001);
    await tier.write!([{ id: ID, n: [WALL, "a"], record: recordFor("key", { x: Infinity }) }], PREFIX);
    expect(await admin.pexpiretime(ID)).toBe(8.64e15);
    await tier.set(ID, recordFor("key", { x: WALL - 1 }));
    expect(await tier.get(ID)).toBeNull();
    await tier.set(ID, recordFor("key", { x: 0 }));
    expect(await tier.get(ID)).toBeNull();
    await tier.set(ID, recordFor("key", { x: Date.now() + 20 }));
    await vi.waitFor(async () => expect(await tier.get(ID)).toBeNull(), PATIENCE);
  });

  test("keeps the end of an entry that it marks", async () => {
    const tier = redisTier(connect(Redis));
    await write(tier, 1);
    await tier.write!([{ id: ID, n: [WALL + 2, "a"], isMark: true }], PREFIX);
    expect(await tier.get(ID)).toMatchObject({ d: "a1", i: 1, n: [WALL + 2, "a"] });
    expect(await admin.pexpiretime(ID)).toBe(WALL + 600_000);
    // It was loaded before the mark, and would end it.
    await write(tier, 1.5);
    expect(await tier.get(ID)).toMatchObject({ d: "a1", i: 1 });
    await write(tier, 3);
    expect(await tier.get(ID)).toEqual(recordFor("key", { n: [WALL + 3, "a"], data: "a3" }));
  });

  test("remembers a removal for a minute, and a clear for a day", async () => {
    const tier = redisTier(connect(Redis));
    await remove(tier, 2);
    await tier.clear!(PREFIX, [WALL + 3, "a"]);
    const left = async (name: string): Promise<number> => {
      const ms = await admin.pttl(name);
      return Math.ceil(ms / 60_000);
    };
    const names = await admin.keys("*");
    expect(names.sort()).toEqual([`${ID}!`, `${PREFIX}!all!`].sort());
    expect(await left(`${ID}!`)).toBe(1);
    expect(await left(`${PREFIX}!all!`)).toBe(1_440);
    await admin.del(`${ID}!`);
    await write(tier, 2.5);
    expect(await tier.get(ID)).toBeNull();
    await write(tier, 4);
    expect(await tier.get(ID)).toMatchObject({ d: "a4" });
  });

  test("clears and lists more than one page of names", async () => {
    const tier = redisTier(connect(Redis));
    const ids = Array.from({ length: 2_500 }, (_, at) => `${PREFIX}${at}`);
    const n = [WALL, "a"] as const;
    for (let at = 0; at < ids.length; at += 500) {
      await tier.write!(
        ids.slice(at, at + 500).map((id) => ({ id, n, record: recordFor(id) })),
        PREFIX,
      );
    }
    expect(new Set((await tier.list!(PREFIX)).map(([id]) => id))).toEqual(new Set(ids));
    await tier.clear!(PREFIX, [WALL + 1, "a"]);
    expect(await tier.list!(PREFIX)).toEqual([]);
    expect(await admin.dbsize()).toBe(1);
  });
});

describe.each(KINDS)("servers that share a Redis by %s", (_name, Client) => {
  test("end with the newest write, whatever order they come in", async () => {
    const tiers = ["a", "b", "c", "d"].map((writer) => ({ writer, tier: redisTier(connect(Client)) }));
    const all = tiers.flatMap((one) => Array.from({ length: 250 }, (_, ms) => ({ ...one, ms: (ms * 7) % 250 })));
    await Promise.all(all.map(({ tier, ms, writer }) => write(tier, ms, writer)));
    expect(await tiers[0]!.tier.get(ID)).toMatchObject({ d: "d249", n: [WALL + 249, "d"] });
  });

  test("end with nothing where the removal is the newest", async () => {
    const [one, other] = [redisTier(connect(Client)), redisTier(connect(Client))];
    const late = Array.from({ length: 100 }, (_, ms) => () => write(ms % 2 ? one : other, ms));
    await Promise.all([...late.slice(0, 50), () => remove(one, 100), ...late.slice(50)].map((run) => run()));
    expect(await other.get(ID)).toBeNull();
  });

  test("have one lock of an id", async () => {
    const [one, other] = [redisTier(connect(Client), { lock: true }), redisTier(connect(Client), { lock: true })];
    const giveBack = await one.lock!(ID, 60_000);
    expect(giveBack).toBeInstanceOf(Function);
    expect(await other.lock!(ID, 60_000)).toBeUndefined();
    expect(await other.lock!(`${ID}2`, 60_000)).toBeInstanceOf(Function);
    // It is no entry.
    expect(await one.list!(PREFIX)).toEqual([]);
    await giveBack!();
    const others = await other.lock!(ID, 60_000);
    expect(others).toBeInstanceOf(Function);
    // What came too late gives nothing back.
    await giveBack!();
    expect(await one.lock!(ID, 60_000)).toBeUndefined();
    await others!();
    expect(await admin.exists(`${ID}!lock`)).toBe(0);
  });

  test("get a lock when its time is over", async () => {
    const tier = redisTier(connect(Client), { lock: true });
    const giveBack = await tier.lock!(ID, 10.5);
    await vi.waitFor(async () => expect(await tier.lock!(ID, 60_000)).toBeInstanceOf(Function), PATIENCE);
    await giveBack!();
    expect(await tier.lock!(ID, 60_000)).toBeUndefined();
  });
});

/** Every way to call a tier. */
const calls = (tier: Tier): readonly (() => unknown)[] => [
  () => tier.get(ID),
  () => tier.getMany!([ID, `${ID}2`]),
  () => tier.set(ID, recordFor("key")),
  () => tier.delete(ID),
  () => write(tier, 1),
  () => remove(tier, 2),
  () => tier.list!(PREFIX),
  () => tier.clear!(PREFIX, [WALL, "a"]),
  () => tier.lock!(ID, 1_000),
];

describe.each(KINDS)("a Redis that fails, by %s", (_name, Client) => {
  const settled = (tier: Tier): Promise<PromiseSettledResult<unknown>[]> =>
    Promise.allSettled(calls(tier).map(async (call) => call()));

  test("rejects each call where it is refused", async () => {
    const tier = redisTier(connect(Client, `redis://127.0.0.1:${await freePort()}`, SETTINGS), { lock: true });
    const results = await settled(tier);
    expect(results.map(({ status }) => status)).toEqual(results.map(() => "rejected"));
  });

  test("rejects each call where it is held, and goes on afterwards", async () => {
    const client = connect(Client, server.url, SETTINGS);
    const tier = redisTier(client, { lock: true });
    await vi.waitFor(() => expect(client.status).toBe("ready"), PATIENCE);
    await tier.set(ID, recordFor("key"));
    server.pause();
    try {
      const results = await settled(tier);
      expect(results.map(({ status }) => status)).toEqual(results.map(() => "rejected"));
    } finally {
      server.resume();
    }
    await vi.waitFor(async () => expect(await tier.getMany!([`${ID}3`])).toEqual([null]), PATIENCE);
  });

  test("answers what was asked while it was held, by a client that waits", async () => {
    const tier = redisTier(connect(Client));
    await tier.set(ID, recordFor("key"));
    server.pause();
    const asked = Promise.resolve(tier.get(ID));
    let isOver = false;
    void asked.finally(() => (isOver = true));
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    server.resume();
    expect(await asked).toEqual(recordFor("key"));
  });

  test("rejects what was under way when it ended, and works when it is back", async () => {
    const own = await RedisServer.start();
    try {
      const client = connect(Client, own.url, { ...SETTINGS, retryStrategy: () => 20 });
      const tier = redisTier(client, { lock: true });
      await vi.waitFor(() => expect(client.status).toBe("ready"), PATIENCE);
      await tier.set(ID, recordFor("key"));
      own.pause();
      const results = settled(tier);
      await own.kill();
      for (const { status } of await results) expect(status).toBe("rejected");
      for (const { status } of await settled(tier)) expect(status).toBe("rejected");
      await own.restart();
      // Nothing has to be known from before.
      await vi.waitFor(async () => expect(await tier.get(ID)).toBeNull(), PATIENCE);
      await write(tier, 1);
      expect(await tier.get(ID)).toMatchObject({ d: "a1" });
    } finally {
      await own.stop();
    }
  });

  test("says so on the console, and no louder, where nobody listens", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const client = new (Client as typeof Redis)(await freePort(), "127.0.0.1", SETTINGS);
    clients.push(client);
    const tier = redisTier(client, { lock: true });
    await settled(tier);
    await vi.waitFor(() => expect(said).toHaveBeenCalled(), PATIENCE);
    said.mockRestore();
    client.on("error", () => undefined);
  });

  test("passes on what the server answers", async () => {
    const tier = redisTier(connect(Client), { lock: true });
    await admin.rpush(ID, "a list");
    await expect(async () => tier.get(ID)).rejects.toThrow("WRONGTYPE");
    await expect(async () => write(tier, 1)).rejects.toThrow("WRONGTYPE");
    expect(await admin.lrange(ID, 0, -1)).toEqual(["a list"]);
  });
});

test("a client is used by its structure alone", async () => {
  const asked: unknown[][] = [];
  const answer =
    <T>(name: string, value: T) =>
    async (...args: unknown[]): Promise<T> => {
      asked.push([name, ...args]);
      return value;
    };
  const client: RedisClient = {
    get: answer("get", null),
    mget: answer("mget", []),
    set: answer("set", null),
    unlink: answer("unlink", 0),
    scan: answer<[string, string[]]>("scan", ["0", []]),
    eval: answer("eval", null),
  };
  const tier = redisTier(client, { lock: true });
  for (const call of calls(tier)) await call();
  expect(asked.map(([name]) => name)).toEqual([
    "get",
    "mget",
    "eval",
    "unlink",
    "eval",
    "eval",
    "scan",
    "eval",
    "scan",
    "set",
  ]);
});
