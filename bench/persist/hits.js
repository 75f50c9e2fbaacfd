// What persistence costs what does not ask the storage: reads of memory and writes to it, without and with it, by turns.
import { Cache } from "macho-cache";
import { persist } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";
import { itemOf, keyOf } from "./items.js";

const ENTRIES = 1_000;
/** Of one round: enough that a clock of 0.1 ms sees a hundredth. */
const OPERATIONS = { "cache.get": 800_000, getQueryData: 80_000, setQueryData: 20_000 };
const ROUNDS = 30;
const order = Int32Array.from({ length: ENTRIES }, (_, index) => (index * 7_919) % ENTRIES);
const keys = Array.from({ length: ENTRIES }, (_, index) => keyOf(index));
const names = keys.map((key) => key.join(":"));
const items = keys.map((_, index) => itemOf(index));
let sink = 0;
let scopes = 0;

async function filledClient(isPersisted) {
  const client = new QueryClient();
  const persistence = isPersisted && persist(client, { scope: `client ${scopes++}` });
  keys.forEach((key, index) => client.setQueryData(key, items[index]));
  if (persistence) await persistence.flush();
  return client;
}

async function filledCache(isPersisted) {
  const cache = new Cache({ maxCacheSize: ENTRIES });
  const persistence = isPersisted && persist(cache, { scope: `cache ${scopes++}` });
  names.forEach((name, index) => cache.set(name, items[index]));
  if (persistence) await persistence.flush();
  return cache;
}

const WORKLOADS = {
  "cache.get": async (isPersisted) => {
    const cache = await filledCache(isPersisted);
    return () => {
      for (const index of order) if (cache.get(names[index])) sink++;
    };
  },
  getQueryData: async (isPersisted) => {
    const client = await filledClient(isPersisted);
    return () => {
      for (const index of order) if (client.getQueryData(keys[index])) sink++;
    };
  },
  setQueryData: async (isPersisted) => {
    const client = await filledClient(isPersisted);
    // Another object each time, which is a write in any case.
    return () => {
      for (const index of order) client.setQueryData(keys[index], { id: sink++ });
    };
  },
};

/** Ns an operation without and with it: the least of the rounds, which the machine disturbed least. */
function pair(sides, operations) {
  const least = [Infinity, Infinity];
  for (let round = 0; round < 2 * ROUNDS; round++) {
    // Each begins as often.
    for (const side of round % 2 === 0 ? [0, 1] : [1, 0]) {
      const began = performance.now();
      for (let done = 0; done < operations; done += ENTRIES) sides[side]();
      least[side] = Math.min(least[side], performance.now() - began);
    }
  }
  const [off, on] = least.map((ms) => (ms * 1e6) / operations);
  return { off, on };
}

export async function timeHits() {
  const times = {};
  for (const [name, prepare] of Object.entries(WORKLOADS))
    times[name] = pair([await prepare(false), await prepare(true)], OPERATIONS[name]);
  if (sink === 0) throw new Error("Nothing was found.");
  return times;
}
