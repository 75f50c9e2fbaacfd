// Two stores, `meta` and `data`, with the same keys: a name and a stamp. So the order of keys is the order of writes, and
// a write need not read what is there. It puts its own row, deletes those before it, and is committed in the same task: it
// lands while the page goes away, and no frozen tab holds a transaction open. A write that comes too late is no trouble
// either, as a reader takes the newest row.
//
//   ["film", 10, "a"]         a record, which the next write of this id deletes
//   ["film", 12, "b"]         the newest row: this is what is there
//   ["film!", 13, "a"]        a mark: what is before it is stale. It comes after the rows of its id, and before other ids
//   ["#macho.ada.", 11, "a"]  a clear: rows of this prefix that are before it came too late
import { isLater } from "./stamp.ts";
import { prefixOfId } from "./tier-id.ts";
import type { Stamp, TierChange, TierMeta, TierRecord } from "./tier.ts";

export type Stores = readonly [meta: IDBObjectStore, data: IDBObjectStore];
export type Key = [name: string, at: number, writer: string];
export type Entry = [id: string, meta: TierMeta];
/** A row of `meta`: a record without its data; `n` alone for a deletion and a clear; `n` and `i` for a mark. */
type Row = Partial<TierMeta> & Pick<TierMeta, "n">;

/** Ends the name of an id's marks. No id has this character, and it comes before all that an id has. */
const MARK = "!";
/** Begins the name of a prefix's clears. */
const CLEAR = "#";
/** The most rows that are read, or dropped, in one task. */
const PAGE = 1_000;
/** Ms, by the stamps, in which an older write of another tab may still come. */
const LATEST = 60_000;
const NEVER: Stamp = [-Infinity, ""];

/** Without its ends: no key is a name alone. */
const between = (from: IDBValidKey, to: IDBValidKey): IDBKeyRange => IDBKeyRange.bound(from, to, true, true);
/** From the rows of a name to those of another. An array comes after every number. */
const rowsOf = (name: string, last: string = name): IDBKeyRange => between([name], [last, []]);
/** All rows of an id. */
export const rowsOfId = (id: string): IDBKeyRange => rowsOf(id, id + MARK);
/** The rows of ids that begin so. @param from where to go on after */
const rowsUnder = (prefix: string, from: IDBValidKey = [prefix]): IDBKeyRange => between(from, [`${prefix}\uffff`]);

const idOfKey = ([name]: Key): string => name.replace(MARK, "");
const isRecord = (row: Row | undefined): row is TierMeta => row?.x !== undefined;
const lastOf = <T>({ result }: IDBRequest<T[]>): T | undefined => result[result.length - 1];

/** What is there after one more row of an id. Rows come in their order. */
function withRow(top: Row | undefined, row: Row): Row | undefined {
  if (isRecord(row) || !row.i) return row;
  return isRecord(top) && isLater(row.n, top.n) ? { ...top, i: 1 } : top;
}

export function drop(stores: Stores, keys: readonly (Key | IDBKeyRange)[]): void {
  for (const key of keys) for (const store of stores) store.delete(key);
}

/** Puts a row in the place of those before it. */
function putRow(stores: Stores, name: string, row: Row): void {
  const key: Key = [name, ...row.n];
  drop(stores, [between([name], key)]);
  stores[0].put(row, key);
}

/** @throws DataCloneError for what cannot be stored; nothing was put then */
export function putRecord(stores: Stores, id: string, record: TierRecord): void {
  const { n, x, z, b, g, i } = record;
  stores[1].put(record, [id, ...n]);
  putRow(stores, id, { n, x, z, b, g, i } as TierMeta);
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

/** Asks for the last clear of a prefix. What it returns tells of a row, afterwards, whether it is of a record that is there. */
function askForClear([meta]: Stores, prefix: string): (top: Row | undefined) => top is TierMeta {
  const rows: IDBRequest<Row[]> = meta.getAll(rowsOf(CLEAR + prefix));
  return (top): top is TierMeta => isRecord(top) && isLater(top.n, lastOf(rows)?.n ?? NEVER);
}

/** Asks for the records of ids. */
export function askFor(stores: Stores, ids: readonly string[], allCame: () => void): () => (TierRecord | undefined)[] {
  const found: (TierRecord | undefined)[] = ids.map(() => undefined);
  const clears = new Map<string, ReturnType<typeof askForClear>>();
  ids.forEach((id, at) => {
    const prefix = prefixOfId(id);
    const isThere = clears.get(prefix) ?? askForClear(stores, prefix);
    clears.set(prefix, isThere);
    const rows: IDBRequest<Row[]> = stores[0].getAll(rowsOfId(id));
    const records: IDBRequest<TierRecord[]> = stores[1].getAll(rowsOf(id));
    // Each is brought to life in a task of its own.
    records.addEventListener("success", () => {
      const top = rows.result.reduce(withRow, undefined as Row | undefined);
      const record = lastOf(records);
      if (record && isThere(top)) found[at] = top.i ? { ...record, i: 1 } : record;
      // They come in the order in which they were asked for.
      if (at === ids.length - 1) allCame();
    });
  });
  return () => found;
}

/** Asks for what is there under ids that begin so, and for the keys of some rows that are over. */
export function askForAll(stores: Stores, prefix: string, allCame: () => void): () => readonly [Entry[], over: Key[]] {
  const tops = new Map<string, Row | undefined>();
  const all: Key[] = [];
  let newest = 0;
  const isThere = askForClear(stores, prefixOfId(prefix));
  const readAfter = (last?: Key): void => {
    const keys = stores[0].getAllKeys(rowsUnder(prefix, last), PAGE) as IDBRequest<unknown[]> as IDBRequest<Key[]>;
    const rows: IDBRequest<Row[]> = stores[0].getAll(rowsUnder(prefix, last), PAGE);
    rows.addEventListener("success", () => {
      rows.result.forEach((row, at) => {
        const key = keys.result[at]!;
        const id = idOfKey(key);
        all.push(key);
        newest = Math.max(newest, key[1]);
        tops.set(id, withRow(tops.get(id), row));
      });
      if (rows.result.length === PAGE) readAfter(lastOf(keys));
      else allCame();
    });
  };
  readAfter();
  const isOver = (key: Key): boolean => {
    const top = tops.get(idOfKey(key));
    return key[1] < newest - LATEST && !(isThere(top) && !isLater(top.n, [key[1], key[2]]));
  };
  return () => [[...tops].filter((entry): entry is Entry => isThere(entry[1])), all.filter(isOver).slice(0, PAGE)];
}
