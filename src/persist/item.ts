/**
 * A storage for `persist` over anything that gets and sets texts by name, such as Web Storage.
 * @packageDocumentation
 * @since 0.2.0
 */
import { checkKind } from "../core/lru/checks.ts";
import { hasMethods } from "./methods.ts";
import { type Header, headerOfText, markedText, recordOfText, textOfRecord } from "./record-text.ts";
import { isLater, isStamp } from "./stamp.ts";
import type { MaybePromise, Stamp, Tier, TierMeta } from "./tier.ts";

/** What a storage of texts by name has: Web Storage, AsyncStorage, unstorage, localForage, and many others. */
export interface ItemStorage {
  /** The text under a name, or `null`; or a promise of it. */
  getItem(name: string): MaybePromise<unknown>;
  /** Stores a text under a name. */
  setItem(name: string, text: string): MaybePromise<unknown>;
  /** Removes what is there under a name. */
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
/** When entries of a Web Storage were removed, by their ids, the newest last. */
type Removals = Record<string, Stamp>;

/** A longer name becomes folders: no file system takes one of more than 255 characters. */
const LONG = /.{200}(?=.)/g;
const FOLDER = "~:";
/** Where a Web Storage remembers the last removals and clears, so that an older write of another tab brings nothing back. */
const REMOVALS = "macho!";
const MOST_REMOVALS = 200;
/** Stands for all of a scope there. No id has such a character. */
const ALL = "!";

/**
 * Keeps entries as text in Web Storage, AsyncStorage, unstorage, localForage, or whatever has `getItem`, `setItem` and
 * `removeItem`. Nothing but names of this library's own is ever written or removed.
 *
 * Tabs share a Web Storage: there, what was written or removed last stays.
 * An unstorage is asked for all of its names: give it a `base` where it holds much else. Where other machines write it as
 * well, say so: `{ ...itemTier(storage), shared: true }`.
 * @param storage the storage, or a function that gives it, which is called whenever it is used and never before: a page may
 * have no `localStorage`, or throw where it is named
 * @throws MachoOptionError for what is no such storage
 *
 * @example
 * persist(client, { storage: itemTier(() => localStorage), scope: user.id });
 */
export function itemTier(storage: ItemStorage | (() => ItemStorage)): Tier {
  const use = (...more: readonly string[]): Storage => {
    const items: unknown = typeof storage === "function" ? storage() : storage;
    const names = ["getItem", "setItem", "removeItem", ...more];
    checkKind("storage", items, [`a storage with ${names.join(", ")}`, hasMethods(...names), "itemTier(localStorage)"]);
    return items as Storage;
  };
  const idsOf = async (prefix: string): Promise<string[]> => {
    const items = use();
    const names = await (namesOf(items) ?? use("getKeys").getKeys!)();
    // Drivers may put names of their own in front.
    const ids = names.map((name) => name.replaceAll(FOLDER, "").split(":").pop()!);
    return ids.filter((id) => id.startsWith(prefix));
  };
  const list: Required<Tier>["list"] = async (prefix) => {
    const found: [string, TierMeta][] = [];
    for (const id of await idsOf(prefix)) {
      const text = await use().getItem(nameOf(id));
      if (text) found.push([id, headerOfText(text)]);
    }
    return found;
  };
  // What a function gives is not known yet.
  const lists = typeof storage === "function" || namesOf(use());
  return {
    name: "storage",
    get: (id) => after(use().getItem(nameOf(id)), recordOfText),
    set: (id, record) => put(use(), nameOf(id), textOfRecord(record), record),
    delete: (id) => use().removeItem(nameOf(id)),

    // All is asked for at once: the page may be gone the next moment.
    async write(changes, fence) {
      const items = use();
      const removals = removalsOf(items);
      const refused: string[] = [];
      const asked: unknown[] = [];
      for (const { id, n, record, isMark } of changes) {
        const name = nameOf(id);
        const before = removals && [removals[id], removals[fence + ALL], headerOfText(items.getItem(name)).n];
        if (before?.some((stamp) => isLate(n, stamp))) continue;
        let text = "";
        try {
          if (record) text = textOfRecord(record);
        } catch {
          refused.push(id);
        }
        if (text) asked.push(put(items, name, text, record!));
        else if (isMark) asked.push(after(items.getItem(name), (found) => mark(items, name, found, n)));
        else asked.push(items.removeItem(name), removals && remember(items, removals, id, n));
      }
      await Promise.all(asked);
      return refused;
    },
    ...(lists && {
      list,
      async clear(prefix, n) {
        const ids = await idsOf(prefix);
        const items = use();
        const removals = removalsOf(items);
        if (removals) remember(items, removals, prefix + ALL, n);
        await Promise.all(ids.map((id) => items.removeItem(nameOf(id))));
      },
    }),
  };
}

function after<T>(value: MaybePromise<T>, run: (value: T) => unknown): unknown {
  return typeof (value as PromiseLike<T> | undefined)?.then === "function"
    ? (value as PromiseLike<T>).then(run)
    : run(value as T);
}

function put(items: Storage, name: string, text: string, { x, t }: Header): MaybePromise<unknown> {
  // The drivers of an unstorage take whole seconds. Other storages take a callback in this place.
  if (!items.getKeys || x === Infinity) return items.setItem(name, text);
  return items.setItem(name, text, { ttl: Math.max(1, Math.ceil((x - t) / 1_000)) });
}

function mark(items: Storage, name: string, text: unknown, n: Stamp): unknown {
  const header = headerOfText(text);
  // There is one, and it is not damaged.
  return header.x && put(items, name, markedText(text, n), header);
}

function nameOf(id: string): string {
  return id.replace(LONG, `$&${FOLDER}`);
}

function isWebStorage(items: Storage): boolean {
  // The length of a localForage is a function.
  return (items.length as number) >= 0 && hasMethods("key")(items);
}

/** What gives all names; `undefined` where nothing does. An entry of a Web Storage may be called like any method. */
function namesOf(items: Storage): Names | undefined {
  if (isWebStorage(items)) return () => Array.from({ length: items.length as number }, (_, at) => items.key!(at));
  return (items.getKeys ?? items.getAllKeys ?? items.keys)?.bind(items);
}

/** `undefined` for a storage that no other tab writes. */
function removalsOf(items: Storage): Removals | undefined {
  if (!isWebStorage(items)) return undefined;
  try {
    return Object(JSON.parse(items.getItem(REMOVALS) as string)) as Removals;
  } catch {
    return {};
  }
}

/** Whether a change comes after what was done later. */
function isLate(n: Stamp, other: Stamp | undefined): boolean {
  return isStamp(other) && isLater(other, n);
}

function remember(items: Storage, removals: Removals, id: string, n: Stamp): void {
  if (isLate(n, removals[id])) return;
  delete removals[id];
  removals[id] = n;
  try {
    items.setItem(REMOVALS, JSON.stringify(Object.fromEntries(Object.entries(removals).slice(-MOST_REMOVALS))));
  } catch {
    // It is full.
  }
}
