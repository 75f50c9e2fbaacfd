import { Cache } from "macho-cache";
import { persist } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { MemoryTier } from "../support/memory-tier.ts";

/** A value that comes when a test says so. */
function held(): { readonly promise: Promise<void>; readonly go: () => void } {
  let go = (): void => undefined;
  const promise = new Promise<void>((resolve) => (go = resolve));
  return { promise, go };
}

describe("whether a tier holds an entry of its cache", () => {
  test("is known by the key of a cache once the tier has said what it holds, and asks the tier nothing", async () => {
    const storage = new MemoryTier();
    const { promise, go } = held();
    storage.before = (call) => (call === "list" ? promise : undefined);
    const cache = new Cache<string | number | object, unknown>();
    const { flush, ready, stop } = persist(cache, { scope: "anna", storage });
    const { view } = cache.parts.tier!;
    const key = {};
    cache
      .set("a", 1)
      .set(2, () => 1)
      .set(key, 1);
    expect(view.holds!("a")).toBeUndefined();
    go();
    await ready;
    await flush();
    const calls = storage.calls.length;
    expect(["a", 2, "2", "b", key].map((each) => view.holds!(each))).toEqual([true, false, false, false, false]);
    cache.delete("a");
    await flush();
    expect(view.holds!("a")).toBe(false);
    expect(storage.calls.length).toBe(calls + 1);
    await stop();
    cache.dispose();
  });

  test("is known by the hash of a query", async () => {
    const client = new QueryClient();
    const { flush, ready, stop } = persist(client, { scope: "anna", storage: new MemoryTier() });
    await ready;
    client.setQueryData(["film", 1], "Jaws");
    await flush();
    const { view } = (client.cache as unknown as Cache).parts.tier!;
    const [{ hash } = { hash: "" }] = client.getQueries();
    expect([view.holds!(hash), view.holds!(`${hash} `)]).toEqual([true, false]);
    await stop();
    client.dispose();
  });

  test("is not known of a tier that others write as well", async () => {
    const cache = new Cache<string, unknown>();
    const storage = Object.assign(new MemoryTier(), { shared: true });
    const { flush, stop } = persist(cache, { scope: "anna", storage });
    cache.set("a", 1);
    await flush();
    expect(cache.parts.tier!.view.holds!("a")).toBeUndefined();
    await stop();
    cache.dispose();
  });
});
