// Processes that share a real Redis; and clients of a Redis that is refused, held, ended and started again.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { Redis as Valkey } from "iovalkey";
import { persist, type Persistence } from "macho-cache/persist";
import { redisTier } from "macho-cache/persist/redis";
import { QueryClient } from "macho-cache/query";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { PATIENCE } from "../support/patience.ts";
import { RedisServer } from "../support/redis-server.ts";
import { Programs, ServerProcess } from "../support/server-process.ts";

const ORIGIN_MS = 30;
const CANARY = "canary-of-a-user";

const programs = new Programs();
const unhandled: unknown[] = [];
const hear = (reason: unknown): void => void unhandled.push(reason);
let program: string;
let server: RedisServer;
let admin: Redis;
const running: { kill(): void }[] = [];

beforeAll(async () => {
  process.on("unhandledRejection", hear);
  program = await programs.build("process", fileURLToPath(new URL("fleet/process.ts", import.meta.url)));
  server = await RedisServer.start();
  admin = new Redis(server.url);
  admin.on("error", () => undefined);
});
beforeEach(async () => {
  await admin.flushall();
});
afterEach(async () => {
  for (const one of running.splice(0)) one.kill();
  await new Promise(setImmediate);
  expect(unhandled.splice(0)).toEqual([]);
});
afterAll(async () => {
  admin.disconnect();
  await server.stop();
  programs.remove();
  process.off("unhandledRejection", hear);
});

/** Two processes over the Redis, whose origin takes a while. */
async function fleet(settings: object = {}): Promise<[ServerProcess, ServerProcess]> {
  const start = async (): Promise<ServerProcess> => {
    const one = await ServerProcess.start(program, { url: server.url, ...settings });
    running.push(one);
    one.origin = async (name) => {
      await wait(ORIGIN_MS);
      return `data of ${name}`;
    };
    return one;
  };
  return Promise.all([start(), start()]);
}

/** All that the Redis holds, names and values. */
async function everything(): Promise<string> {
  const names = await admin.keys("*");
  const values = await Promise.all(names.map((name) => admin.get(name)));
  return JSON.stringify([names, values]);
}

describe("two processes", () => {
  test("find what the other one loaded", async () => {
    const [one, two] = await fleet();
    expect(await one.ask("film")).toEqual(["data of film"]);
    await vi.waitFor(async () => expect(await admin.keys("macho.fleet.*")).toHaveLength(1), PATIENCE);
    expect(await two.ask("film")).toEqual(["data of film"]);
    expect(two.loads).toEqual([]);
    expect(await two.status()).toMatchObject({ hits: 1, misses: 0, unanswered: 0 });
  });

  test("load once for a hundred requests with a lock, and at most once each without", async () => {
    for (const lock of [true, false]) {
      const [one, two] = await fleet({ lock });
      for (let round = 0; round < 5; round++) {
        const name = `film ${lock} ${round}`;
        const answers = await Promise.all([one.ask(name, 50), two.ask(name, 50)]);
        expect(answers.flat()).toEqual(Array(100).fill(`data of ${name}`));
      }
      const loads = one.loads.length + two.loads.length;
      expect(loads).toBeGreaterThanOrEqual(5);
      expect(loads).toBeLessThanOrEqual(lock ? 5 : 10);
      expect(Math.max(one.loads.length, two.loads.length)).toBeLessThanOrEqual(5);
    }
  });

  test("go on after the longest wait when the one that loads is killed", async () => {
    const [one, two] = await fleet({ lock: { wait: 400 } });
    one.origin = () => new Promise(() => undefined);
    void one.ask("film");
    await vi.waitFor(() => expect(one.loads).toEqual(["film"]), PATIENCE);
    const began = performance.now();
    const answer = two.ask("film");
    await vi.waitFor(async () => expect(await admin.keys("*!lock")).toHaveLength(1), PATIENCE);
    one.kill();
    expect(await answer).toEqual(["data of film"]);
    expect(two.loads).toEqual(["film"]);
    // It had begun to wait when the lock was some ms old.
    expect(performance.now() - began).toBeGreaterThan(200);
    await vi.waitFor(async () => expect(await admin.keys("*!lock")).toEqual([]), PATIENCE);
  });

  test("end by themselves: what waits is written when they are told to stop, and keeps nobody alive otherwise", async () => {
    const [one, two] = await fleet();
    await one.ask("film");
    expect(await one.end({ do: "stop" })).toBe(0);
    expect(await everything()).toContain("data of film");
    expect(await two.end({ do: "leave", name: "draft" })).toBe(0);
    expect(await everything()).not.toContain("unwritten");
  });

  test("never write or find what is not marked", async () => {
    const [one, two] = await fleet();
    await one.ask("me", 1, false);
    await one.ask("film");
    await one.flush();
    expect(await everything()).toContain("data of film");
    expect(await everything()).not.toContain("data of me");
    await two.ask("me", 1, false);
    expect(two.loads).toEqual(["me"]);
  });
});

