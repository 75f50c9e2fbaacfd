import { forceCloseDatabase, IDBKeyRange } from "fake-indexeddb";
import { type IndexedDbTier, indexedDbTier } from "macho-cache/persist/indexed-db";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FaultyFactory } from "../support/faulty-factory.ts";
import { tierRecord } from "../support/tier-record.ts";

const ID = "macho.ada.a";
const RECORD = tierRecord([1, "a"]);
let factory: FaultyFactory;
let now: number;

/** What a page has under this name. */
function host(indexedDB: PropertyDescriptor): void {
  Object.defineProperty(globalThis, "indexedDB", { configurable: true, ...indexedDB });
}

beforeEach(() => {
  factory = new FaultyFactory();
  now = 1_000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.stubGlobal("IDBKeyRange", IDBKeyRange);
  host({ value: factory });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(globalThis, "indexedDB");
});

async function stored(tier: IndexedDbTier): Promise<IndexedDbTier> {
  await tier.set(ID, RECORD);
  return tier;
}

test("nothing is opened before it is used, and one database of one version then", async () => {
  const get = vi.fn<() => FaultyFactory>(() => factory);
  host({ get });
  const tier = indexedDbTier();
  expect(get).not.toHaveBeenCalled();
  await stored(tier);
  expect(await tier.get(ID)).toEqual(RECORD);
  expect(factory.calls).toEqual(["open macho-cache 1"]);
  expect([...factory.handles[0]!.objectStoreNames]).toEqual(["data", "meta"]);
});

test("an option that cannot be used, or does not exist, is an error", () => {
  expect(() => indexedDbTier({ name: 1 as never })).toThrow(/name must be a string, got 1/);
  expect(() => indexedDbTier({ store: "a" } as never)).toThrow(/store is not an option of indexedDbTier/);
});

test.each<[string, PropertyDescriptor, RegExp]>([
  ["is not there", { value: undefined }, /got TypeError/],
  ["is null", { value: null }, /got TypeError/],
  [
    "throws when it is looked at",
    {
      get: () => {
        throw new DOMException("Denied.", "SecurityError");
      },
    },
    /got SecurityError: Denied\./,
  ],
  [
    "throws when it is used",
    {
      value: {
        open: () => {
          throw new DOMException("Denied.", "SecurityError");
        },
      },
    },
    /got SecurityError: Denied\./,
  ],
])("where IndexedDB %s, each call rejects and says so", async (_, descriptor, message) => {
  host(descriptor);
  const tier = indexedDbTier();
  const calls = [
    () => tier.get(ID),
    () => tier.set(ID, RECORD),
    () => tier.list("macho.ada."),
    () => tier.write([], ""),
  ];
  for (const call of calls) {
    await expect(call()).rejects.toMatchObject({
      name: "MachoError",
      code: "tier",
      message: expect.stringMatching(message),
    });
  }
  host({ value: factory });
  expect(await (await stored(tier)).get(ID)).toEqual(RECORD);
});

test("a handle that the browser closes is replaced, and the call is made again", async () => {
  const tier = await stored(indexedDbTier());
  // Its event comes first, or the next transaction hears of it.
  forceCloseDatabase(factory.handles[0]! as never);
  expect(await tier.get(ID)).toEqual(RECORD);
  factory.handles[1]!.close();
  const [found] = await Promise.all([tier.get(ID), tier.set("macho.ada.b", RECORD), tier.list("macho.ada.")]);
  expect(found).toEqual(RECORD);
  expect(factory.calls).toHaveLength(3);
});

test("a transaction that the browser aborts is done again, once", async () => {
  const tier = await stored(indexedDbTier());
  const abort = vi.fn<(transaction: IDBTransaction) => void>((transaction) => transaction.abort());
  const begin = factory.handles[0]!.transaction.bind(factory.handles[0]);
  const dying: IDBDatabase["transaction"] = (...all) => {
    const transaction = begin(...all);
    queueMicrotask(() => abort(transaction));
    return transaction;
  };
  vi.spyOn(factory.handles[0]!, "transaction").mockImplementation(dying);
  // An abort without a reason is not one of the browser's.
  await expect(tier.get(ID)).rejects.toBeNull();
  abort.mockImplementation((transaction) => {
    Object.defineProperty(transaction, "error", { value: new DOMException("Closed.", "AbortError") });
    transaction.abort();
  });
  expect(await tier.get(ID)).toEqual(RECORD);
  expect(factory.calls).toHaveLength(2);
});

test("a call whose transaction says nothing is made again when its handle is closed", async () => {
  const tier = await stored(indexedDbTier());
  const [handle] = factory.handles;
  const begin = handle!.transaction.bind(handle);
  vi.spyOn(handle!, "transaction").mockImplementation((...all) => {
    const transaction = begin(...all);
    return Object.assign(transaction, { addEventListener: () => undefined });
  });
  const newer = tierRecord([2, "a"]);
  const written = tier.write([{ id: ID, n: newer.n, record: newer }], "");
  await Promise.resolve();
  forceCloseDatabase(handle as never);
  expect(await written).toEqual([]);
  expect(await tier.get(ID)).toEqual(newer);
  expect(factory.calls).toHaveLength(2);
});

