import { hashKey, suspensionOf } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { feign } from "../../../src/query/internal.ts";
import { settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, watch } from "../../support/query-world.ts";
import type { Watched } from "../../support/watched.ts";

inQueryWorld();

const KEY = ["film", 1];
const HASH = hashKey(KEY);
let hook: Watched;

/** The store of the client, which the panel reaches as well. */
const hold = (failure?: { error: unknown }): (() => void) => feign(client.host, KEY, HASH, failure);

beforeEach(async () => {
  hook = watch(KEY, { staleTime: 1_000 });
  await backend.answer(0, "Alien");
});

describe("a query that is held in loading", () => {
  test("shows no data to its hooks until it is let go, and then the data that was there, without a load", () => {
    const restore = hold();
    expect(hook.result).toMatchObject({ status: "pending", fetchStatus: "fetching", data: undefined, isLoading: true });
    restore();
    expect(hook.result).toMatchObject({ status: "success", fetchStatus: "idle", data: "Alien" });
    expect(hook.shown).toEqual([undefined, "Alien", undefined, "Alien"]);
    expect(backend.count).toBe(1);
  });

  test("is held while it is refetched, invalidated and written, and shows what came meanwhile afterwards", async () => {
    const restore = hold();
    void client.refetchQueries(KEY);
    await backend.answer(1, "Aliens");
    void client.invalidateQueries(KEY);
    await backend.answer(2, "Alien 3");
    client.setQueryData(KEY, "Alien Resurrection");
    clock.advance(5_000);
    expect(hook.result).toMatchObject({ status: "pending", data: undefined });
    expect(client.getQueryData(KEY)).toBe("Alien Resurrection");
    restore();
    expect(hook.data).toBe("Alien Resurrection");
  });

  test("is held for a hook that comes meanwhile, from its first look on", async () => {
    const restore = hold();
    const late = watch(KEY, { staleTime: 1_000 });
    expect(late.observer.getResult().status).toBe("pending");
    hook.leave();
    late.leave();
    await settled();
    const later = watch(KEY, { staleTime: 1_000 });
    expect(later.result.status).toBe("pending");
    restore();
    expect(later.data).toBe("Alien");
    expect(backend.count).toBe(1);
  });

  test("leaves calls and other keys alone", async () => {
    hold();
    expect(client.getQueryState(KEY)).toMatchObject({ status: "success", data: "Alien" });
    expect(await client.fetchQuery(KEY, backend.fetcher, { staleTime: 1_000 })).toBe("Alien");
    const other = watch(["film", 2]);
    await backend.answer(1, "Brazil");
    expect(other.data).toBe("Brazil");
  });

  test("has a component that suspends wait until it is let go, and not load", async () => {
    const suspending = watch(KEY, { suspense: true, staleTime: 1_000 });
    const restore = hold();
    let isOver = false;
    void suspensionOf(suspending.observer)!.then(() => (isOver = true));
    await settled();
    expect([isOver, backend.count]).toEqual([false, 1]);
    restore();
    await settled();
    expect([isOver, suspensionOf(suspending.observer), suspending.data]).toEqual([true, undefined, "Alien"]);
  });
});

describe("a query that feigns to have failed", () => {
  const error = new Error("feigned");

  test("shows the error without data, and loads nothing by that", () => {
    const restore = hold({ error });
    expect(hook.result).toMatchObject({ status: "error", error, data: undefined, isLoadingError: true });
    const late = watch(KEY, { staleTime: 1_000 });
    expect(late.result).toMatchObject({ status: "error", fetchStatus: "idle" });
    expect(backend.count).toBe(1);
    restore();
    expect([hook.data, hook.result.error, late.data]).toEqual(["Alien", undefined, "Alien"]);
    expect(backend.count).toBe(1);
  });

  test("may take the place of one that is held, whose undo does nothing any more", () => {
    const first = hold();
    const second = hold({ error });
    first();
    expect(hook.result.status).toBe("error");
    second();
    second();
    expect(hook.result.status).toBe("success");
    expect(client.host.feigned).toBeUndefined();
  });
});

test("tells those who follow the client, and works for a key of which nothing is known", () => {
  const heard: string[] = [];
  client.subscribe(({ hash }) => void heard.push(hash));
  const restore = feign(client.host, "absent", hashKey("absent"));
  const idle = watch("absent", { enabled: false });
  expect(idle.result.isLoading).toBe(true);
  restore();
  expect(idle.result).toMatchObject({ status: "pending", fetchStatus: "idle" });
  expect(heard.filter((hash) => hash === hashKey("absent")).length).toBeGreaterThanOrEqual(2);
});
