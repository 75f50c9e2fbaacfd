import { Cache } from "macho-cache";
import { machoPanel } from "./macho-panel.js";

export function createSubject(keys) {
  const cache = new Cache({ maxCacheSize: keys });
  const names = Array.from({ length: 2 * keys }, (_, index) => `user:${index}`);
  for (let index = 0; index < keys; index++) cache.set(names[index], { id: index, name: `User ${index}` });
  return {
    keys,
    get: (index) => cache.get(names[index]),
    set: (index, value) => cache.set(names[index], { id: value }),
    ...machoPanel(cache, cache.parts.stores),
  };
}
