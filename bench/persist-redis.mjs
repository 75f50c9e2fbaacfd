// Reads through Redis on this machine, beside its bare client. Part of persist.mjs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Redis from "ioredis";
import { findRedis } from "../scripts/redis.mjs";
import { persist } from "../dist/persist/index.js";
import { redisTier } from "../dist/persist/redis.js";
import { QueryClient } from "../dist/query/index.js";
import { median } from "./statistics.mjs";

const ENTRIES = 1_000;
const TOGETHER = 100;
const ROUNDS = 5;
const DAY = 86_400_000;
const OPTIONS = { shared: true, staleTime: DAY, ttl: DAY };
const keyOf = (index) => ["item", index];
const itemOf = (index) => ({ id: index, title: `Item ${index}`, text: "what it says ".repeat(30) });
const fetcher = () => Promise.reject(new Error("A fetcher ran although Redis has it."));

/** A Redis that keeps nothing. */
async function withRedis(use) {
  const folder = mkdtempSync(join(tmpdir(), "macho-bench-redis-"));
  const port = String(20_000 + (process.pid % 20_000));
  const server = spawn(findRedis(), ["--port", port, "--bind", "127.0.0.1", "--save", "", "--dir", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const text of server.stdout) if (String(text).includes("Ready to accept connections")) break;
    return await use(new Redis({ port: Number(port), host: "127.0.0.1" }));
  } finally {
    server.kill();
    await once(server, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A client of another server: nothing is in its memory. */
function newClient(redis) {
  const client = new QueryClient({ defaultOptions: { queries: OPTIONS } });
  return { client, persistence: persist(client, { scope: "bench", storage: redisTier(redis) }) };
}

async function msOf(act) {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

async function each(read) {
  const times = [];
  for (let index = 0; index < ENTRIES; index++) times.push(await msOf(() => read(index)));
  return median(times);
}

const commandsOf = async (redis, name) =>
  Number((await redis.info("commandstats")).match(new RegExp(`cmdstat_${name}:calls=(\\d+)`))?.[1] ?? 0);

/** 50th percentiles in ms, and what the hundred of one task asked of Redis; nothing where there is no Redis. */
export async function redisReads() {
  if (!findRedis()) return undefined;
  return withRedis(async (redis) => {
    const first = newClient(redis);
    for (let index = 0; index < ENTRIES; index++) first.client.setQueryData(keyOf(index), itemOf(index));
    await first.persistence.flush();
    for (let index = 0; index < ENTRIES; index++) await redis.set(`bare:${index}`, JSON.stringify(itemOf(index)));
    const rounds = { bare: [], tier: [], together: [] };
    let commands = 0;
    for (let round = 0; round < ROUNDS; round++) {
      rounds.bare.push(await each(async (index) => JSON.parse(await redis.get(`bare:${index}`))));
      const one = newClient(redis);
      rounds.tier.push(await each((index) => one.client.fetchQuery(keyOf(index), fetcher, OPTIONS)));
      const other = newClient(redis);
      const before = await commandsOf(redis, "mget");
      const reads = () =>
        Promise.all(
          Array.from({ length: TOGETHER }, (_, index) => other.client.fetchQuery(keyOf(index), fetcher, OPTIONS)),
        );
      rounds.together.push(await msOf(reads));
      commands = (await commandsOf(redis, "mget")) - before;
    }
    redis.disconnect();
    console.log(`redis: ${ROUNDS} rounds`);
    return { bare: median(rounds.bare), tier: median(rounds.tier), together: median(rounds.together), commands };
  });
}
