// One process, one of the engine's other figures, as JSON: extra.mjs NAME DIST. Run by extras.mjs.
import { PerformanceObserver } from "node:perf_hooks";
import { median } from "./statistics.mjs";
import { KEYS, OPERATIONS, WORKLOADS } from "./workloads.mjs";

const [name, dist] = process.argv.slice(2);
const { Cache } = await import(`${dist}/core/index.js`);
const { allPolicies } = await import(`${dist}/core/policy/index.js`);
const SIZE = 10_000;
const make = (options) => new Cache({ maxCacheSize: SIZE, ttl: 600_000, ...options });

/** Ns an operation of hit and zipf, with string keys. */
function times(prepareCache) {
  const result = {};
  for (const workload of ["hit", "zipf", "update"]) {
    const run = WORKLOADS[workload](prepareCache(), SIZE, KEYS.string);
    for (let round = 0; round < 6; round++) run();
    const samples = Array.from({ length: 15 }, () => {
      const began = performance.now();
      run();
      return ((performance.now() - began) * 1e6) / OPERATIONS;
    });
    result[workload] = median(samples);
  }
  return result;
}

/** Bytes that are alive. */
function alive() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function bytesOfEmpty(maxCacheSize) {
  const kept = Array.from({ length: 100 }, () => new Cache({ maxCacheSize }));
  kept.length = 0;
  const before = alive();
  for (let index = 0; index < 1_000; index++) kept.push(new Cache({ maxCacheSize }));
  const bytes = (alive() - before) / 1_000;
  return kept.length === 1_000 ? bytes : Number.NaN;
}

/** Grows to two million keys. The longest set, as far as no garbage was collected during it, and all of them, in ms. */
async function growth(cache) {
  const collections = [];
  const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
  observer.observe({ entryTypes: ["gc"] });
  const slow = [];
  const began = performance.now();
  let last = began;
  for (let key = 0; key < 2_000_000; key++) {
    cache.set(key, key);
    const now = performance.now();
    if (now - last > 0.5) slow.push({ from: last, to: now });
    last = now;
  }
  const total = last - began;
  await new Promise((resolve) => setTimeout(resolve, 50));
  observer.disconnect();
  const clean = slow.map(({ from, to }) => {
    const collected = collections.filter((each) => each.startTime < to && each.startTime + each.duration > from);
    return to - from - collected.reduce((sum, { duration }) => sum + duration, 0);
  });
  return { longest: Math.max(0, ...clean), total };
}

const FIGURES = {
  plain: () => times(() => make()),
  "without ttl": () => times(() => make({ ttl: Infinity })),
  "after all policies": () => {
    for (const policy of Object.values(allPolicies)) times(() => make({ strategy: policy() }));
    return times(() => make());
  },
  "listener left": () =>
    times(() => {
      const cache = make();
      cache.subscribe(() => undefined)();
      return cache;
    }),
  empty: () => {
    bytesOfEmpty(100);
    return { 100: bytesOfEmpty(100), "10,000,000": bytesOfEmpty(10_000_000) };
  },
  "growth 256": () => growth(new Cache({ maxCacheSize: 4_000_000, shardCount: 256 })),
  "growth 1": () => growth(new Cache({ maxCacheSize: 4_000_000 })),
  "growth map": () => growth(new Map()),
};

process.stdout.write(JSON.stringify(await FIGURES[name]()));
