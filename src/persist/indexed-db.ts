/**
 * A storage for `persist` in the browser's IndexedDB.
 * @packageDocumentation
 * @since 0.2.0
 */
import { hostClock, type OptionTable, resolveOptions } from "../core/lru/internal.ts";
import { TEXT } from "../query/model/option-table.ts";
import { databaseOf } from "./database.ts";
import { askFor, askForAll, drop, putChanges, putClear, putRecord, rowsOfIds } from "./stamped-rows.ts";
import type { Tier } from "./tier.ts";

/** How the tier is set up. */
export interface IndexedDbOptions {
  /** The name of the database. @defaultValue `"macho-cache"` */
  readonly name?: string | undefined;
}

/** A tier in IndexedDB. It has all that a tier which only one origin writes may have. */
export type IndexedDbTier = Tier & Required<Pick<Tier, "getMany" | "write" | "list" | "clear" | "close">>;

const OPTIONS: OptionTable<{ name: string }> = { name: [TEXT, "macho-cache"] };

/**
 * Keeps entries in IndexedDB as they are: with dates, maps, sets, and all else that a structured clone has. Nothing is
 * opened before it is used.
 * @throws MachoOptionError for an option that does not exist or cannot be used
 *
 * @example
 * const persistence = persist(client, { storage: indexedDbTier(), scope: user.id });
 */
export function indexedDbTier(options: IndexedDbOptions = {}): IndexedDbTier {
  const { name } = resolveOptions("indexedDbTier", OPTIONS, options);
  const database = databaseOf(name, () => hostClock.now());
  return {
    name: "IndexedDB",
    get: async (id) => (await database.read((stores, allCame) => askFor(stores, [id], allCame)))[0],
    set: (id, record) => database.change((stores) => putRecord(stores, id, record)),
    delete: (id) => database.change((stores) => drop(stores, [rowsOfIds(id)])),
    getMany: (ids) => database.read((stores, allCame) => askFor(stores, ids, allCame)),
    write: (changes) => database.change((stores) => putChanges(stores, changes)),
    list: async (prefix) => {
      // It is opened at once, and what the first screen reads goes before a look at everything.
      await Promise.all([database.open(), idle()]);
      const [entries, over] = await database.read((stores, allCame) => askForAll(stores, prefix, allCame));
      // Their keys have their stamps: nothing newer goes with them. If it fails, they are found again.
      if (over.length > 0) database.change((stores) => drop(stores, over)).catch(() => {});
      return entries;
    },
    clear: (prefix, n) => database.change((stores) => putClear(stores, prefix, n)),
    close: () => database.close(),
  };
}

/** Ms after which a page counts as idle in any case, and ms until one does that cannot be asked. */
const LONGEST = 500;
const USUAL = 50;

/** Resolves when the page has nothing to do; at once where there is no page. */
function idle(): Promise<unknown> | undefined {
  const { document, requestIdleCallback: ask } = globalThis as Partial<typeof globalThis>;
  if (!document) return undefined;
  return new Promise((resolve) => (ask ? ask(resolve, { timeout: LONGEST }) : setTimeout(resolve, USUAL)));
}