test("what fails twice rejects", async () => {
  const tier = await stored(indexedDbTier());
  const transaction = vi.fn<IDBDatabase["transaction"]>(() => {
    throw new DOMException("Closed.", "InvalidStateError");
  });
  const open = factory.inner.open.bind(factory.inner);
  vi.spyOn(factory.inner, "open").mockImplementation((...all) => {
    const request = open(...all);
    request.addEventListener("success", () => Object.assign(request.result, { transaction }));
    return request;
  });
  Object.assign(factory.handles[0]!, { transaction });
  await expect(tier.get(ID)).rejects.toMatchObject({ name: "InvalidStateError" });
  expect(transaction).toHaveBeenCalledTimes(2);
});

test("it makes way for whoever wants to delete or upgrade the database", async () => {
  const tier = await stored(indexedDbTier());
  const gone = factory.inner.deleteDatabase("macho-cache");
  await new Promise((resolve) => gone.addEventListener("success", resolve));
  expect(await tier.get(ID)).toBeUndefined();
});

test("a database of a newer version rejects, and is left alone", async () => {
  factory.fault = "newer";
  const tier = indexedDbTier();
  for (let call = 0; call < 6; call++) await expect(tier.get(ID)).rejects.toMatchObject({ name: "VersionError" });
  expect(factory.calls).toEqual(Array.from({ length: 6 }, () => "open macho-cache 1"));
});

test("a store that is found broken three times is deleted once, and works again if that helps", async () => {
  factory.fault = "broken";
  const tier = indexedDbTier();
  for (let call = 0; call < 5; call++) await expect(tier.get(ID)).rejects.toMatchObject({ name: "UnknownError" });
  const open = "open macho-cache 1";
  expect(factory.calls).toEqual([open, open, open, "delete macho-cache", open, open, open]);
  factory.fault = "works";
  expect(await (await stored(tier)).get(ID)).toEqual(RECORD);
});

test("failures that are not in a row delete nothing", async () => {
  const tier = indexedDbTier();
  for (let round = 0; round < 3; round++) {
    factory.fault = "broken";
    for (let call = 0; call < 2; call++) await expect(tier.get(ID)).rejects.toMatchObject({ name: "UnknownError" });
    factory.fault = "works";
    await stored(tier);
    tier.close();
  }
  expect(factory.calls.filter((call) => call.startsWith("delete"))).toEqual([]);
  expect(await tier.get(ID)).toEqual(RECORD);
});

test("calls wait two seconds for an open that says nothing, and not a third", async () => {
  factory.fault = "hangs";
  const tier = indexedDbTier();
  const settled = vi.fn<(found: unknown) => void>();
  const first = Promise.resolve(tier.get(ID)).then(settled);
  now += 1_999;
  const second = Promise.resolve(tier.get(ID)).then(settled);
  expect(factory.calls).toHaveLength(1);
  factory.fault = "works";
  now += 1;
  await stored(tier);
  expect(factory.calls).toHaveLength(2);
  expect(settled).not.toHaveBeenCalled();
  // An answer that comes late is still one, and its handle is not kept.
  factory.answers[0]!();
  await Promise.all([first, second]);
  expect(settled.mock.calls).toEqual([[RECORD], [RECORD]]);
  const late = factory.handles[1]!;
  await vi.waitFor(() => expect(() => late.transaction("meta")).toThrow(/./));
  await tier.get(ID);
  expect(factory.calls).toHaveLength(2);
});

test("after a close, it opens again when it is used", async () => {
  const tier = await stored(indexedDbTier());
  const last = tier.get(ID);
  tier.close();
  expect(await last).toEqual(RECORD);
  await vi.waitFor(() => expect(() => factory.handles[0]!.transaction("meta")).toThrow(/./));
  tier.close();
  expect(await tier.get(ID)).toEqual(RECORD);
  expect(factory.calls).toHaveLength(2);
});

test("a transaction that aborts at its end rejects, whatever its requests said", async () => {
  const tier = await stored(indexedDbTier());
  const commit = vi.spyOn(Object.getPrototypeOf(factory.handles[0]!.transaction("meta")) as IDBTransaction, "commit");
  commit.mockImplementation(function commitWithoutRoom(this: IDBTransaction) {
    const puts = this.objectStore("meta").count();
    puts.addEventListener("success", () => {
      Object.defineProperty(this, "error", { value: new DOMException("No room.", "QuotaExceededError") });
      this.abort();
    });
  });
  await expect(tier.write([{ id: ID, n: [2, "a"] }], "")).rejects.toMatchObject({ name: "QuotaExceededError" });
  expect(commit).toHaveBeenCalledTimes(1);
  expect(await tier.get(ID)).toEqual(RECORD);
});