/** A client of a request, or of a process. */
function connected(redis: Redis, settings: object = {}): { client: QueryClient; persistence: Persistence } {
  const client = new QueryClient();
  const persistence = persist(client, { storage: redisTier(redis), scope: "fleet", ...settings });
  return { client, persistence };
}

function connect(Client: typeof Redis | typeof Valkey, settings: object, url = server.url): Redis {
  const redis = new (Client as typeof Redis)(url, settings);
  redis.on("error", () => undefined);
  running.push({ kill: () => redis.disconnect() });
  return redis;
}

test("fifty requests at a time see their own data alone, over one Redis and one tier", async () => {
  const storage = redisTier(connect(Redis, {}));
  const own = (user: number) => async () => `${CANARY}-${user}`;
  const serve = async (user: number): Promise<unknown[]> => {
    const client = new QueryClient();
    const persistence = persist(client, { storage, scope: "fleet" });
    const answers = await Promise.all([
      client.fetchQuery(["me"], own(user)),
      client.fetchQuery(["film"], async () => "Ran", { shared: true, staleTime: 60_000 }),
    ]);
    client.setQueryData(["draft"], `${CANARY}-draft-${user}`);
    client.dispose();
    await persistence.stop();
    return answers;
  };
  const served = await Promise.all(Array.from({ length: 50 }, (_, user) => serve(user)));
  expect(served).toEqual(Array.from({ length: 50 }, (_, user) => [`${CANARY}-${user}`, "Ran"]));
  const all = await everything();
  expect(all).toContain("Ran");
  expect(all).not.toContain(CANARY);
});

test("entries end in Redis when their fetcher says, and go by key, prefix and tag", async () => {
  const { client, persistence } = connected(connect(Redis, {}));
  const setFilm = async (id: number, tags: string[]): Promise<void> => {
    await client.fetchQuery(
      ["film", id],
      async (_key, { setLifetime }) => {
        setLifetime({ ttl: 60_000 });
        return `film-${id}`;
      },
      { shared: true, tags },
    );
  };
  await Promise.all([setFilm(1, []), setFilm(2, ["new"]), setFilm(3, [])]);
  await persistence.flush();
  const [name] = await admin.keys("macho.fleet.*");
  expect(Math.abs((await admin.pexpiretime(name!)) - Date.now() - 60_000)).toBeLessThan(PATIENCE);
  const goes = async (which: Parameters<QueryClient["invalidateQueries"]>[0], films: string[]): Promise<void> => {
    await client.invalidateQueries(which);
    await vi.waitFor(async () => {
      await persistence.flush();
      const all = await everything();
      expect(["film-1", "film-2", "film-3"].filter((film) => all.includes(film))).toEqual(films);
    }, PATIENCE);
  };
  await goes({ queryKey: ["film", 1], exact: true }, ["film-2", "film-3"]);
  await goes({ tags: ["new"] }, ["film-3"]);
  await goes(["film"], []);
});

const KINDS = [
  ["ioredis", Redis],
  ["iovalkey", Valkey],
] as const;
const SETTINGS = [
  ["its own settings", {}],
  ["the documented ones", { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 100 }],
] as const;
const CASES = KINDS.flatMap(([name, Client]) => SETTINGS.map(([how, settings]) => ({ name, how, Client, settings })));

/** Ms that no request takes which waits for nothing but the deadline of 50 ms, however busy the machine is. */
const LONGEST = 1_500;

