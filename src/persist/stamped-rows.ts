// Two stores, `meta` and `data`, with the same keys, a name and a stamp, and the same rows but for the data. So the order of
// keys is the order of writes, and a write need not read what is there. It puts its own row, deletes those before it, and is
// committed in the same task: it lands while the page goes away, and no frozen tab holds a transaction open. A write that
// comes too late is no trouble either, as a reader takes the newest row.
//
//   ["film", 10, "a"]         a record, which the next write of this id deletes
//   ["film", 12, "b"]         the newest row: this is what is there
//   ["film!", 13, "a"]        a mark: what is before it is stale. It comes after the rows of its id, and before other ids
//   ["#macho.ada.", 11, "a"]  a clear: rows of this prefix that are before it came too late
// docs/decisions/0064-the-stamp-of-a-write-is-part-of-its-key.md
import { isLater } from "./stamp.ts";
import { prefixOfId } from "./tier-id.ts";
import type { Stamp, TierChange, TierMeta, TierRecord } from "./tier.ts";

export type Stores = readonly [meta: IDBObjectStore, data: IDBObjectStore];
type Key = [name: string, at: number, writer: string];
type Entry = [id: string, meta: TierMeta];
/** A record, in `meta` without its data; `n` alone for a deletion and a clear; `n` and `i` for a mark. */
type Row = Partial<TierMeta> & Pick<TierMeta, "n">;
/** What is there under each id. */
type Tops = Map<string, Row>;

/** Ends the name of an id's marks. No id has this character, and it comes before all that an id has. */
const MARK = "!";
/** Begins the name of a prefix's clears. */
const CLEAR = "#";
/** The most rows that are read, or dropped, in one task. */
const PAGE = 1_000;
/** Ms, by the stamps, in which an older write of another tab may still come. */
const LATEST = 60_000;
/** Fewer ids are looked for one by one. */
const FEW = 8;
/** The most rows for each id that are read to have all of their ids at once. */
const MOST_READ = 4;

/** Without its ends: no key is a name alone. */
const between = (from: IDBValidKey, to: IDBValidKey): IDBKeyRange => IDBKeyRange.bound(from, to, true, true);
/** From the rows of a name to those of another. An array comes after every number. */
const rowsOf = (name: string, last: string = name): IDBKeyRange => between([name], [last, []]);
/** All rows of an id, or of ids. */
export const rowsOfIds = (id: string, last: string = id): IDBKeyRange => rowsOf(id, last + MARK);
/** The rows of ids that begin so. @param from where to go on after */
const rowsUnder = (prefix: string, from: IDBValidKey = [prefix]): IDBKeyRange => between(from, [`${prefix}\uffff`]);
const idOfKey = ([name]: Key): string => name.replace(MARK, "");

const isRecord = (row: Row | undefined): row is TierMeta => row?.x !== undefined;

/** Takes one more row of an id. Rows come in their order, and the marks last. */
function take(tops: Tops, id: string, row: Row): void {
  const top = tops.get(id);
  if (isRecord(row) || !row.i) tops.set(id, row);
  else if (isRecord(top) && isLater(row.n, top.n)) tops.set(id, { ...top, i: 1 });
}

export function drop(stores: Stores, keys: readonly (Key | IDBKeyRange)[]): void {
  for (const key of keys) for (const store of stores) store.delete(key);
}

/** Puts a row in the place of those before it. @throws DataCloneError, and then nothing is put */
function putRow(stores: Stores, name: string, row: Row, whole: Row = row): void {
  const key: Key = [name, ...row.n];
  stores[1].put(whole, key);
  stores[0].put(row, key);
  drop(stores, [between([name], key)]);
}

/** @throws DataCloneError for what cannot be stored, and then nothing is put */
export function putRecord(stores: Stores, id: string, record: TierRecord): void {
  const { n, x, z, b, g, i } = record;
  putRow(stores, id, { n, x, z, b, g, i } as TierMeta, record);
}

