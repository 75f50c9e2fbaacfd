import { Cache, exportCache, importCache } from "../../../dist/core/index.js";
import { allPolicies } from "../../../dist/core/policy/index.js";

/** Uses every policy, time, loads and dumps, and says what came of it. */
export async function exercise() {
  const kept = {};
  for (const [name, policy] of Object.entries(allPolicies)) {
    const cache = new Cache({ maxCacheSize: 20, strategy: policy(), bloom: true, shardCount: 2 });
    for (let index = 0; index < 500; index++) {
      const key = `key:${(index * 7) % 47}`;
      if (cache.get(key) === undefined) cache.set(key, index);
    }
    kept[name] = cache.size;
  }
  const cache = new Cache({ ttl: 30 });
  const loaded = await cache.getOrLoad("a", async () => "loaded");
  const copy = new Cache();
  const imported = importCache(copy, structuredClone(exportCache(cache)));
  const expired = new Promise((resolve) => cache.subscribe((event) => resolve(event.cause)));
  return { kept, loaded, imported, cause: await expired, size: cache.size };
}