describe.each(CASES)("$name with $how", ({ Client, settings }) => {
  /** Asks for a new key. @returns ms that it took */
  let asked = 0;
  async function ask(client: QueryClient): Promise<number> {
    const began = performance.now();
    const key = ["film", asked++];
    expect(await client.fetchQuery(key, async () => key[1], { shared: true, staleTime: 60_000 })).toBe(key[1]);
    return performance.now() - began;
  }

  /** Asks until the breaker is open, and then sees to it that nothing is waited for. */
  async function expectSpared(client: QueryClient, persistence: Persistence, redis: Redis): Promise<void> {
    await vi.waitFor(async () => {
      expect(await ask(client)).toBeLessThan(LONGEST);
      expect(persistence.status.breaker).toBe("open");
    }, PATIENCE);
    const { failures, late, misses, unanswered } = persistence.status;
    const read = vi.spyOn(redis, "mget");
    for (let at = 0; at < 20; at++) await ask(client);
    // At most the one call that tries again, which nobody waits for.
    expect(read.mock.calls.length).toBeLessThanOrEqual(1);
    expect(persistence.status).toMatchObject({ late, misses, unanswered: unanswered + 20 });
    expect(failures).toBeGreaterThanOrEqual(3);
    read.mockRestore();
  }

  /** By itself, without anything being done. */
  async function expectBack(client: QueryClient, persistence: Persistence): Promise<void> {
    await vi.waitFor(async () => {
      expect(await ask(client)).toBeLessThan(LONGEST);
      expect(persistence.status).toMatchObject({ breaker: "closed", state: "ready" });
    }, PATIENCE);
    client.setQueryDefaults(["back"], { shared: true });
    client.setQueryData(["back"], "again");
    await persistence.flush();
    // What is there is looked for, and not how soon it comes.
    const other = connected(connect(Client, {}), { deadline: PATIENCE });
    const found = other.client.fetchQuery(["back"], async () => "loaded", { shared: true, staleTime: 60_000 });
    expect(await found).toBe("again");
  }

  test("costs no more than the deadline when it is held, killed and started again in mid-run", async () => {
    const redis = connect(Client, settings);
    const errors: unknown[] = [];
    const { client, persistence } = connected(redis, { onError: (error: unknown) => errors.push(error) });
    await vi.waitFor(() => expect(redis.status).toBe("ready"), PATIENCE);
    await ask(client);
    server.pause();
    await expectSpared(client, persistence, redis);
    expect(errors).toHaveLength(1);
    server.resume();
    await expectBack(client, persistence);
    await server.kill();
    await expectSpared(client, persistence, redis);
    await server.restart();
    await expectBack(client, persistence);
    // Each time that it was away. Once more where it failed again on its way back.
    expect(errors.length).toBeGreaterThanOrEqual(2);
    await persistence.stop();
  });

  test("costs no more than the deadline when it is refused at the start, and is used once it is there", async () => {
    await server.kill();
    const redis = connect(Client, settings);
    const { client, persistence } = connected(redis);
    await expectSpared(client, persistence, redis);
    await server.restart();
    await expectBack(client, persistence);
    await persistence.stop();
  });
});

/** The rows of the example's table, as text. */
async function exampleRows(): Promise<string[][]> {
  const command = fileURLToPath(new URL("../../examples/fleet/start.mjs", import.meta.url));
  const env = { ...process.env, SECONDS: "1" };
  const example = spawn(process.execPath, [command], { env, stdio: ["ignore", "pipe", "ignore"] });
  running.push({ kill: () => example.kill("SIGKILL") });
  return (await text(example.stdout))
    .split("\n")
    .filter((line) => /^\| [a-z]/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test("the example measures its fleets, and says what the Redis spared", async () => {
  // A busy machine answers after the deadline, and then the Redis spares less.
  const ROUNDS = 4;
  const states = ["healthy", "stopped", "killed", "restarted"];
  const locked = states.map((state) => `${state}, \`lock\``);
  const shares: number[] = [];
  while (shares.length < ROUNDS && !(shares.at(-1)! < 2 / 3)) {
    const rows = await exampleRows();
    expect(rows.map(([redis]) => redis)).toEqual(["none", ...states, ...locked]);
    for (const [, requests, failed] of rows) expect([requests, failed]).toEqual(["300", "0"]);
    const loads = Object.fromEntries(rows.map(([redis, , , count]) => [redis, Number(count)]));
    shares.push(loads["healthy, `lock`"]! / loads["none"]!);
  }
  // Two servers without a Redis load nearly everything twice.
  expect(Math.min(...shares)).toBeLessThan(2 / 3);
});
