import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, RedisServer } from "../support/redis-server.ts";
import { Programs } from "../support/server-process.ts";

/** Bytes that ten thousand requests may leave. Each has at least a film of a kilobyte: ten times as much, if it stayed. */
const MOST = 1_000_000;

const programs = new Programs();
let program: string;
let server: RedisServer;

beforeAll(async () => {
  program = await programs.build("many-requests", fileURLToPath(new URL("fleet/many-requests.ts", import.meta.url)));
  server = await RedisServer.start();
});
afterAll(async () => {
  await server.stop();
  programs.remove();
});

describe.each(["one client", "a client for each request"])("ten thousand requests with %s", (kind) => {
  test.each(["that works", "that is refused"])("leave nothing on the heap, over a Redis %s", async (how) => {
    const url = how === "that works" ? server.url : `redis://127.0.0.1:${await freePort()}`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", program, url, kind]);
    const { early, late, timers, pending } = JSON.parse(stdout) as Record<string, number>;
    expect(late! - early!).toBeLessThan(MOST);
    // Those of the Redis client, and what waits to be written where it cannot be.
    expect(timers).toBeLessThan(10);
    expect(pending).toBeLessThanOrEqual(100);
  });
});
