// What it costs to record a cache: ns an operation without and with a record, by turns, the least of many rounds. Run by run.mjs.
import { LruCache } from "../dist/core/lru/index.js";
import { Cache } from "../dist/core/index.js";
import { QueryClient } from "../dist/query/index.js";
import { record } from "../dist/simulate/index.js";
import { environment, writeResults } from "./statistics.mjs";

const ENTRIES = 1_000;
const OPERATIONS = 20_000;
const ROUNDS = 80;

const CACHES = { LruCache, Cache };
const KEYS = {
  "whole numbers": (index) => index,
  "texts of 10 characters": (index) => `user:${10_000 + index}`,
  "texts of 30 characters": (index) => `https://a.example/items/${100_000 + index}`,
};
const order = Int32Array.from({ length: OPERATIONS }, (_, index) => (index * 7_919) % ENTRIES);
let sink = 0;

/** Each takes a cache that is full, its keys, and as many others. */
const WORKLOADS = {
  hit: (cache, keys) => () => {
    for (const index of order) sink += cache.get(keys[index]);
  },
  miss: (cache, keys) => () => {
    for (const index of order) if (cache.get(keys[ENTRIES + index]) === undefined) sink++;
  },
  update: (cache, keys) => () => {
    for (const index of order) cache.set(keys[index], index);
  },
  "miss, and a write that evicts": (cache, keys) => {
    let next = 0;
    return () => {
      for (let step = 0; step < OPERATIONS; step += 2) {
        const key = keys[next++ % keys.length];
        if (cache.get(key) === undefined) cache.set(key, step);
      }
    };
  },
};

/** Ns an operation without and with a record: the least of the rounds, which the machine disturbed least. */
function pair(off, on) {
  const least = [Infinity, Infinity];
  const sides = [off, on];
  for (let round = 0; round < 2 * ROUNDS; round++) {
    // Each begins as often.
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const began = performance.now();
      sides[side]();
      least[side] = Math.min(least[side], performance.now() - began);
    }
  }
  return { off: (least[0] * 1e6) / OPERATIONS, on: (least[1] * 1e6) / OPERATIONS };
}

function filled(make, keys) {
  const cache = new make({ maxCacheSize: ENTRIES });
  for (let index = 0; index < ENTRIES; index++) cache.set(keys[index], index);
  return cache;
}

const cells = [];
for (const [name, make] of Object.entries(CACHES)) {
  for (const [keyName, keyOf] of Object.entries(KEYS)) {
    const keys = Array.from({ length: 2 * ENTRIES }, (_, index) => keyOf(index));
    for (const [workload, prepare] of Object.entries(WORKLOADS)) {
      const [off, on] = [filled(make, keys), filled(make, keys)];
      const recording = record(on);
      cells.push({ cache: name, keys: keyName, workload, ...pair(prepare(off, keys), prepare(on, keys)) });
      recording.stop();
    }
  }
}

/** What an app does: a hit of a query by its key. */
function ofClient(isRecorded) {
  const client = new QueryClient();
  for (let id = 0; id < ENTRIES; id++) client.setQueryData(["films", { id }], { id });
  const keys = Array.from({ length: ENTRIES }, (_, id) => ["films", { id }]);
  if (isRecorded) record(client.cache);
  return () => {
    for (const index of order) if (client.getQueryData(keys[index])) sink++;
  };
}

// Two of each: where one of them lies in memory is chance.
const pairs = [pair(ofClient(false), ofClient(true)), pair(ofClient(false), ofClient(true))];
const client = { off: Math.min(...pairs.map(({ off }) => off)), on: Math.min(...pairs.map(({ on }) => on)) };
const { bytes } = record(new LruCache({ maxCacheSize: ENTRIES }));
writeResults("recording", { environment: environment(), entries: ENTRIES, cells, client, bytes, isUsed: sink > 0 });
