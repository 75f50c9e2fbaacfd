import { fresh, loop, read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** Too small, too large, and the sizes on both sides of what is worth a word. */
export const HELD_OUT_CAPACITY: readonly Load[] = [
  {
    name: "a loop of 700 keys in 600 places",
    kind: "loop",
    isStationary: true,
    cache: { maxCacheSize: 600 },
    warmUp: 2_000,
    seed: 501,
    expected: ["size"],
    operations: () => readsOf(loop(700)),
  },
  {
    name: "a loop of 2,500 keys in 300 places, read by pages of ten",
    kind: "long loop",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    seed: 502,
    expected: ["policy"],
    *operations() {
      const page = loop(250);
      for (;;) {
        const first = page() * 10;
        for (let row = 0; row < 10; row++) yield read(`row:${first + row}`);
      }
    },
  },
  {
    name: "8,000 users by name in 60 places",
    kind: "zipf far too small",
    isStationary: true,
    cache: { maxCacheSize: 60 },
    warmUp: 4_000,
    seed: 503,
    expected: ["size", "policy"],
    *operations(draw) {
      const next = zipf(draw, 8_000, 1.05);
      for (;;) yield read(`user:${next()}`);
    },
  },
  {
    name: "tiles of a map where twice the size gains a few points",
    kind: "twice is worth it",
    isStationary: true,
    cache: { maxCacheSize: 900 },
    seed: 504,
    expected: ["size"],
    operations: (draw) => readsOf(zipf(draw, 4_000, 0.95)),
  },
  {
    name: "songs, of which few are heard again and again",
    kind: "twice is not worth it",
    isStationary: true,
    cache: { maxCacheSize: 2_000 },
    seed: 505,
    expected: ["nothing", "smaller"],
    operations: (draw) => readsOf(zipf(draw, 9_000, 1.4)),
  },
  {
    name: "300 settings in a cache of 4,000",
    kind: "far too large",
    isStationary: true,
    cache: { maxCacheSize: 4_000, strategy: "sieve" },
    warmUp: 1_000,
    seed: 506,
    expected: ["smaller"],
    *operations(draw) {
      const next = uniform(draw, 300);
      for (;;) yield read(`setting:${next()}`);
    },
  },
  {
    name: "a loop that just fits",
    kind: "just large enough",
    isStationary: true,
    cache: { maxCacheSize: 2_400 },
    seed: 507,
    expected: ["nothing"],
    operations: () => readsOf(loop(2_390)),
  },
  {
    name: "half the size would cost four points",
    kind: "half is too little",
    isStationary: true,
    cache: { maxCacheSize: 2_000 },
    seed: 508,
    expected: ["nothing"],
    operations: (draw) => readsOf(zipf(draw, 2_100, 1.1)),
  },
  {
    name: "two keys of a hundred are there",
    kind: "a small ratio",
    isStationary: true,
    cache: { maxCacheSize: 400, strategy: "fifo" },
    warmUp: 1_000,
    seed: 509,
    expected: ["little"],
    operations: (draw) => readsOf(uniform(draw, 40_000)),
  },
  {
    name: "one look-up of 250 is for a new key, in a cache that is well filled",
    kind: "hardly any misses",
    isStationary: true,
    cache: { maxCacheSize: 1_100 },
    warmUp: 5_000,
    seed: 510,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const [hot, once] = [uniform(draw, 700), fresh("visit")];
      for (;;) yield read(draw() < 0.004 ? once() : hot());
    },
  },
  {
    name: "pictures of 1 to 200 kB in 8 MB",
    kind: "too little weight",
    isStationary: true,
    cache: { maxCacheSize: 20_000, maxWeight: 8_000 },
    warmUp: 3_000,
    seed: 511,
    expected: ["size"],
    *operations(draw) {
      const next = zipf(draw, 3_000, 0.9);
      for (;;) {
        const key = next();
        yield { type: "read", key, weight: 1 + ((key * 37) % 200) };
      }
    },
  },
  {
    name: "documents of any weight, which all fit four times",
    kind: "weight to spare",
    isStationary: true,
    cache: { maxCacheSize: 2_000, maxWeight: 100_000 },
    seed: 512,
    expected: ["smaller"],
    *operations(draw) {
      const next = zipf(draw, 500, 0.6);
      for (;;) {
        const key = next();
        yield { type: "read", key: `doc:${key}`, weight: 1 + ((key * 13) % 97) };
      }
    },
  },
];
