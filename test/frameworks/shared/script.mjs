// A script that is not told to end: what it awaits keeps it alive, and a cache that has things to clean up does not.
import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";

const cache = new Cache({ maxCacheSize: 10, ttl: 60_000 });
cache.set("a", 1);
const loaded = await cache.getOrLoad("b", () => Promise.resolve("loaded"));

const client = new QueryClient();
// Retries are for who stays: a page, or a script that says so.
client.mount();
let tries = 0;
const answer = await client.fetchQuery(
  ["answer"],
  () => {
    tries++;
    if (tries === 1) throw new Error("not yet");
    return "the second try";
  },
  { retry: 1, retryDelay: 200 },
);
client.unmount();

console.log(JSON.stringify({ a: cache.get("a"), loaded, answer, tries }));
