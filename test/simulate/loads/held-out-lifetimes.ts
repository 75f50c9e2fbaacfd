import { fresh, loop, read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** What expires, is deleted, or cleared. */
export const HELD_OUT_LIFETIMES: readonly Load[] = [
  {
    name: "prices that are kept for five seconds",
    kind: "ttl too short",
    isStationary: true,
    cache: { maxCacheSize: 2_000, ttl: 5_000 },
    msPerOperation: 8,
    warmUp: 2_000,
    seed: 541,
    expected: ["ttl"],
    *operations(draw) {
      const next = zipf(draw, 900, 0.7);
      for (;;) yield read(`price:${next()}`);
    },
  },
  {
    name: "a page that asks for the same 80 rows each minute, kept for 40 seconds",
    kind: "ttl under the pace",
    isStationary: true,
    cache: { maxCacheSize: 300, ttl: 40_000 },
    window: 30_000,
    seed: 542,
    expected: ["ttl"],
    *operations() {
      for (;;) {
        for (let row = 0; row < 80; row++) yield read(`row:${row}`);
        yield { type: "wait", ms: 60_000 };
      }
    },
  },
  {
    name: "a ttl of a minute over 150 keys",
    kind: "ttl long enough",
    isStationary: true,
    cache: { maxCacheSize: 160, ttl: 60_000 },
    msPerOperation: 2,
    warmUp: 4_000,
    seed: 543,
    expected: ["nothing"],
    operations: (draw) => readsOf(uniform(draw, 150)),
  },
  {
    name: "idle for two seconds, and read by chance every three",
    kind: "time to idle too short",
    isStationary: true,
    cache: { maxCacheSize: 1_000, timeToIdle: 2_000 },
    msPerOperation: 10,
    seed: 544,
    expected: ["idle"],
    operations: (draw) => readsOf(uniform(draw, 300)),
  },
  {
    name: "a time to idle that takes nothing, over popular tiles",
    kind: "time to idle beside the point",
    isStationary: true,
    cache: { maxCacheSize: 300, timeToIdle: 60_000 },
    warmUp: 2_000,
    seed: 545,
    expected: ["size"],
    operations: (draw) => readsOf(zipf(draw, 1_200, 0.7)),
  },
  {
    name: "cleared at every change of page",
    kind: "cleared all the time",
    isStationary: true,
    cache: { maxCacheSize: 1_000 },
    seed: 546,
    expected: ["removals"],
    *operations(draw) {
      const next = zipf(draw, 600, 0.9);
      for (;;) {
        const length = 150 + Math.floor(draw() * 300);
        for (let step = 0; step < length; step++) yield read(`view:${next()}`);
        yield { type: "clear" };
      }
    },
  },
  {
    name: "cleared twice in a window",
    kind: "cleared now and then",
    isStationary: true,
    cache: { maxCacheSize: 140 },
    seed: 547,
    expected: ["nothing", "smaller"],
    *operations() {
      const next = loop(120);
      for (;;) {
        for (let step = 0; step < 30_000; step++) yield read(next());
        yield { type: "clear" };
      }
    },
  },
  {
    name: "each change of a list deletes all its pages",
    kind: "deleted and read again",
    isStationary: true,
    cache: { maxCacheSize: 800 },
    warmUp: 1_000,
    seed: 548,
    expected: ["removals"],
    *operations(draw) {
      const next = uniform(draw, 300);
      for (;;) {
        for (let step = 0; step < 150; step++) yield read(`page:${next()}`);
        const first = Math.floor(draw() * 10) * 30;
        for (let page = first; page < first + 30; page++) yield { type: "delete", key: `page:${page}` };
      }
    },
  },
  {
    name: "drafts that are deleted when they are sent",
    kind: "deleted for good",
    isStationary: true,
    cache: { maxCacheSize: 350 },
    warmUp: 4_000,
    seed: 549,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const [next, draft] = [zipf(draw, 300, 0.5), fresh("draft")];
      for (;;) {
        for (let step = 0; step < 50; step++) yield read(`mail:${next()}`);
        const key = draft();
        yield { type: "set", key };
        for (let edit = 0; edit < 3; edit++) yield { type: "get", key };
        yield { type: "delete", key };
      }
    },
  },
  {
    name: "a third of the entries is kept for half a second",
    kind: "ttl of an entry",
    isStationary: true,
    cache: { maxCacheSize: 600, ttl: Infinity },
    seed: 550,
    expected: ["ttl"],
    *operations(draw) {
      const next = zipf(draw, 500, 0.4);
      for (;;) {
        const key = next();
        yield key % 3 === 0 ? { type: "read", key: `quote:${key}`, ttl: 500 } : read(`quote:${key}`);
      }
    },
  },
];
