import { MachoError } from "../core/lru/errors.ts";
import { checkMethods } from "./methods.ts";
import { isLater, markedText, metaOfText, recordOfText, textOfRecord } from "./record-text.ts";
import type { MaybePromise, Stamp, Tier, TierMeta } from "./tier.ts";

/** What a storage of texts by name has: Web Storage, AsyncStorage, unstorage, localForage, and many others. */
export interface ItemStorage {
  getItem(name: string): MaybePromise<unknown>;
  setItem(name: string, text: string): MaybePromise<unknown>;
  removeItem(name: string): MaybePromise<unknown>;
}

/** What some of them have besides. */
interface Storage extends ItemStorage {
  setItem(name: string, text: string, more?: object): MaybePromise<unknown>;
  getKeys?: Names;
  getAllKeys?: Names;
  keys?: Names;
  key?(at: number): string;
  length?: unknown;
}
type Names = () => MaybePromise<readonly string[]>;

/** A longer name becomes folders: no file system takes one of more than 255 characters. */
const LONG = /.{200}(?=.)/g;
const FOLDER = "~:";
/** Where a Web Storage remembers the last removals and clears, so that an older write of another tab brings nothing back. */
const REMOVED = "macho!";
const MOST_REMOVED = 200;
/** Stands for all of a scope there. No id has such a character. */
const ALL = "!";
/** Names that are read, or removed, at once. */
const BATCH = 50;

/**
 * Keeps entries as text in Web Storage, AsyncStorage, unstorage, localForage, or whatever has `getItem`, `setItem` and
 * `removeItem`. Nothing but names of this library's own is ever written or removed.
 *
 * Tabs share a Web Storage: there, what was written or removed last stays.
 * An unstorage is asked for all of its names: give it a `base` where it holds much else. Where other machines write it as
 * well, say so: `{ ...itemTier(storage), shared: true }`.
 * @param storage the storage, or a function that gives it, which is called whenever it is used and never before: a page may
 * have no `localStorage`, or throw where it is named
 * @throws MachoError "invalid-argument" for what is no such storage
 *
 * @example
 * persist(client, { storage: itemTier(() => localStorage), scope: user.id });
 */
export function itemTier(storage: ItemStorage | (() => ItemStorage)): Tier {
  const use = (): Storage => {
    const items = typeof storage === "function" ? storage() : storage;
    return checkMethods(items, "itemTier needs a storage", "getItem", "setItem", "removeItem");
  };
  if (typeof storage !== "function") use();
  const list: Required<Tier>["list"] = async (prefix) => {
    const items = use();
    const found: [string, TierMeta][] = [];
    await inBatches(await idsOf(items, prefix), async (id) => {
      const text = await items.getItem(nameOf(id));
      if (text) found.push([id, metaOfText(text)]);
    });
    return found;
  };
  return {
    name: "item storage",
    get(id) {
      const found = use().getItem(nameOf(id)) as PromiseLike<unknown> | null;
      return found?.then ? found.then(recordOfText) : recordOfText(found);
    },
    set: (id, record) => put(use(), nameOf(id), textOfRecord(record), record.x - record.n[0]),
    delete: (id) => use().removeItem(nameOf(id)),

    // Where tabs share it, all is done at once.
    async write(changes, fence) {
      const items = use();
      const removed = isWebStorage(items) && removedFrom(items);
      const refused: string[] = [];
      for (const { id, n, record, isMark } of changes) {
        const name = nameOf(id);
        let text: string | undefined;
        try {
          text = record && textOfRecord(record);
        } catch {
          refused.push(id);
        }
        let old = removed || isMark ? items.getItem(name) : undefined;
        if (!removed) old = await old;
        else if ([removed[id], removed[fence + ALL], metaOfText(old).n].some((stamp) => isLater(stamp, n))) continue;
        const { x } = record ?? metaOfText(old);
        if (isMark && x) text = markedText(old, n);
        const done = text ? put(items, name, text, x - n[0]) : isMark || items.removeItem(name);
        if (!removed) await done;
        else if (!text && !isMark) remember(items, removed, id, n);
      }
      return refused;
    },

    // What a function gives is not known yet.
    ...((typeof storage === "function" || namesOf(storage)) && { list }),

    async clear(prefix, n) {
      const items = use();
      const ids = await idsOf(items, prefix);
      if (isWebStorage(items)) remember(items, removedFrom(items), prefix + ALL, n);
      await inBatches(ids, (id) => items.removeItem(nameOf(id)));
    },
  };
}

const NO_NAMES = "This storage does not tell its names, so that nobody can clear it. Pass itemTier one that does.";

function put(items: Storage, name: string, text: string, ms: number): MaybePromise<unknown> {
  // The drivers of an unstorage take whole seconds. Other storages take a callback in this place.
  if (!items.getKeys || ms === Infinity) return items.setItem(name, text);
  return items.setItem(name, text, { ttl: Math.max(1, Math.ceil(ms / 1_000)) });
}

function nameOf(id: string): string {
  return id.replace(LONG, `$&${FOLDER}`);
}

function isWebStorage(items: Storage): boolean {
  return typeof items.length === "number" && typeof items.key === "function";
}

/** What gives all names; `undefined` where nothing does. An entry of a Web Storage may have any of these names. */
function namesOf(items: Storage): Names | undefined {
  const list = [items.getKeys, items.getAllKeys, items.keys].find((names) => typeof names === "function");
  if (list) return list.bind(items);
  return isWebStorage(items)
    ? () => Array.from({ length: items.length as number }, (_, at) => items.key!(at))
    : undefined;
}

async function idsOf(items: Storage, prefix: string): Promise<string[]> {
  const names = namesOf(items);
  if (!names) throw new MachoError("invalid-argument", NO_NAMES);
  // Drivers may put names of their own in front.
  const ids = Array.from((await names()) ?? [], (name) => name.replaceAll(FOLDER, "").split(":").pop()!);
  return [...new Set(ids)].filter((id) => id.startsWith(prefix));
}

async function inBatches(ids: readonly string[], run: (id: string) => MaybePromise<unknown>): Promise<void> {
  for (let at = 0; at < ids.length; at += BATCH) await Promise.all(ids.slice(at, at + BATCH).map(run));
}

type Removed = Record<string, Stamp>;

function removedFrom(items: Storage): Removed {
  try {
    return Object(JSON.parse(items.getItem(REMOVED) as string)) as Removed;
  } catch {
    return {};
  }
}

function remember(items: Storage, removed: Removed, id: string, n: Stamp): void {
  if (isLater(removed[id], n)) return;
  // The newest come last.
  delete removed[id];
  removed[id] = n;
  try {
    items.setItem(REMOVED, JSON.stringify(Object.fromEntries(Object.entries(removed).slice(-MOST_REMOVED))));
  } catch {
    // It is full.
  }
}
