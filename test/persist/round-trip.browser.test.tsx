// What a hook shows after a reload is what was stored, of every kind that IndexedDB can copy.
import { indexedDbTier, persist, type Tier } from "macho-cache/persist";
import { keyvTier } from "macho-cache/persist/keyv";
import { QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { afterEach, describe, expect, test } from "vitest";
import { render } from "vitest-browser-react";

const NAME = "round-trip";

class Film {
  title = "Ran";
  get length(): number {
    return this.title.length;
  }
}

const cyclic: { self?: unknown; list: unknown[] } = { list: [] };
cyclic.self = cyclic;
cyclic.list.push(cyclic);
const shared = { id: 1 };
// oxlint-disable-next-line no-sparse-arrays
const holes = [1, , 3, undefined];

/** What the browser copies as it is. `text` says whether storages of text keep it as well. */
const VALUES: readonly [what: string, value: unknown, text: boolean][] = [
  ["null", null, true],
  ["an empty text", "", true],
  ["half of a pair", "\ud800 and \0", true],
  ["-0", -0, true],
  ["NaN and the infinities", [NaN, Infinity, -Infinity], true],
  ["undefined as a property and in a list", { a: undefined, b: [undefined] }, true],
  ["holes", holes, true],
  ["bigints", [0n, -(2n ** 80n)], true],
  ["a Date, and one that is none", [new Date(0), new Date(NaN)], true],
  ["a Map with objects as keys", new Map<unknown, unknown>([[{ id: 1 }, new Set([1, "a"])]]), true],
  ["bytes and a buffer", [new Uint8Array([0, 255]), new Uint8Array([1, 2]).buffer], true],
  ["an own __proto__", JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}'), true],
  ["a cycle", cyclic, true],
  ["one object in two places", [shared, shared], true],
  ["typed arrays", [new Float64Array([0.1, -0]), new BigInt64Array([-1n])], false],
  ["a RegExp and an Error", [/a.b/giu, new TypeError("no")], false],
];

let stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
  await new Promise((resolve) => indexedDB.deleteDatabase(NAME).addEventListener("success", resolve));
});

/** What a hook of the next page shows of a value that this page stored; `undefined` for nothing. */
async function afterReload(
  value: unknown,
  storage: () => Tier = () => indexedDbTier({ name: NAME }),
): Promise<unknown> {
  const first = new QueryClient();
  const stored = persist(first, { scope: "ada", storage: storage() });
  first.setQueryData(["value"], value);
  await stored.stop();
  const client = new QueryClient();
  const persistence = persist(client, { scope: "ada", storage: storage() });
  stops.push(() => persistence.stop());
  const shown: unknown[] = [];
  function Value(): ReactElement {
    const { data, fetchStatus } = useCachedQuery(["value"], () => new Promise<never>(() => undefined), {
      staleTime: Infinity,
    });
    shown.push(data);
    return <p>{data === undefined ? fetchStatus : "here"}</p>;
  }
  const { container, unmount } = await render(
    <MachoProvider client={client}>
      <Value />
    </MachoProvider>,
  );
  // What is not there is asked of the fetcher.
  await expect.poll(() => container.textContent === "here" || persistence.status.misses > 0).toBe(true);
  await unmount();
  return shown.at(-1);
}

describe.each(VALUES)("%s", (_what, value, isText) => {
  test("comes back from IndexedDB as it was", async () => {
    const came = await afterReload(value);
    // A copy, and no accident of one page.
    if (typeof value === "object" && value !== null) expect(came).not.toBe(value);
    expect(came).toStrictEqual(value);
  });

  test.runIf(isText)("comes back from a storage of text as it was", async () => {
    const files = new Map<string, string>();
    expect(await afterReload(value, () => keyvTier(files))).toStrictEqual(value);
  });
});

test("holes are holes still, and parts that were one object are one", async () => {
  const came = (await afterReload({ holes, twice: [shared, shared] })) as { holes: unknown[]; twice: unknown[] };
  expect([Object.keys(came.holes), came.holes.length]).toEqual([["0", "2", "3"], 4]);
  expect(came.twice[0]).toBe(came.twice[1]);
});

test("an own __proto__ is a property, and gives nobody a prototype", async () => {
  const came = (await afterReload(JSON.parse('{"__proto__":{"isAdmin":true}}'))) as { isAdmin?: boolean };
  expect([came.isAdmin, Object.keys(came), Object.getPrototypeOf(came)]).toEqual([
    undefined,
    ["__proto__"],
    Object.prototype,
  ]);
});

test("an instance of a class comes back from IndexedDB without its prototype", async () => {
  const came = await afterReload(new Film());
  expect(came).toStrictEqual({ title: "Ran" });
  expect(came).not.toBeInstanceOf(Film);
});

test.each<[what: string, value: unknown, storage: "IndexedDB" | "text"]>([
  ["a function", { run: () => 1 }, "IndexedDB"],
  ["a symbol", [Symbol("a")], "IndexedDB"],
  ["a Response", { response: new Response("") }, "IndexedDB"],
  ["a proxy of an object that was revoked", revoked(), "IndexedDB"],
  ["an instance of a class, in a storage of text,", new Film(), "text"],
])("%s stays in memory, is counted, and hinders nothing else", async (_what, value, kind) => {
  const client = new QueryClient();
  const persistence = persist(client, {
    scope: "ada",
    storage: kind === "text" ? keyvTier(new Map()) : indexedDbTier({ name: NAME }),
  });
  stops.push(() => persistence.stop());
  client.setQueryData(["odd"], value);
  client.setQueryData(["plain"], 1);
  await persistence.flush();
  expect(client.getQueryData(["odd"])).toBe(value);
  expect(persistence.status).toMatchObject({ unpersistable: 1, writes: 1, state: "ready", failures: 0 });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({ a: 1 }, {});
  revoke();
  return { proxy };
}
