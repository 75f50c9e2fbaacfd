// Which policy misses least for which load: hit ratios of all of them over loads that anyone can make. Run by run.mjs.
import { Cache } from "../dist/core/index.js";
import { allPolicies } from "../dist/core/policy/index.js";
import { environment, writeResults } from "./statistics.mjs";

const REQUESTS = 200_000;

/** xorshift32, as u in [0, 1). */
function uniform(seed) {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

function load(seed, keyOf) {
  const draw = uniform(seed);
  return Array.from({ length: REQUESTS }, (_, index) => keyOf(draw, index));
}

const skewed = (u) => Math.floor(20_000 * u * u * u * u);
const LOADS = {
  "popular keys": load(0x9e3779b9, (draw) => skewed(draw())),
  "popular keys, and scans of keys asked for once": load(0x2545f491, (draw, index) =>
    index % 5_000 < 1_500 ? 1_000_000 + index : skewed(draw()),
  ),
  "recent keys, which move on": load(
    0x51ed270b,
    (draw, index) => Math.floor(index / 40) + Math.floor(3_000 * draw() ** 3),
  ),
  "other popular keys every 50,000 requests": load(
    0x1b873593,
    (draw, index) => skewed(draw()) + 100_000 * Math.floor(index / 50_000),
  ),
  "a loop that does not fit": load(1, (_, index) => index % 1_200),
  "any key, each as often": load(0x85ebca6b, (draw) => Math.floor(draw() * 5_000)),
};
const SIZE = 1_000;

function hitRatio(keys, strategy) {
  const cache = new Cache({ maxCacheSize: SIZE, ttl: Infinity, strategy, random: uniform(7) });
  for (const key of keys) if (cache.get(key) === undefined) cache.set(key, true);
  return cache.metrics.hitRatio;
}

const strategies = {
  ...Object.fromEntries(Object.entries(allPolicies).map(([name, policy]) => [name, policy()])),
  "lfu, halveEvery 10": allPolicies.lfu({ halveEvery: 10 }),
};
const loads = Object.entries(LOADS).map(([name, keys]) => ({
  name,
  hitRatios: Object.fromEntries(Object.entries(strategies).map(([policy, each]) => [policy, hitRatio(keys, each)])),
}));
writeResults("policies", { environment: environment(), size: SIZE, requests: REQUESTS, loads });
