import { itemTier } from "macho-cache/persist/item";
import type { Tier } from "macho-cache/persist";
import { createStorage, type Driver } from "unstorage";
import { describe, expect, test, vi } from "vitest";
import { AsyncItems, WebStorage } from "./item-storages.ts";
import { recordFor, WALL } from "./tier-records.ts";

const PREFIX = "macho.ada.";
const ID = `${PREFIX}id`;
const written = (tier: Tier, ms: number, data = `at ${ms}`): unknown =>
  tier.write!([{ id: ID, n: [WALL + ms, "a"], record: recordFor("key", { n: [WALL + ms, "a"], data }) }], PREFIX);
const removed = (tier: Tier, ms: number, id = ID): unknown => tier.write!([{ id, n: [WALL + ms, "a"] }], PREFIX);

describe("itemTier", () => {
  test.each([
    [undefined, "undefined"],
    [null, "null"],
    ["localStorage", '"localStorage"'],
    [{}, "an object"],
    [new Map(), "an object"],
    [Promise.resolve(new WebStorage()), "an object"],
    [{ getItem: 1, setItem: () => 1, removeItem: () => 1 }, "an object"],
  ])("says what is wrong with %s", (storage, got) => {
    const make = (): Tier => itemTier(storage as never);
    expect(make).toThrow(
      `storage must be a storage with getItem, setItem, removeItem, got ${got}. Pass { storage: itemTier(localStorage) }.`,
    );
    expect(make).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });

  test("touches nothing before it is used", () => {
    const touch = vi.fn<() => Storage>(() => {
      throw new DOMException("Access is denied.", "SecurityError");
    });
    const tier = itemTier(touch);
    expect(touch).not.toHaveBeenCalled();
    expect(() => tier.get(ID)).toThrow("Access is denied.");
    expect(touch).toHaveBeenCalledTimes(1);
    const storage = new AsyncItems();
    for (const name of ["getItem", "setItem", "removeItem", "getAllKeys"] as const) {
      vi.spyOn(storage, name).mockImplementation(() => {
        throw new Error(`${name} was called.`);
      });
    }
    itemTier(storage);
  });

  test("says what is wrong with what a function gives, and works as soon as that is a storage", async () => {
    let storage: WebStorage | null = null;
    const tier = itemTier(() => storage!);
    expect(() => tier.get(ID)).toThrow("got null. Pass { storage");
    await expect(async () => tier.list!(PREFIX)).rejects.toThrow("got null.");
    storage = new WebStorage();
    await tier.set(ID, recordFor("key"));
    expect(tier.get(ID)).toEqual(recordFor("key"));
  });

  test("has written at once where the storage does", async () => {
    const storage = new WebStorage();
    const tier = itemTier(storage);
    const n = [WALL, "a"] as const;
    const changes = Array.from({ length: 50 }, (_, at) => ({ id: ID + at, n, record: recordFor(at) }));
    void tier.write!([...changes, { id: `${ID}0`, n, isMark: true }], PREFIX);
    // Not after a microtask either: the page may be gone by then.
    expect(storage.length).toBe(50);
    expect(tier.get(`${ID}0`)).toEqual({ ...recordFor(0), i: 1 });
  });

  test("has asked for all changes of a slice before the first answer", async () => {
    const storage = new AsyncItems();
    const set = vi.spyOn(storage, "setItem");
    const changes = Array.from({ length: 50 }, (_, at) => ({ id: ID + at, n: recordFor(at).n, record: recordFor(at) }));
    void itemTier(storage).write!(changes, PREFIX);
    expect(set).toHaveBeenCalledTimes(50);
  });

  test("tells what a full storage says, by its name", async () => {
    const tier = itemTier(new WebStorage(() => 100));
    await expect(async () => written(tier, 1)).rejects.toMatchObject({ name: "QuotaExceededError" });
    expect(() => tier.set(ID, recordFor("key"))).toThrow(expect.objectContaining({ name: "QuotaExceededError" }));
  });

  test("passes on what the storage rejects with", async () => {
    const storage = new AsyncItems();
    const tier = itemTier(storage);
    for (const name of ["getItem", "setItem", "removeItem", "getAllKeys"] as const) {
      vi.spyOn(storage, name).mockRejectedValue(new Error("No disk."));
    }
    const calls = [
      () => tier.get(ID),
      () => tier.set(ID, recordFor("key")),
      () => tier.delete(ID),
      () => written(tier, 1),
      () => removed(tier, 1),
      () => tier.write!([{ id: ID, n: [WALL, "a"], isMark: true }], PREFIX),
      () => tier.list!(PREFIX),
      () => tier.clear!(PREFIX, [WALL, "a"]),
    ];
    for (const call of calls) await expect(async () => call()).rejects.toThrow("No disk.");
  });

  test("gives no promise for what cannot be listed: nobody knows what is there", async () => {
    const { items } = new AsyncItems();
    const storage = {
      getItem: (name: string) => items.get(name),
      setItem: (name: string, text: string) => items.set(name, text),
      removeItem: (name: string) => items.delete(name),
    };
    const tier = itemTier(storage);
    expect(tier.list).toBeUndefined();
    expect(tier.clear).toBeUndefined();
    const lazy = itemTier(() => storage);
    for (const ask of [() => lazy.list!(PREFIX), () => lazy.clear!(PREFIX, [WALL, "a"])]) {
      await expect(async () => ask()).rejects.toThrow(
        "must be a storage with getItem, setItem, removeItem, getKeys, got",
      );
    }
    await tier.set(ID, recordFor("key"));
    expect(tier.get(ID)).toEqual(recordFor("key"));
  });

  test("takes an entry named like a method of another storage for what it is", async () => {
    const storage = new WebStorage();
    Object.assign(storage, { getKeys: "an entry", keys: "an entry" });
    const tier = itemTier(storage);
    await tier.set(ID, recordFor("key"));
    expect((await tier.list!(PREFIX)).map(([id]) => id)).toEqual([ID]);
  });

  test("gives an unstorage whole seconds to live, rounded up, and nobody else", async () => {
    const setItem = vi.fn<NonNullable<Driver["setItem"]>>();
    const storage = createStorage({
      driver: { hasItem: () => false, getItem: () => null, getKeys: () => [], setItem },
    });
    const tier = itemTier(storage);
    for (const ms of [1, 1_000, 1_001, Infinity]) await tier.set(ID, recordFor("key", { x: WALL + ms }));
    expect(setItem.mock.calls.map(([, , options]) => options as unknown)).toEqual([
      { ttl: 1 },
      { ttl: 1 },
      { ttl: 2 },
      {},
    ]);
    const items = new AsyncItems();
    const set = vi.spyOn(items, "setItem");
    await itemTier(items).set(ID, recordFor("key"));
    expect(set.mock.calls[0]).toHaveLength(2);
  });
});

