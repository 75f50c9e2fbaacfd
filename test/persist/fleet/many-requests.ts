// Ten thousand requests in one process, and what the heap has before and after them, as JSON.
// many-requests.mjs URL KIND, with --expose-gc.
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { persist } from "macho-cache/persist";
import { redisTier } from "macho-cache/persist/redis";
import { QueryClient } from "macho-cache/query";

const [url = "", kind = ""] = process.argv.slice(2);
/** Code and connections take their part first. */
const WARM_UP = 10_000;
const REQUESTS = 10_000;
const FILMS = 100;
/** Requests under way at once. */
const AT_ONCE = 20;

const redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 100 });
redis.on("error", () => undefined);
const storage = redisTier(redis, { lock: true });
const options = { storage, scope: "fleet" };
const shared = { shared: true, staleTime: 5 };
const film = async ([, id]: readonly unknown[]): Promise<string> => `film ${String(id)}`.padEnd(1_000);

const long = new QueryClient({ cache: { maxCacheSize: 50 } });
const persistence = kind === "one client" ? persist(long, options) : undefined;

async function request(at: number): Promise<void> {
  if (persistence) {
    await long.fetchQuery(["film", at % FILMS], film, shared);
    if (at % 100 === 0) await long.invalidateQueries({ queryKey: ["film", at % FILMS], exact: true });
    if (at % 1_000 === 0) await long.invalidateQueries({ tags: ["new"] });
    return;
  }
  const client = new QueryClient();
  persist(client, options);
  await client.fetchQuery(["film", at % FILMS], film, shared);
  await client.fetchQuery(["me"], async () => `user ${at}`.padEnd(1_000));
  client.dispose();
}

async function serve(from: number, count: number): Promise<number> {
  for (let at = from; at < from + count; at += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, more) => request(at + more)));
  }
  // What waits behind the requests is over by then: deadlines, locks, writes.
  await wait(2_500);
  globalThis.gc!();
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
}

// As many go before.
const early = await serve(0, WARM_UP);
const late = await serve(WARM_UP, REQUESTS);
const timers = process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
process.stdout.write(JSON.stringify({ early, late, timers, pending: persistence?.status.pending ?? 0 }));
await persistence?.stop();
redis.disconnect();