/** Returns the ids of what cannot be stored. Nothing is there under them: what was there before is not true any more. */
export function putChanges(stores: Stores, changes: readonly TierChange[]): string[] {
  const refused: string[] = [];
  for (const { id, n, record, isMark } of changes) {
    try {
      if (record) putRecord(stores, id, record);
    } catch {
      refused.push(id);
    }
    if (isMark) putRow(stores, id + MARK, { n, i: 1 });
    else if (!record || refused.includes(id)) putRow(stores, id, { n });
  }
  return refused;
}

export function putClear(stores: Stores, prefix: string, n: Stamp): void {
  drop(stores, [rowsUnder(prefix)]);
  putRow(stores, CLEAR + prefix, { n });
}

/** Asks for the last clear of a prefix. It returns whether a row, when all has come, is of a record that is there. */
function askForClear([meta]: Stores, prefix: string): (top: Row | undefined) => top is TierMeta {
  const rows: IDBRequest<Row[]> = meta.getAll(rowsOf(CLEAR + prefix));
  return (top): top is TierMeta => isRecord(top) && rows.result.every(({ n }) => isLater(top.n, n));
}

/** Asks for rows, page by page. Their keys go to `all`. */
function askForRows(
  store: IDBObjectStore,
  rowsAfter: (last?: Key) => IDBKeyRange,
  tops: Tops,
  all: Key[],
  allCame: () => void,
): void {
  const askAfter = (last?: Key): void => {
    const keys = store.getAllKeys(rowsAfter(last), PAGE) as IDBRequest<unknown[]> as IDBRequest<Key[]>;
    const rows: IDBRequest<Row[]> = store.getAll(rowsAfter(last), PAGE);
    rows.addEventListener("success", () => {
      rows.result.forEach((row, at) => take(tops, idOfKey(keys.result[at]!), row));
      all.push(...keys.result);
      if (rows.result.length === PAGE) askAfter(keys.result[PAGE - 1]);
      else allCame();
    });
  };
  askAfter();
}

/** Asks for the records of ids. */
export function askFor(stores: Stores, ids: readonly string[], allCame: () => void): () => (TierRecord | undefined)[] {
  const [, data] = stores;
  const tops: Tops = new Map();
  const clears = new Map<string, ReturnType<typeof askForClear>>();
  for (const prefix of new Set(ids.map(prefixOfId))) clears.set(prefix, askForClear(stores, prefix));
  const askForEach = (): void => {
    ids.forEach((id, at) => {
      const rows: IDBRequest<Row[]> = data.getAll(rowsOfIds(id));
      rows.addEventListener("success", () => {
        for (const row of rows.result) take(tops, id, row);
        // They come in the order in which they were asked for.
        if (at === ids.length - 1) allCame();
      });
    });
  };
  if (ids.length < FEW) askForEach();
  else {
    // One request for all is several times faster, unless there is much else between them.
    const sorted = [...ids].sort();
    const around = rowsOfIds(sorted[0]!, sorted[sorted.length - 1]);
    const count = data.count(around);
    count.addEventListener("success", () => {
      if (count.result < Math.min(PAGE, ids.length * MOST_READ)) askForRows(data, () => around, tops, [], allCame);
      else askForEach();
    });
  }
  return () =>
    ids.map((id) => {
      const top = tops.get(id);
      // Rows of `data` have their data.
      return clears.get(prefixOfId(id))!(top) ? (top as TierRecord) : undefined;
    });
}

/** Asks for what is there under ids that begin so, and for the keys of some rows that are over. */
export function askForAll(stores: Stores, prefix: string, allCame: () => void): () => readonly [Entry[], over: Key[]] {
  const tops: Tops = new Map();
  const all: Key[] = [];
  const isThere = askForClear(stores, prefixOfId(prefix));
  askForRows(stores[0], (last) => rowsUnder(prefix, last), tops, all, allCame);
  return () => {
    const end = all.reduce((newest, [, at]) => Math.max(newest, at), 0) - LATEST;
    const isOver = (key: Key): boolean => {
      const top = tops.get(idOfKey(key));
      return key[1] < end && !(isThere(top) && !isLater(top.n, [key[1], key[2]]));
    };
    return [[...tops].filter((entry): entry is Entry => isThere(entry[1])), all.filter(isOver).slice(0, PAGE)];
  };
}
