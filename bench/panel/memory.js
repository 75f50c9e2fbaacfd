// What a record takes: caches that are recorded beside the same ones that are not.
import { Cache } from "macho-cache";
import { mountDevtools } from "macho-cache/devtools/mount";
import { frame } from "./load.js";

const ENTRIES = 1_000;
const OPERATIONS = 100_000;
const A_SECOND = 1_000;

/** Joined, so that each is a text of its own in memory, and no part of another. */
const text = (length) => (serial) => [serial, ":", "k".repeat(length - String(serial).length - 1)].join("");

/** Each takes a cache and a number that grows, and does what a record remembers. */
const LOADS = {
  "keys that stay": { set: (cache, at) => cache.set(at % ENTRIES, at), get: (cache, at) => cache.get(at % ENTRIES) },
  "keys that stay, with ttl and weight": {
    options: { maxWeight: 1_000_000, weigher: (value) => 1 + (value % 7) },
    set: (cache, at) => cache.set(at % ENTRIES, at, { ttl: 1_000_000 + at }),
    get: (cache, at) => cache.get(at % ENTRIES),
  },
  "keys of 10 characters that leave": leaving(text(10)),
  "keys of 200 characters that leave": leaving(text(200)),
  "keys of 10,000 characters that leave": leaving(text(10_000), 20_000),
};

function leaving(keyOf, operations = OPERATIONS) {
  return {
    operations,
    set: (cache, at) => cache.set(keyOf(at), at),
    get: (cache, at) => cache.get(keyOf(at)),
  };
}

const kept = [];
let serial = 0;

/** Makes and keeps some caches, and gives each the load. */
export async function remember(load, isRecorded, count) {
  const { options, set, get, operations = OPERATIONS } = LOADS[load];
  const make = () => new Cache({ maxCacheSize: ENTRIES, ttl: 100_000_000, ...options });
  const caches = Array.from({ length: count }, make);
  kept.push(...caches);
  if (isRecorded) {
    mountDevtools(Object.fromEntries(caches.map((cache, index) => [`cache ${index}`, cache])));
    while (!caches.every(isFollowed)) await frame();
  }
  for (const cache of caches) {
    for (const end = serial + operations; serial < end; serial += 2) {
      if (get(cache, serial) === undefined) set(cache, serial);
      else set(cache, serial + 1);
    }
  }
}

/** By two: one of them for what left, and one for a replay. */
const isFollowed = (cache) => cache.parts.stores[0].recorder?.recorders !== undefined;

/** A page that goes on: with keys that come again, and others that never do. */
export async function live(isOpen) {
  const cache = new Cache({ maxCacheSize: ENTRIES, ttl: 60_000, shardCount: 4 });
  kept.push(cache);
  mountDevtools(cache, { initialIsOpen: isOpen });
  let at = 0;
  setInterval(() => {
    for (let step = 0; step < A_SECOND; step++, at++) {
      const key = at % 10 === 0 ? `once:${at}` : `again:${(at * 7_919) % (2 * ENTRIES)}`;
      if (cache.get(key) === undefined) cache.set(key, at);
    }
  }, 1_000);
}

/** Whether the devtools record, and show what they are to show. */
export function isLive(isOpen) {
  const shown = () => document.querySelector("macho-devtools").shadowRoot.querySelector("[role=tab]");
  return isFollowed(kept.at(-1)) && (!isOpen || shown() !== null);
}
