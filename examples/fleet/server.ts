// One server of the fleet: it keeps films in memory, finds those of the other servers in Redis, and loads the rest.
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { Redis } from "ioredis";
import { persist } from "macho-cache/persist";
import { redisTier } from "macho-cache/persist/redis";
import { QueryClient } from "macho-cache/query";
import type { Order, Settings, Status } from "./fleet.ts";

const { origin, redis: url, lock }: Settings = JSON.parse(process.env["FLEET"] ?? "{}");

/** Films are the same for everybody: one client for the process. What belongs to a user needs one for each request. */
const client = new QueryClient({ cache: { maxCacheSize: 1_000, ttl: 60_000 } });
client.setQueryDefaults(["film"], {
  shared: true,
  staleTime: 1_000,
  fetcher: async (key, { signal }) => {
    const response = await fetch(`${origin}/films/${String(key[1])}`, { signal });
    if (!response.ok) throw new Error(`The origin answered ${response.status}.`);
    return response.json();
  },
});

// It fails soon instead of keeping a queue for a Redis that may never come back.
const redis = url
  ? new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 100 })
  : undefined;
// A connection that is lost is made again. The status says what it costs meanwhile.
redis?.on("error", () => undefined);
const persistence =
  redis && persist(client, { storage: redisTier(redis, { lock: lock ?? false }), scope: "fleet", onError: report });
// What is asked before there is a connection fails.
if (redis && redis.status !== "ready") await once(redis, "ready");

const server = createServer((request, response) => {
  void answer(request.url ?? "/", response);
});
server.listen(0, "127.0.0.1");

process.on("message", (order: Order) => {
  if (order === "stop") void stop();
  else process.send?.(statusNow());
});

async function answer(path: string, response: ServerResponse): Promise<void> {
  try {
    const film = await client.fetchQuery(["film", Number(path.slice("/films/".length))]);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(film));
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
}

function statusNow(): Status {
  const { breaker = "closed", hits = 0, failures = 0 } = persistence?.status ?? {};
  return { breaker, hits, failures };
}

/** Once a failure, not once a request. */
function report(error: unknown): void {
  if (process.env["FLEET_VERBOSE"]) console.error(`Redis: ${String(error)}`);
}

/** Takes no more requests, writes what waits for Redis, and lets the process end. */
async function stop(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await persistence?.stop();
  client.dispose();
  redis?.disconnect();
  process.disconnect();
}