describe("itemTier of a Web Storage that tabs share", () => {
  test("brings nothing back that another tab removed, or cleared, later", async () => {
    const storage = new WebStorage();
    const [tab, other] = [itemTier(storage), itemTier(() => storage)];
    await written(tab, 1);
    await removed(other, 3);
    await written(tab, 2);
    expect(await tab.get(ID)).toBeNull();
    await written(tab, 4);
    await other.clear!(PREFIX, [WALL + 6, "a"]);
    await written(tab, 5);
    expect(await tab.get(ID)).toBeNull();
    await other.clear!(PREFIX, [WALL + 1, "a"]);
    await written(tab, 5);
    expect(await tab.get(ID)).toBeNull();
    await written(tab, 7);
    expect(await tab.get(ID)).toMatchObject({ d: "at 7" });
  });

  test("remembers so many removals, and no more", async () => {
    const storage = new WebStorage();
    const tier = itemTier(storage);
    for (let at = 0; at < 1_000; at++) await removed(tier, at, `${PREFIX}${at}`);
    expect(storage.length).toBe(1);
    const names = Object.keys(JSON.parse(storage.getItem("macho!")!) as object);
    expect(names).toHaveLength(200);
    expect(names.at(-1)).toBe(`${PREFIX}999`);
  });

  test("removes where there is no room to remember it", async () => {
    let room = Infinity;
    const storage = new WebStorage(() => room);
    const tier = itemTier(storage);
    await written(tier, 1);
    room = 0;
    await removed(tier, 2);
    expect(storage.length).toBe(0);
    await tier.clear!(PREFIX, [WALL + 3, "a"]);
    expect(storage.length).toBe(0);
  });

  test.each(["", "null", "5", "[]", '{"macho.ada.!":5}', '{"macho.ada.id":["x"]}', "{"])(
    "goes on where its memory of removals is %s",
    async (text) => {
      const storage = new WebStorage();
      storage.setItem("macho!", text);
      const tier = itemTier(storage);
      await written(tier, 1);
      expect(await tier.get(ID)).toMatchObject({ d: "at 1" });
      await removed(tier, 3);
      await written(tier, 2);
      expect(await tier.get(ID)).toBeNull();
    },
  );

  test("overwrites what is damaged", async () => {
    const storage = new WebStorage();
    for (const text of ["", "m", 'm{"n":5}', 'm{"n":["a"],"x":1}\n[0]', "\n\n"]) {
      storage.setItem(ID, text);
      const tier = itemTier(storage);
      await tier.write!([{ id: ID, n: [WALL, "a"], isMark: true }], PREFIX);
      expect(storage.getItem(ID)).toBe(text);
      await written(tier, 1);
      expect(await tier.get(ID)).toMatchObject({ d: "at 1" });
    }
  });
});
