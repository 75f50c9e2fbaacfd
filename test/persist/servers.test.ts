// What a client on a server promises: one that is never mounted, over a tier that other machines read and write.
import { describe, expect, it } from "vitest";
import { settled } from "../support/deferred.ts";
import { drained } from "../support/drained.ts";
import { Server } from "../support/server.ts";
import { SharedTier } from "../support/shared-tier.ts";

const CLOSED = "closed";
const never = (): Promise<never> => new Promise(() => undefined);
const refuse = (): never => {
  throw new Error("ECONNREFUSED");
};

/** A server whose tier has failed often enough. */
async function brokenServer(): Promise<Server> {
  const server = new Server();
  server.tier.before = refuse;
  for (let at = 0; at < 3; at++) await server.load([at], at);
  expect(server.persistence.status.breaker).toBe("open");
  return server;
}

describe("answers that servers share", () => {
  it("are found by another process once they are written, without being asked for", async () => {
    const one = new Server();
    await one.load(["film"], "Ran");
    await one.pass(10);
    const two = one.other();
    await expect(two.ask(["film"])).resolves.toBe("Ran");
    expect(two.backend.count).toBe(0);
    expect(two.persistence.status).toMatchObject({ hits: 1, misses: 0, entries: undefined });
  });

  it("take the place of stale ones, since another process may have loaded them anew", async () => {
    const one = new Server();
    await one.load(["film"], "old");
    await one.pass(10);
    const two = one.other();
    await two.ask(["film"]);
    await one.pass(1_000);
    await one.load(["film"], "new");
    await one.pass(10);
    await expect(two.ask(["film"])).resolves.toBe("new");
    expect(two.backend.count).toBe(0);
  });

  it("are those alone that are marked: others are neither written nor read", async () => {
    const one = new Server();
    await one.load(["me"], "secret", { shared: false });
    await one.load(["film"], "Ran");
    await one.persistence.flush();
    expect(JSON.stringify([...one.tier.records])).not.toContain("secret");
    expect(one.tier.records.size).toBe(1);
    const two = one.other();
    const reads = two.tier.calls.length;
    await expect(two.load(["film"], "own", { shared: false })).resolves.toBe("own");
    expect(two.tier.calls.length).toBe(reads);
  });

  it("leave no trace of the others, not even by their names or their removal", async () => {
    const server = new Server();
    await server.load(["me", 1], "secret", { shared: false });
    server.client.setQueryDefaults(["me"], { shared: false });
    server.client.setQueryData(["me", 2], "secret");
    server.client.removeQueries({ queryKey: ["me", 1], exact: true });
    await server.client.invalidateQueries({ queryKey: ["me", 2], exact: true });
    await server.pass(10);
    expect(server.tier.calls.filter((call) => call !== "getMany" && call !== "list")).toEqual([]);
    expect(server.persistence.status).toMatchObject({ writes: 0, deletes: 0 });
  });

  it("are marked by the defaults of their keys as well", async () => {
    const server = new Server();
    server.client.setQueryDefaults(["me"], { shared: false });
    await server.load(["me", 1], "secret");
    server.client.setQueryData(["me", 2], "secret");
    server.client.setQueryData(["film"], "Ran");
    await server.persistence.flush();
    expect([...server.tier.records.values()].map(({ d }) => d)).toEqual(["Ran"]);
  });

  it("are kept no longer than their fetcher says", async () => {
    const server = new Server();
    const fetcher = (_: unknown, { setLifetime }: { setLifetime(lifetime: { ttl: number }): void }): string => {
      setLifetime({ ttl: 5_000 });
      return "Ran";
    };
    await server.client.fetchQuery(["film"], fetcher);
    await server.persistence.flush();
    const [record] = server.tier.records.values();
    expect(record!.x).toBe(server.clock.wallNow() + 5_000);
  });

  it("are no errors", async () => {
    const server = new Server();
    const answer = server.ask(["film"], { errorTtl: 60_000 });
    await settled();
    await server.backend.fail(0, new Error("down"));
    await expect(answer).rejects.toThrow("down");
    await server.persistence.flush();
    expect(server.tier.records.size).toBe(0);
  });

  it("go from the tier by exact key, by prefix and by tag when they are invalidated", async () => {
    const one = new Server();
    const keys = [["film"], ["film", 1], ["film", 2, "cast"], ["films"], ["star", 1]];
    for (const key of keys) await one.load(key, key, { tags: key[0] === "star" ? ["people"] : ["works"] });
    await one.persistence.flush();
    const left = async (run: (server: Server) => Promise<void>): Promise<unknown[]> => {
      const two = new Server(new SharedTier(new Map(one.tier.records)), one.clock);
      await run(two);
      await settled();
      await two.persistence.flush();
      return [...two.tier.records.values()].map(({ k }) => k);
    };
    const [film, first, cast, films, star] = keys;
    const exact = { queryKey: ["film"], exact: true };
    expect(await left(({ client }) => client.invalidateQueries(exact))).toEqual([first, cast, films, star]);
    expect(await left(({ client }) => client.invalidateQueries(["film"]))).toEqual([films, star]);
    expect(await left(({ client }) => client.invalidateQueries({ tags: ["people"] }))).toEqual([
      film,
      first,
      cast,
      films,
    ]);
    expect(await left(({ client }) => client.invalidateQueries({ queryKey: ["film"], tags: ["people"] }))).toHaveLength(
      5,
    );
    expect(await left(({ client }) => client.invalidateQueries())).toEqual([]);
    expect(await left(async ({ client }) => client.clear())).toHaveLength(5);
  });

  it("go also where the clock of this machine is behind that of another one", async () => {
    const one = new Server();
    one.clock.sleep(5_000);
    await one.load(["film", 1], "Ran");
    await one.persistence.flush();
    const two = new Server(new SharedTier(one.tier.records));
    await two.client.invalidateQueries(["film"]);
    await settled();
    await two.persistence.flush();
    expect(one.tier.records.size).toBe(0);
  });

  it("are not removed by a process for being old or many: what is there is not its own alone", async () => {
    const server = new Server(undefined, undefined, { maxEntries: 2, maxAge: 1_000 });
    for (let at = 0; at < 5; at++) await server.load([at], at);
    await server.persistence.flush();
    await server.pass(2_000);
    await server.load([9], 9);
    await server.persistence.flush();
    expect(server.tier.records.size).toBe(6);
    expect(server.persistence.status).toMatchObject({ evicted: 0, expired: 0, deletes: 0 });
  });
});

