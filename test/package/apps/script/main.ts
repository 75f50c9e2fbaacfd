import { Cache } from "macho-cache";
import { launchDashboard } from "macho-cache/devtools";
import { QueryClient } from "macho-cache/query";

const cache = new Cache<string, number>({ maxCacheSize: 2, ttl: 60_000 });
cache.set("a", 1).set("b", 2).set("c", 3);
const client = new QueryClient({ cache: { maxCacheSize: 10 } });
launchDashboard(client);

const sum = await client.fetchQuery(["sum"], () => [...cache.values()].reduce((total, value) => total + value, 0));
const answer = document.createElement("p");
answer.id = "answer";
answer.textContent = `${sum} in ${cache.size} entries`;
document.body.append(answer);
