import { read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** What expires, is deleted, or cleared. */
export const TUNING_LIFETIMES: readonly Load[] = [
  {
    name: "300 keys that expire before they are read again",
    kind: "ttl too short",
    isStationary: true,
    cache: { maxCacheSize: 500, ttl: 200 },
    seed: 141,
    expected: ["ttl"],
    operations: (draw) => readsOf(uniform(draw, 300)),
  },
  {
    name: "polled every 150 ms and kept for 100",
    kind: "ttl under the pace",
    isStationary: true,
    cache: { maxCacheSize: 100, ttl: 100 },
    seed: 142,
    expected: ["ttl"],
    *operations() {
      for (;;) {
        for (let widget = 0; widget < 30; widget++) yield read(`widget:${widget}`);
        yield { type: "wait", ms: 120 };
      }
    },
  },
  {
    name: "a ttl that takes one look-up of 200",
    kind: "ttl long enough",
    isStationary: true,
    cache: { maxCacheSize: 200, ttl: 20_000 },
    warmUp: 20_000,
    seed: 143,
    expected: ["nothing", "smaller"],
    operations: (draw) => readsOf(uniform(draw, 110)),
  },
  {
    name: "idle for 60 ms, and read every 90",
    kind: "time to idle too short",
    isStationary: true,
    cache: { maxCacheSize: 200, timeToIdle: 60 },
    seed: 144,
    expected: ["idle"],
    *operations() {
      for (;;) {
        for (let row = 0; row < 40; row++) yield read(row);
        yield { type: "wait", ms: 50 };
      }
    },
  },
  {
    name: "a time to idle that takes nothing, in a cache that is too small",
    kind: "time to idle beside the point",
    isStationary: true,
    cache: { maxCacheSize: 80, timeToIdle: 5_000 },
    seed: 145,
    expected: ["size"],
    operations: (draw) => readsOf(uniform(draw, 200)),
  },
  {
    name: "cleared after every 50 look-ups",
    kind: "cleared all the time",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    seed: 146,
    expected: ["removals"],
    *operations(draw) {
      const next = uniform(draw, 200);
      for (;;) {
        for (let step = 0; step < 50; step++) yield read(next());
        yield { type: "clear" };
      }
    },
  },
  {
    name: "cleared after every 15,000 look-ups",
    kind: "cleared now and then",
    isStationary: true,
    cache: { maxCacheSize: 120 },
    warmUp: 5_000,
    seed: 147,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const next = uniform(draw, 100);
      for (;;) {
        for (let step = 0; step < 15_000; step++) yield read(next());
        yield { type: "clear" };
      }
    },
  },
  {
    name: "an invalidation that throws out what is read next",
    kind: "deleted and read again",
    isStationary: true,
    cache: { maxCacheSize: 500 },
    seed: 148,
    expected: ["removals"],
    *operations(draw) {
      const next = zipf(draw, 400, 0.8);
      for (;;) {
        for (let step = 0; step < 4; step++) yield read(next());
        yield { type: "delete", key: next() };
      }
    },
  },
  {
    name: "what is deleted is not asked for again",
    kind: "deleted for good",
    isStationary: true,
    cache: { maxCacheSize: 250 },
    warmUp: 3_000,
    seed: 149,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const next = uniform(draw, 200);
      for (let note = 0; ; note++) {
        for (let step = 0; step < 30; step++) yield read(next());
        yield { type: "set", key: `note:${note}` };
        yield { type: "get", key: `note:${note}` };
        yield { type: "delete", key: `note:${note}` };
      }
    },
  },
  {
    name: "half of the entries have a short ttl of their own",
    kind: "ttl of an entry",
    isStationary: true,
    cache: { maxCacheSize: 400 },
    seed: 150,
    expected: ["ttl"],
    *operations(draw) {
      const next = uniform(draw, 200);
      for (;;) {
        const key = next();
        yield key % 2 === 0 ? { type: "read", key, ttl: 150 } : read(key);
      }
    },
  },
];
