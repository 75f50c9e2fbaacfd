// As TanStack's guide has it: all queries in one text, which idb-keyval keeps in IndexedDB.
import { createAsyncStoragePersister } from "@tanstack/query-async-storage-persister";
import { QueryClient } from "@tanstack/react-query";
import { persistQueryClient } from "@tanstack/react-query-persist-client";
import { del, get, set as put } from "idb-keyval";
import { keyOf, itemOf } from "../items.js";

const DAY = 86_400_000;

/** @param delay ms between two writes; the default without it. Filled before it is persisted: each write would dehydrate all. */
export async function createSubject(fill, delay) {
  const client = new QueryClient({ defaultOptions: { queries: { gcTime: DAY } } });
  const set = (key, item) => client.setQueryData(key, item);
  await fill(set);
  let records = 0;
  // What was last asked for, what is made into a text, and what is stored.
  const state = { asked: undefined, texted: undefined, stored: undefined };
  let wake = () => undefined;
  const inner = createAsyncStoragePersister({
    ...(delay !== undefined && { throttleTime: delay }),
    storage: {
      getItem: get,
      removeItem: del,
      async setItem(key, text) {
        const own = state.texted;
        await put(key, text);
        state.stored = own;
        wake();
      },
    },
    serialize(all) {
      state.texted = all;
      records += all.clientState.queries.length;
      return JSON.stringify(all);
    },
  });
  const persistClient = (all) => inner.persistClient((state.asked = all));
  const [, restored] = persistQueryClient({ queryClient: client, persister: { ...inner, persistClient } });
  await restored;
  /** It has no flush: resolves when what was asked for last is stored. */
  const flush = async () => {
    while (state.stored !== state.asked)
      await new Promise((resolve) => {
        wake = resolve;
      });
  };
  return {
    set,
    flush,
    flushAll() {
      set(keyOf(0), itemOf(0));
      return flush();
    },
    written: () => records,
    countStored: async () => (await inner.restoreClient()).clientState.queries.length,
  };
}
