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
  const cache = new Cache();
  const loaded = await cache.getOrLoad("a", async () => "loaded");
  const imported = importCache(new Cache(), structuredClone(exportCache(cache)));
  // An entry of its own: the page may be slower than that.
  const brief = new Cache({ ttl: 30 });
  const expired = new Promise((resolve) => brief.subscribe(({ cause }) => cause && resolve(cause)));
  brief.set("a", 1);
  return { kept, loaded, imported, cause: await expired, size: brief.size };
}
