import { IDBKeyRange, IDBTransaction } from "fake-indexeddb";
import { type IndexedDbTier, indexedDbTier } from "macho-cache/persist/indexed-db";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FaultyFactory } from "../support/faulty-factory.ts";
import { tierRecord } from "../support/tier-record.ts";

const SCOPE = "macho.ada.";
const ID = `${SCOPE}a`;
const RECORD = tierRecord([1, "a"]);
let factory: FaultyFactory;

beforeEach(() => {
  factory = new FaultyFactory();
  vi.stubGlobal("IDBKeyRange", IDBKeyRange);
  vi.stubGlobal("indexedDB", factory);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function stored(): Promise<IndexedDbTier> {
  const tier = indexedDbTier();
  await tier.set(ID, RECORD);
  return tier;
}

test("reads answer when the last row has come, and wait for the end of no transaction", async () => {
  const tier = await stored();
  // oxlint-disable-next-line typescript/unbound-method -- It is called with its owner.
  const { addEventListener } = IDBTransaction.prototype;
  vi.spyOn(IDBTransaction.prototype, "addEventListener").mockImplementation(function (
    this: IDBTransaction,
    ...[type, listener]: Parameters<typeof addEventListener>
  ) {
    if (type !== "complete") addEventListener.call(this, type, listener);
  });
  expect(await tier.get(ID)).toEqual(RECORD);
  expect(await tier.getMany([ID, `${SCOPE}b`])).toEqual([RECORD, undefined]);
  expect(await tier.list(SCOPE)).toHaveLength(1);
});

test("a look at everything opens the database at once, and waits until the page is idle: the first screen reads before it", async () => {
  const tier = await stored();
  await tier.close();
  let become = (): void => undefined;
  const ask = vi.fn<(resolve: () => void) => void>((resolve) => {
    become = resolve;
  });
  vi.stubGlobal("document", {});
  vi.stubGlobal("requestIdleCallback", ask);
  const opened = factory.calls.length;
  const heard: string[] = [];
  const listed = (async () => {
    await tier.list(SCOPE);
    heard.push("list");
  })();
  expect(factory.calls).toHaveLength(opened + 1);
  // However long the first screen takes.
  for (let screen = 0; screen < 3; screen++) {
    expect(await tier.getMany([ID])).toEqual([RECORD]);
    heard.push("read");
  }
  expect(ask).toHaveBeenCalledExactlyOnceWith(expect.any(Function), { timeout: 500 });
  become();
  await listed;
  expect(heard).toEqual(["read", "read", "read", "list"]);
});

test("a page that cannot say when it is idle is looked at a moment later", async () => {
  const tier = await stored();
  vi.stubGlobal("document", {});
  vi.stubGlobal("requestIdleCallback", undefined);
  const wait = vi.spyOn(globalThis, "setTimeout");
  expect(await tier.list(SCOPE)).toHaveLength(1);
  expect(wait).toHaveBeenCalledWith(expect.any(Function), 50);
});
