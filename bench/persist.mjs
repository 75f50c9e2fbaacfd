// Persistence in Chromium, beside TanStack's persisters, and through Redis. Run by run.mjs; by hand also a part of it:
// node bench/persist.mjs first
import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { withSite } from "./browser.mjs";
import { firstData } from "./first-data.mjs";
import { hits } from "./persist-hits.mjs";
import { redisReads } from "./persist-redis.mjs";
import { writes } from "./persist-writes.mjs";
import { chromiumVersion } from "./profile.mjs";
import { environment, versionOf, writeResults } from "./statistics.mjs";

const FILE = "bench/results/persist.json";
const PEERS = [
  "@tanstack/react-query",
  "@tanstack/react-query-persist-client",
  "@tanstack/query-async-storage-persister",
  "idb-keyval",
];
const PARTS = {
  first: firstData,
  hits: () => withSite("persist", hits),
  writes: () => withSite("persist", writes),
  redis: redisReads,
};

const asked = process.argv.slice(2);
const { node, cpu } = environment();
const before = asked.length > 0 && existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
const results = { ...before };
const loads = { ...before.environment?.loads };
for (const [name, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  results[name] = await measure();
  // Of the last minute.
  loads[name] = Math.round(loadavg()[0] * 10) / 10;
  const peers = Object.fromEntries(PEERS.map((peer) => [peer, versionOf(peer)]));
  const here = { chromium: await chromiumVersion(), react: versionOf("react"), peers, node, cpu, loads };
  writeResults("persist", { ...results, environment: here });
}