describe("a client that is never mounted", () => {
  it("waits for a tier that never answers no longer than its deadline, and keeps the process alive for that alone", async () => {
    const server = new Server();
    server.tier.before = never;
    const answer = server.ask(["film"]);
    await settled();
    expect(server.clock.timers.filter(({ isAwaited }) => isAwaited).map(({ at }) => at)).toEqual([50, 200]);
    await server.pass(49);
    expect(server.backend.count).toBe(0);
    await server.pass(1);
    expect(server.backend.count).toBe(1);
    await server.backend.answer(0, "loaded");
    await expect(answer).resolves.toBe("loaded");
    // Of what is written behind, nobody waits for anything.
    expect(server.clock.timers.filter(({ isAwaited, at }) => !isAwaited && at === 60)).toHaveLength(1);
  });

  it("writes what waits when it is told to, so that a process can end", async () => {
    const server = new Server();
    await server.load(["film"], "Ran");
    expect(server.tier.records.size).toBe(0);
    await server.persistence.stop();
    expect(server.tier.records.size).toBe(1);
  });

  it("writes what waits when it is disposed of, and holds nothing where that fails", async () => {
    const server = new Server();
    await server.load(["film"], "Ran");
    server.client.dispose();
    await settled();
    expect(server.tier.records.size).toBe(1);
    const other = new Server();
    await other.load(["film"], "Ran");
    other.tier.before = refuse;
    other.client.dispose();
    await settled();
    expect(other.clock.timers).toEqual([]);
    expect(other.persistence.status.state).toBe("stopped");
  });

  it("takes an answer that was there before the deadline was looked at, after a busy stretch of the process", async () => {
    const one = new Server();
    await one.load(["film"], "Ran");
    await one.persistence.flush();
    const two = one.other();
    let answer = (): void => undefined;
    two.tier.before = () => new Promise<void>((resolve) => (answer = resolve));
    const asked = two.ask(["film"]);
    await settled();
    // The host runs the timer that is due, and then hears of what came while it was busy.
    two.clock.busy(80);
    const [deadline] = two.clock.timers.splice(0, 1);
    deadline!.run();
    answer();
    await settled();
    two.clock.advance(10);
    await expect(asked).resolves.toBe("Ran");
    expect(two.persistence.status.late).toBe(0);
  });
});

