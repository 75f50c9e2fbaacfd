// What a browser's storage holds, read as it is: what is encrypted, left out or purged is not in there.
import { persist, indexedDbTier, type Persistence, type PersistOptions } from "macho-cache/persist";
import { itemTier } from "macho-cache/persist/item";
import { useCachedQuery } from "macho-cache/react";
import { QueryClient } from "macho-cache/query";
import type { ReactElement } from "react";
import { dropKey, encryptionOf } from "virtual:guide/encryption/encryption";
import { afterEach, beforeEach, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { Page } from "../support/page.tsx";

const CANARY = "canary-7Qx1";
/** Of this test alone. */
let name = "";
let count = 0;
let running: { client: QueryClient; persistence: Persistence }[] = [];

beforeEach(() => {
  name = `private-data-${count++}`;
  localStorage.clear();
});

afterEach(async () => {
  await Promise.all(running.map(({ persistence }) => persistence.stop()));
  running = [];
  for (const each of [name, "app-keys"]) await done(indexedDB.deleteDatabase(each));
});

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error!));
  });
}

/** Every key and value of a database, as text: bytes as their characters, and everything else as JSON. */
async function rawText(of: string): Promise<string> {
  const database = await done(indexedDB.open(of));
  const stores = [...database.objectStoreNames];
  const parts = stores.map(async (store) => {
    const rows = database.transaction(store).objectStore(store);
    return [store, await done(rows.getAllKeys()), await done(rows.getAll())];
  });
  const text = JSON.stringify(await Promise.all(parts), (_key, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value,
  );
  database.close();
  return text;
}

function page(options: Partial<PersistOptions> = {}): { client: QueryClient; persistence: Persistence } {
  const client = new QueryClient();
  const persistence = persist(client, { scope: "ada", storage: indexedDbTier({ name }), ...options });
  running.push({ client, persistence });
  return { client, persistence };
}

const never = (): Promise<never> => Promise.reject(new Error("It was loaded."));
const fresh = { staleTime: Infinity };

test("data is in the database as it is, without a codec: the scan finds what is there", async () => {
  const { client, persistence } = page();
  client.setQueryData(["film"], { title: CANARY });
  await persistence.flush();
  expect(await rawText(name)).toContain(CANARY);
});

test("encrypted data is nowhere in the database, keys are, and the next page reads both", async () => {
  const data = { title: CANARY, at: new Date(5), tags: new Set([CANARY]) };
  const first = page({ codec: encryptionOf("ada") });
  first.client.setQueryData(["film", "a key"], data);
  await first.persistence.stop();
  const raw = await rawText(name);
  expect(raw).not.toContain(CANARY);
  expect(raw).toContain("a key");
  const next = page({ codec: encryptionOf("ada") });
  expect(await next.client.fetchQuery(["film", "a key"], never, fresh)).toEqual(data);
});

test("encrypted text has a fresh vector each time, and a key that cannot be exported", async () => {
  const codec = encryptionOf("ada");
  const [one, other] = await Promise.all([codec.encode(1, "a"), codec.encode(1, "a")]);
  expect(one).not.toEqual(other);
  const keys = await done(indexedDB.open("app-keys"));
  const secret = await done<CryptoKey>(keys.transaction("keys").objectStore("keys").get("ada"));
  keys.close();
  expect([secret.extractable, secret.algorithm.name]).toEqual([false, "AES-GCM"]);
  await expect(crypto.subtle.exportKey("raw", secret)).rejects.toMatchObject({ name: "InvalidAccessError" });
});

test("two tabs that make a key at the same time have the same one", async () => {
  const [one, other] = [encryptionOf("ada"), encryptionOf("ada")];
  const [stored] = await Promise.all([one.encode(CANARY, "a"), other.encode(1, "b")]);
  await expect(other.decode(stored, "a")).resolves.toBe(CANARY);
});

test("encrypted data below another key, of another scope, or with a bit changed is refused", async () => {
  const codec = encryptionOf("ada");
  const stored = (await codec.encode(CANARY, ["film", 1])) as { iv: Uint8Array; bytes: Uint8Array };
  await expect(codec.decode(stored, ["film", 2])).rejects.toMatchObject({ name: "OperationError" });
  await expect(encryptionOf("bob").decode(stored, ["film", 1])).rejects.toMatchObject({ name: "OperationError" });
  const changed = { ...stored, bytes: stored.bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) };
  await expect(codec.decode(changed, ["film", 1])).rejects.toMatchObject({ name: "OperationError" });
  await expect(codec.decode(stored, ["film", 1])).resolves.toBe(CANARY);
});

