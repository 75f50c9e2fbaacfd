import { MachoError } from "../core/lru/index.ts";
import type { Stores } from "./stamped-rows.ts";

/** A database that opens when it is first used, and anew when its handle has died. */
export interface Database {
  /** Opens it, unless that is done. */
  open(): Promise<unknown>;
  /**
   * Asks for all that is read, or for the first of it. What `ask` returns gives the answer when all has come: when `ask`
   * says so, or else when the transaction is over, which a page hears some ms later.
   */
  read<T>(ask: Ask<T>): Promise<T>;
  /**
   * Asks for all changes. They are committed at once, without a look at what came of them. All or none are there when this
   * resolves: that a request succeeded says nothing.
   */
  change<T>(ask: (stores: Stores) => T): Promise<T>;
  close(): void;
}

type Ask<T> = (stores: Stores, allCame: () => void) => () => T;

/** A handle, or the wait for it. */
interface Handle {
  readonly db: Promise<IDBDatabase>;
  /** Until when calls wait for it: for ever, once it is there. */
  until: number;
}

const STORES = ["meta", "data"];
/** It never changes: tabs with an older build would be shut out. */
const VERSION = 1;
/** Ms after which further calls open anew instead of waiting for an `open` without an answer. */
const PATIENCE = 2_000;
/** Openings in a row that find the store broken, after which it is deleted. */
const MOST_FAILURES = 3;
const BROKEN = "UnknownError";
/** What a transaction says whose handle has died. What is done twice then is harmless, as each change has a stamp. */
const DEAD = ["InvalidStateError", "AbortError", BROKEN];

const isOneOf = (error: unknown, names: readonly string[]): boolean =>
  names.includes((error as Error | null)?.name ?? "");

/** Each of its transactions is of both stores. */
export function databaseOf(name: string, now: () => number): Database {
  let current: Handle | undefined;
  let failures = 0;

  const open = async (): Promise<IDBDatabase> => {
    try {
      const db = await factoryCall("open", name);
      failures = 0;
      return db;
    } catch (error) {
      if (!isOneOf(error, [BROKEN]) || ++failures !== MOST_FAILURES) throw error;
      await factoryCall("deleteDatabase", name).catch(() => {});
      return open();
    }
  };

  const drop = (handle: Handle | undefined): void => {
    if (handle === current) current = undefined;
    // What runs on it comes to its end.
    handle?.db.then((db) => db.close()).catch(() => {});
  };

  const connect = (): Handle => {
    if (current && now() < current.until) return current;
    drop(current);
    const handle: Handle = (current = { db: open(), until: now() + PATIENCE });
    const dropIt = (): void => drop(handle);
    const keep = (db: IDBDatabase): void => {
      handle.until = Infinity;
      for (const end of ["close", "versionchange"]) db.addEventListener(end, dropIt);
    };
    handle.db.then(keep, dropIt);
    return handle;
  };

  const run = async <T>(mode: IDBTransactionMode, ask: Ask<T>, isReplay?: boolean): Promise<T> => {
    const handle = connect();
    const db = await handle.db;
    return transact(db, mode, ask).catch((error: unknown) => {
      if (isReplay || !isOneOf(error, DEAD)) throw error;
      drop(handle);
      return run(mode, ask, true);
    });
  };

  return {
    open: () => connect().db,
    read: (ask) => run("readonly", ask),
    change: (ask) =>
      run("readwrite", (stores) => {
        const result = ask(stores);
        stores[0].transaction.commit?.();
        return () => result;
      }),
    close: () => drop(current),
  };
}

/** Some hosts have no IndexedDB, some refuse to hand it out, and some hand out one that refuses. */
function factoryCall(method: "open" | "deleteDatabase", name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    let request: IDBOpenDBRequest;
    try {
      request = globalThis.indexedDB[method](name, VERSION);
    } catch (cause) {
      const message = `IndexedDB cannot be used here, got ${String(cause)}. Pass another { storage }.`;
      throw new MachoError("tier", message, { cause });
    }
    request.addEventListener("upgradeneeded", () => STORES.forEach((store) => request.result.createObjectStore(store)));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error!));
  });
}

function transact<T>(db: IDBDatabase, mode: IDBTransactionMode, ask: Ask<T>): Promise<T> {
  let giveUp: (() => void) | undefined;
  return new Promise<T>((resolve, reject) => {
    const transaction = db.transaction(STORES, mode, { durability: "relaxed" });
    transaction.addEventListener("abort", () => reject(transaction.error!));
    // One that began just before its handle heard that it is closed never says anything, in Chromium.
    giveUp = () => reject(new DOMException("The database was closed.", "AbortError"));
    db.addEventListener("close", giveUp);
    try {
      let isOver = false;
      const end = (): void => {
        if (!isOver) resolve(answer());
        isOver = true;
      };
      const answer = ask([transaction.objectStore("meta"), transaction.objectStore("data")], end);
      transaction.addEventListener("complete", end);
    } catch (error) {
      // All or none.
      transaction.abort();
      throw error;
    }
  }).finally(() => giveUp && db.removeEventListener("close", giveUp));
}