describe("a broken tier of servers", () => {
  it("is known to be broken to all clients of the process, and reported once", async () => {
    const { tier, clock, reported } = await brokenServer();
    const calls = tier.calls.length;
    const next = new Server(tier, clock);
    await next.load(["film"], "loaded");
    expect(tier.calls.length).toBe(calls);
    expect(next.persistence.status).toMatchObject({
      breaker: "open",
      state: "degraded",
      unanswered: 1,
      misses: 0,
      failures: 0,
    });
    expect([reported.length, next.reported.length]).toEqual([1, 0]);
    await expect(next.persistence.purge()).rejects.toThrow("ECONNREFUSED");
  });

  it("counts its failures apart from misses", async () => {
    const { persistence } = await brokenServer();
    expect(persistence.status).toMatchObject({ hits: 0, misses: 0, unanswered: 3, failures: 3 });
  });

  it("costs a request nothing once the breaker is open, not even the one that tries it again", async () => {
    const server = await brokenServer();
    server.tier.before = never;
    await server.pass(1_000);
    expect(server.persistence.status.breaker).not.toBe(CLOSED);
    const loads = server.backend.count;
    for (const key of ["a", "b"]) {
      void server.ask([key]);
      await settled();
    }
    // Without a moment having passed.
    expect(server.backend.count).toBe(loads + 2);
  });

  it("is used again by itself", async () => {
    const server = await brokenServer();
    server.tier.before = () => undefined;
    await server.pass(1_000);
    expect(server.persistence.status).toMatchObject({ breaker: CLOSED, state: "ready", pending: 0 });
    expect(server.tier.records.size).toBe(3);
    await expect(server.other().ask([0], { staleTime: 5_000 })).resolves.toBe(0);
  });

  it("is tried again at least every 5 s, however often that failed", async () => {
    const server = await brokenServer();
    for (let at = 0; at < 20; at++) {
      await server.pass(5_000);
      void server.ask(["again", at]);
      await drained();
    }
    server.tier.before = () => undefined;
    await server.pass(5_000);
    expect(server.persistence.status.breaker).toBe(CLOSED);
  });

  it("is not written to while it rests", async () => {
    const server = await brokenServer();
    const calls = server.tier.calls.length;
    for (let at = 0; at < 20; at++) {
      server.client.setQueryData(["film", at], at);
      await server.pass(40);
    }
    expect(server.tier.calls.length).toBe(calls);
    expect(server.persistence.status.pending).toBe(23);
  });

  it("opens the breaker after four deadlines where it hangs", async () => {
    const server = new Server();
    server.tier.before = never;
    for (let at = 0; at < 3; at++) {
      void server.ask([at]);
      await settled();
    }
    await server.pass(199);
    expect(server.persistence.status.breaker).toBe(CLOSED);
    await server.pass(1);
    expect(server.persistence.status).toMatchObject({ breaker: "open", late: 3, failures: 3 });
  });
});
