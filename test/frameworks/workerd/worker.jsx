import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import page from "page.txt";
import { filmOf, films } from "./film.js";
import { respond } from "./shared/respond.jsx";

// Everything here runs before any request, where the host allows neither timers nor requests.
const words = new Cache({ maxCacheSize: 100, ttl: 1_000 });
words.set("word", "stored before any request");
const numbers = new Cache({ maxCacheSize: 100, shardCount: 4, bloom: true });
for (let number = 0; number < 50; number++) numbers.set(`number ${number}`, number);
const settings = new QueryClient();
settings.mount();
settings.setQueryData(["theme"], "dark");

async function load() {
  return Response.json({ value: await filmOf(3), loads: films.metrics.loads.succeeded });
}

function stored() {
  const word = words.peek("word") ?? null;
  return Response.json({ word, theme: settings.getQueryData(["theme"]), sets: words.metrics.sets });
}

function counted() {
  return Response.json({ size: numbers.size, last: numbers.get("number 49"), absent: numbers.has("number 50") });
}

const routes = {
  "/": respond,
  "/page.js": () => new Response(page, { headers: { "content-type": "text/javascript" } }),
  "/stored": stored,
  "/numbers": counted,
  "/load": load,
};

export default {
  fetch(request) {
    const route = routes[new URL(request.url).pathname];
    return route ? route() : new Response("There is no such page.", { status: 404 });
  },
};
