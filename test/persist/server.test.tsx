// On a server: nothing is touched before it is used, and nothing that one request has is another one's.
import { renderToString } from "react-dom/server";
import type { ReactElement } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { settled } from "../support/deferred.ts";
import { MemoryTier } from "../support/memory-tier.ts";

/** What a page keeps things in, and what connects pages. */
const PLACES = ["indexedDB", "localStorage", "sessionStorage", "caches", "BroadcastChannel"] as const;

const undo: (() => void)[] = [];

afterEach(() => {
  for (const each of undo.splice(0)) each();
  vi.resetModules();
});

/** Notes each look at one of these places, and gives nothing. */
function trapped(): string[] {
  const touched: string[] = [];
  const trap = (target: object, name: string): void => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { configurable: true, get: () => void touched.push(name) });
    undo.push(() => {
      if (before) Object.defineProperty(target, name, before);
      else Reflect.deleteProperty(target, name);
    });
  };
  for (const name of PLACES) trap(globalThis, name);
  if (globalThis.navigator) trap(globalThis.navigator, "locks");
  return touched;
}

test("importing every entry, and making clients and tiers, touches no storage", async () => {
  const touched = trapped();
  vi.resetModules();
  const { indexedDbTier } = await import("macho-cache/persist");
  const { indexedDbTier: alone } = await import("macho-cache/persist/indexed-db");
  const { itemTier } = await import("macho-cache/persist/item");
  const { keyvTier } = await import("macho-cache/persist/keyv");
  await import("macho-cache/persist/redis");
  await import("macho-cache/persist/react");
  const { QueryClient } = await import("macho-cache/query");
  const made = [indexedDbTier(), alone({ name: "a" }), itemTier(() => localStorage), keyvTier(new Map())];
  expect([made.length, new QueryClient().getQueries()]).toEqual([4, []]);
  expect(touched).toEqual([]);
  // The trap works.
  await expect(made[0]!.get("a")).rejects.toMatchObject({ code: "tier" });
  expect(touched).toEqual(["indexedDB"]);
});

test("a client that is persisted without a storage works without one, and says once what is missing", async () => {
  const { persist } = await import("macho-cache/persist");
  const { QueryClient } = await import("macho-cache/query");
  expect(globalThis.indexedDB).toBeUndefined();
  const errors: Error[] = [];
  const client = new QueryClient();
  const persistence = persist(client, { scope: "ada", onError: (error) => errors.push(error as Error) });
  await persistence.ready;
  expect(await client.fetchQuery(["film"], () => "Ran")).toBe("Ran");
  expect(await client.fetchQuery(["other"], () => "Ikiru")).toBe("Ikiru");
  await persistence.flush();
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ name: "MachoError", code: "tier" });
  expect(errors[0]!.message).toMatch(/^IndexedDB cannot be used here, got .+\. Pass another { storage }\. \[tier\]$/);
  expect(persistence.status).toMatchObject({ state: "degraded", hits: 0, writes: 0 });
  await expect(persistence.purge()).rejects.toMatchObject({ code: "tier" });
  expect(client.getQueryData(["film"])).toBeUndefined();
  await persistence.stop();
});

describe("requests that are rendered at the same time", () => {
  test("share what is marked so, and never what a user alone may see", async () => {
    const { persist } = await import("macho-cache/persist");
    const { QueryClient } = await import("macho-cache/query");
    const { MachoProvider, useCachedQuery } = await import("macho-cache/react");
    class SharedTier extends MemoryTier {
      readonly shared = true;
    }
    const tier = new SharedTier();
    const asked: string[] = [];
    function Me(): ReactElement {
      const { data: me } = useCachedQuery(["me"], () => "never on a server");
      return <p>{`${me}, ${useCachedQuery(["genres"], () => "never on a server").data}`}</p>;
    }
    const request = async (user: string): Promise<string> => {
      const client = new QueryClient();
      client.setQueryDefaults(["genres"], { shared: true, staleTime: 60_000 });
      const persistence = persist(client, { scope: "public", storage: tier });
      const load = (what: string) => async (): Promise<string> => {
        asked.push(what);
        await settled();
        return what;
      };
      await client.prefetchQuery(["me"], load(user));
      await client.prefetchQuery(["genres"], load("genres"));
      const html = renderToString(
        <MachoProvider client={client}>
          <Me />
        </MachoProvider>,
      );
      await persistence.stop();
      client.dispose();
      return html;
    };
    const users = ["ada", "bob", "cy"];
    const pages = await Promise.all(users.map(request));
    expect(pages).toEqual(users.map((user) => `<p>${user}, genres</p>`));
    expect([...tier.records.values()].map(({ k }) => k)).toEqual([["genres"]]);
    const before = asked.length;
    expect(await request("dee")).toBe("<p>dee, genres</p>");
    expect(asked.slice(before)).toEqual(["dee"]);
  });
});
