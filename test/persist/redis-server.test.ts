import { Redis } from "ioredis";
import { afterEach, expect, test, vi } from "vitest";
import { PATIENCE } from "../support/patience.ts";
import { freePort, RedisServer } from "../support/redis-server.ts";

// What tests of tiers rest on: a server that they can hold, end and start again.
const undone: (() => unknown)[] = [];

afterEach(async () => {
  for (const undo of undone.splice(0).reverse()) await undo();
});

async function serverAndClient(): Promise<{ server: RedisServer; client: Redis }> {
  const server = await RedisServer.start();
  const client = new Redis(server.url, { retryStrategy: () => 10, maxRetriesPerRequest: 0 });
  client.on("error", () => undefined);
  undone.push(
    () => server.stop(),
    () => client.disconnect(),
  );
  return { server, client };
}

test("a held server answers nothing, and goes on with what it was sent", async () => {
  const { server, client } = await serverAndClient();
  await client.set("a", "1");
  server.pause();
  let isAnswered = false;
  const answer = client.get("a").then((text) => {
    isAnswered = true;
    return text;
  });
  // Another server answers meanwhile, so that it is no question of time.
  const other = await serverAndClient();
  await other.client.set("a", "2");
  expect(isAnswered).toBe(false);
  server.resume();
  expect(await answer).toBe("1");
});

test("a server that was ended refuses, and starts again on its port with nothing", async () => {
  const { server, client } = await serverAndClient();
  await client.set("a", "1");
  await server.kill();
  await expect(client.get("a")).rejects.toThrow(/ECONNREFUSED|closed|retries/);
  await server.restart();
  await vi.waitFor(async () => expect(await client.get("a")).toBeNull(), PATIENCE);
});

test("nobody listens on a free port", async () => {
  const client = new Redis(await freePort(), "127.0.0.1", { retryStrategy: () => null });
  undone.push(() => client.disconnect());
  const refused = new Promise<string>((resolve) => client.on("error", (error) => resolve(String(error))));
  expect(await refused).toContain("ECONNREFUSED");
});
