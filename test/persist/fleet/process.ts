// A server of a fleet, as a process of its own. It asks its parent for what it loads, and does what its parent says.
import { Redis } from "ioredis";
import { persist } from "macho-cache/persist";
import { redisTier } from "macho-cache/persist/redis";
import { QueryClient } from "macho-cache/query";
import type { Answer, Order, Question } from "../../support/server-process.ts";

const { url, ...options } = JSON.parse(process.env["SERVER"] ?? "{}");

const client = new QueryClient();
const redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 100 });
redis.on("error", () => undefined);
const persistence = persist(client, { storage: redisTier(redis, options), scope: "fleet" });

const loads = new Map<number, (data: string) => void>();
const send = (message: Answer | Question): void => void process.send?.(message);

function load([name]: readonly unknown[]): Promise<string> {
  const id = loads.size;
  return new Promise((resolve) => {
    loads.set(id, resolve);
    send({ type: "load", id, name: String(name) });
  });
}

async function answer(order: Order): Promise<unknown> {
  switch (order.do) {
    case "ask":
      return Promise.all(
        Array.from({ length: order.times }, () =>
          client.fetchQuery([order.name], load, { shared: order.shared ?? true, staleTime: 60_000 }),
        ),
      );
    case "status":
      return persistence.status;
    case "flush":
      return persistence.flush();
    case "stop":
      await persistence.stop();
      redis.disconnect();
      setTimeout(() => process.disconnect());
      return undefined;
    case "leave":
      // Nothing is awaited: what waits to be written must not keep the process alive.
      client.setQueryData([order.name], "unwritten");
      redis.disconnect();
      setTimeout(() => process.disconnect());
      return undefined;
  }
}

process.on("message", (message: Order | { readonly do: "loaded"; readonly id: number; readonly data: string }) => {
  if (message.do === "loaded") return loads.get(message.id)?.(message.data);
  void answer(message).then((value) => send({ type: "answer", id: message.id, value }));
});
redis.once("ready", () => send({ type: "answer", id: 0, value: "ready" }));
