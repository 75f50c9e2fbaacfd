import { QueryClient } from "macho-cache/query";
import { machoPanel } from "./macho-panel.js";

export function createSubject(keys) {
  const client = new QueryClient({ cache: { maxCacheSize: keys } });
  const names = Array.from({ length: keys }, (_, index) => ["users", index]);
  const set = (index, value) => client.setQueryData(names[index], { id: value, name: `User ${index}` });
  for (let index = 0; index < keys; index++) set(index, index);
  return { keys, set, ...machoPanel(client, client.cache.parts.stores) };
}
