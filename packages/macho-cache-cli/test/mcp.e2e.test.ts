import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { beforeAll, describe, expect, test } from "vitest";
import { builtCommand } from "../../../scripts/command.mjs";
import { freePort } from "./support/targets.ts";
import { browser, openFilms, port, useWorld } from "./support/world.ts";

useWorld();

beforeAll(async () => {
  await openFilms(await browser.newPage());
});

/** The official client, with the command as its server. */
async function connected<T>(words: readonly string[], use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ name: "test", version: "1.0.0" });
  const args = [builtCommand(), "mcp", "--port", String(port), ...words];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: "pipe" }));
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

interface Called {
  readonly texts: readonly string[];
  readonly isError: boolean;
}

async function call(client: Client, name: string, given: Record<string, unknown> = {}): Promise<Called> {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const texts = (content as { type: string; text: string }[]).map(({ text }) => text);
  return { texts, isError: isError === true };
}

const READING = ["list", "top", "keys", "get", "ttl", "why", "advise", "watch"];
const CHANGING = ["delete", "clear", "invalidate", "refetch", "resize", "pin", "set"];

describe("macho mcp, driven by the official client", () => {
  test("has the reading commands as tools that say so, and changes only where they are allowed", async () => {
    const reading = await connected([], (client) => client.listTools());
    expect(reading.tools.map(({ name }) => name)).toEqual(READING);
    expect(reading.tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    const all = await connected(["--allow-changes"], (client) => client.listTools());
    expect(all.tools.map(({ name }) => name)).toEqual([...READING, ...CHANGING]);
    expect(all.tools.filter(({ annotations }) => annotations?.destructiveHint).map(({ name }) => name)).toEqual(
      CHANGING,
    );
  });

  test("answers why a key is missing, what is stored, and what the figures are", async () => {
    await connected([], async (client) => {
      const list = await call(client, "list");
      const { caches } = JSON.parse(list.texts[0]!) as { caches: { name: string }[] };
      expect(caches.map(({ name }) => name)).toEqual(["films", "api", "small"]);
      const entry = await call(client, "get", { cache: "films", key: "film:7" });
      expect(entry.texts.join("\n")).toContain("Film 7");
      const none = await call(client, "get", { cache: "films", key: "--help" });
      expect(none).toMatchObject({ isError: false });
      const why = await call(client, "why", { cache: "films", key: "film:24" });
      expect(why.isError).toBe(false);
      expect(() => JSON.parse(why.texts[0]!)).not.toThrow();
      const top = await call(client, "top", { cache: "films" });
      expect(JSON.parse(top.texts[0]!)).toBeTypeOf("object");
      const keys = await call(client, "keys", { cache: "films", filter: "film:1", limit: 3 });
      expect(keys.texts[0]).toContain("film:1");
    });
  });

  test("each reading tool is taken by its command, with all that it may be given", async () => {
    const given: Record<string, Record<string, unknown>> = {
      list: {},
      top: { cache: "films", target: "Films" },
      keys: { cache: "films", filter: "film:1 ttl<1h", departed: false, limit: 2 },
      get: { cache: "films", key: '"film:7"', jsonKey: true },
      ttl: { cache: "films", key: "film:7" },
      why: { cache: "films", key: "film:7" },
      advise: { cache: "films", seconds: 0.2 },
      watch: { cache: "films", seconds: 0.2, only: "miss,evicted", count: 5 },
    };
    expect(Object.keys(given)).toEqual(READING);
    await connected([], async (client) => {
      for (const name of READING) {
        expect({ name, ...(await call(client, name, given[name])) }).toMatchObject({ name, isError: false });
      }
    });
  });

  test("shows no value where it was told so", async () => {
    const entry = await connected(["--no-values"], (client) => call(client, "get", { cache: "films", key: "film:7" }));
    expect(entry.isError).toBe(false);
    expect(entry.texts.join("")).not.toContain("Film 7");
  });

  test("changes a cache where that is allowed", async () => {
    await connected(["--allow-changes"], async (client) => {
      expect(await call(client, "set", { cache: "small", key: "a", value: "3" })).toMatchObject({ isError: false });
      const entry = await call(client, "get", { cache: "small", key: "a" });
      expect(entry.texts.join("\n")).toMatch(/^value 3$/m);
      expect(await call(client, "delete", { cache: "small", key: "a" })).toMatchObject({ isError: false });
    });
    await connected([], async (client) => {
      const refused = await call(client, "clear", { cache: "films" });
      expect(refused.isError).toBe(true);
    });
  });

  test("gives what the command would say where it cannot answer", async () => {
    await connected([], async (client) => {
      const several = await call(client, "top");
      expect(several.isError).toBe(true);
      expect(several.texts.join("")).toContain("There are 3 caches");
    });
    const client = new Client({ name: "test", version: "1.0.0" });
    const args = [builtCommand(), "mcp", "--port", String(await freePort())];
    await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: "pipe" }));
    const nothing = await call(client, "list");
    await client.close();
    expect(nothing.isError).toBe(true);
    expect(nothing.texts.join("")).toContain("Start Chrome with --remote-debugging-port=9222");
  });
});
