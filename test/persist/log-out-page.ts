// What the pages of the test of logging out have.
import { persist, type Persistence } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";

/** A client of a user that is persisted. */
function open(scope: string): { client: QueryClient; persistence: Persistence } {
  const client = new QueryClient();
  return { client, persistence: persist(client, { scope }) };
}

/** Every row of the database as it is, as text: names, keys, and what is in them. */
async function raw(): Promise<string[]> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error!));
    });
  const database = await done(indexedDB.open("macho-cache"));
  const rows: string[] = [];
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    keys.forEach((key, at) => rows.push(JSON.stringify([name, key, values[at]])));
  }
  database.close();
  return rows;
}

const logOutPage = { open, raw };

declare global {
  var logOut: typeof logOutPage;
}

globalThis.logOut = logOutPage;
