// TanStack's persister of single queries. It hears of fetches alone: an app that sets data stores it by a call of its own.
import { QueryClient } from "@tanstack/react-query";
import { experimental_createQueryPersister as createQueryPersister } from "@tanstack/react-query-persist-client";
import { del, get, keys, set as put } from "idb-keyval";

const DAY = 86_400_000;

export async function createSubject(fill) {
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: DAY } } });
  const set = (key, item) => client.setQueryData(key, item);
  await fill(set);
  let records = 0;
  const setItem = (key, text) => {
    records++;
    return put(key, text);
  };
  const persister = createQueryPersister({ storage: { getItem: get, setItem, removeItem: del } });
  let pending = [];
  return {
    set(key, item) {
      set(key, item);
      pending.push(persister.persistQueryByKey(key, client));
    },
    async flush() {
      const those = pending;
      pending = [];
      await Promise.all(those);
    },
    async flushAll() {
      const queries = client.getQueryCache().getAll();
      await Promise.all(queries.map((query) => persister.persistQuery(query)));
    },
    written: () => records,
    countStored: async () => (await keys()).length,
  };
}
