import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { discover } from "../../src/connection/discovery.ts";
import { nothingFound } from "../../src/connection/running-cache.ts";
import { listingAt } from "../../src/connection/listing.ts";
import { macho } from "../support/command.ts";

const servers: Server[] = [];
const sockets = new Set<{ destroy: () => void }>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server, host = "127.0.0.1"): Promise<number> {
  servers.push(server.on("connection", (socket) => sockets.add(socket)));
  server.listen(0, host);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const http = (answer: RequestListener): Promise<number> => listening(createHttpServer(answer));
const saying = (text: string): Promise<number> => http((_, response) => void response.end(text));

const target = (address: unknown, more: object = {}): string =>
  JSON.stringify([
    null,
    5,
    { type: "toString", id: 1 },
    { type: "page", id: "1", title: "Fake", url: "http://fake/", webSocketDebuggerUrl: address, ...more },
  ]);

/** What the command says, and its status. */
async function saidOf(port: number, host = "127.0.0.1"): Promise<string> {
  const address = { host, ports: [port], target: "", timeout: 200 };
  const discovery = await discover(address);
  await discovery.close();
  const { message, exit } = nothingFound(discovery, address);
  return `${exit} ${message.replaceAll(String(port), "PORT")}`;
}

describe("a port at which no debugger listens", () => {
  const REMEDY =
    "Start Chrome with --remote-debugging-port=9222 --user-data-dir=FOLDER, or Node with --inspect, or name another --port.";

  test.each([
    { what: "a page", text: "<html>hello" },
    { what: "an object", text: `{"a":1}` },
  ])("that answers with $what is told from one at which nothing does", async ({ text }) => {
    expect(await saidOf(await saying(text))).toBe(
      `3 No target on port PORT of 127.0.0.1: what listens at port PORT is no debugger. ${REMEDY}`,
    );
  });

  test("that speaks something else, or never stops, or says nothing, ends in time", async () => {
    const garbage = await listening(createServer((socket) => socket.end("\u001B]0;title\u0007\r\n\r\n")));
    expect(await saidOf(garbage)).toContain("is no debugger");
    const endless = await http((_, response) => {
      const timer = setInterval(() => response.write("[ "), 10);
      response.on("close", () => clearInterval(timer));
    });
    expect(await saidOf(endless)).toContain("what listens at port PORT does not answer");
    expect(await saidOf(await listening(createServer()))).toContain("what listens at port PORT does not answer");
  });

  test("whose list names what cannot be spoken with has no target", async () => {
    expect(await saidOf(await saying(target(undefined)))).toBe("3 No page or process is open. See macho list.");
    expect(await saidOf(await saying(target("no address")))).toBe("3 No page or process is open. See macho list.");
  });

  test("whose connection is never made is told with the status of a target that hangs, and ends the command", async () => {
    const mute = await listening(
      createHttpServer((_, response) => void response.end(target("ws://localhost/page"))).on(
        "upgrade",
        () => undefined,
      ),
    );
    const { status, out, err } = await macho(["list", "--port", String(mute), "--timeout", "0.3"]);
    expect([status, out]).toEqual([4, ""]);
    expect(err).toContain("macho: No cache was found. Fake: No answer within 0.3 s");
  });
});

test("a target is spoken with at the host and port that were named, whatever its address says", async () => {
  const port = await saying(target("ws://198.51.100.7:1/devtools/page/1"));
  for (const host of ["127.0.0.1", "localhost"]) {
    const { targets } = await listingAt(host, port, 2_000);
    expect(targets.map(({ address }) => address)).toEqual([`ws://127.0.0.1:${port}/devtools/page/1`]);
  }
});

test("an address of version 6 may stand in brackets", async () => {
  const port = await listening(
    createHttpServer((_, response) => void response.end(target("ws://x/page/1"))),
    "::1",
  );
  for (const host of ["::1", "[::1]"]) {
    const { targets } = await listingAt(host, port, 2_000);
    expect(targets.map(({ address }) => address)).toEqual([`ws://[::1]:${port}/page/1`]);
  }
});