test("what is left when its key was dropped cannot be read, and is loaded anew", async () => {
  const first = page({ codec: encryptionOf("ada") });
  first.client.setQueryData(["film"], CANARY);
  await first.persistence.stop();
  await dropKey("ada");
  const { client, persistence } = page({ codec: encryptionOf("ada") });
  expect(await client.fetchQuery(["film"], () => "loaded", fresh)).toBe("loaded");
  expect(persistence.status).toMatchObject({ unusable: 1, hits: 0 });
});

test("encrypted data is nowhere in a storage of text, and comes back from it", async () => {
  const storage = itemTier(() => localStorage);
  const first = page({ codec: encryptionOf("ada"), storage });
  first.client.setQueryData(["film"], CANARY);
  await first.persistence.stop();
  expect(localStorage.length).toBeGreaterThan(0);
  expect(JSON.stringify(localStorage)).not.toContain(CANARY);
  const next = page({ codec: encryptionOf("ada"), storage });
  expect(await next.client.fetchQuery(["film"], never, fresh)).toBe(CANARY);
});

test("what a hook, a default, a key or a tag keeps out is nowhere in the database", async () => {
  const shown = new Page();
  const persistence = persist(shown.client, {
    scope: "ada",
    storage: indexedDbTier({ name }),
    exclude: { keys: [["secret"]], tags: ["private"] },
  });
  running.push({ client: shown.client, persistence });
  shown.client.setQueryDefaults(["card"], { persist: false });
  function Pin(): ReactElement {
    return shown.note(String(useCachedQuery(["pin"], shown.backend.fetcher, { persist: false }).data));
  }
  await render(shown.app(<Pin />));
  await shown.answer(`${CANARY} of a hook`);
  shown.client.setQueryData(["card", 1], `${CANARY} of a default`);
  shown.client.setQueryData(["secret", "x"], `${CANARY} of a key`);
  shown.client.setQueryData(["tagged"], `${CANARY} of a tag`, { tags: ["private"] });
  shown.client.setQueryData(["secrets"], "stored");
  await persistence.flush();
  const raw = await rawText(name);
  expect(raw).toContain("stored");
  expect(raw).not.toContain(CANARY);
});

test("what was stored goes from the database when its answer must not be stored any more", async () => {
  const { client, persistence } = page({ exclude: { tags: ["private"] } });
  client.setQueryData(["film"], CANARY);
  await persistence.flush();
  client.setQueryData(["film"], "of now", { tags: ["private"] });
  await persistence.flush();
  const raw = await rawText(name);
  expect(raw).not.toContain(CANARY);
  expect(raw).not.toContain("of now");
});

test("a purged scope is gone from the database when the promise resolves, and others are whole", async () => {
  const bob = page({ scope: "bob" });
  bob.client.setQueryData(["film"], "of bob");
  await bob.persistence.stop();
  const { client, persistence } = page();
  for (let id = 0; id < 200; id++) client.setQueryData(["film", id], `${CANARY} ${id}`);
  await persistence.flush();
  client.setQueryData(["late"], CANARY);
  await persistence.purge();
  const raw = await rawText(name);
  expect(raw).not.toContain(CANARY);
  expect(raw).toContain("of bob");
  expect(client.getQueryData(["late"])).toBeUndefined();
  const next = page({ scope: "bob" });
  expect(await next.client.fetchQuery(["film"], never, fresh)).toBe("of bob");
});
