import { fresh, loop, read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** Too small, too large, and the sizes on both sides of what is worth a word. */
export const TUNING_CAPACITY: readonly Load[] = [
  {
    name: "a loop a little larger than the cache",
    kind: "loop",
    isStationary: true,
    cache: { maxCacheSize: 100 },
    seed: 101,
    expected: ["size"],
    operations: () => readsOf(loop(110)),
  },
  {
    name: "a loop six times the cache",
    kind: "long loop",
    isStationary: true,
    cache: { maxCacheSize: 200 },
    seed: 102,
    expected: ["policy"],
    operations: () => readsOf(loop(1_200)),
  },
  {
    name: "20,000 articles, the popular ones more often, in 200 places",
    kind: "zipf far too small",
    isStationary: true,
    cache: { maxCacheSize: 200 },
    seed: 103,
    expected: ["size", "policy"],
    operations: (draw) => readsOf(zipf(draw, 20_000, 0.9)),
  },
  {
    name: "a catalogue where twice the size gains a few points",
    kind: "twice is worth it",
    isStationary: true,
    cache: { maxCacheSize: 400 },
    warmUp: 5_000,
    seed: 104,
    expected: ["size"],
    operations: (draw) => readsOf(zipf(draw, 1_500, 1)),
  },
  {
    name: "a catalogue whose tail is hardly asked for",
    kind: "twice is not worth it",
    isStationary: true,
    cache: { maxCacheSize: 1_000 },
    warmUp: 10_000,
    seed: 105,
    expected: ["nothing", "smaller"],
    operations: (draw) => readsOf(zipf(draw, 3_000, 1.5)),
  },
  {
    name: "500 keys in a cache of 10,000",
    kind: "far too large",
    isStationary: true,
    cache: { maxCacheSize: 10_000 },
    seed: 106,
    expected: ["smaller"],
    operations: (draw) => readsOf(zipf(draw, 500, 0.8)),
  },
  {
    name: "1,000 keys, each as often, that just fit",
    kind: "just large enough",
    isStationary: true,
    cache: { maxCacheSize: 1_000 },
    seed: 107,
    expected: ["nothing"],
    operations: (draw) => readsOf(uniform(draw, 1_000)),
  },
  {
    name: "half the size would cost three points",
    kind: "half is too little",
    isStationary: true,
    cache: { maxCacheSize: 800 },
    warmUp: 3_000,
    seed: 108,
    expected: ["nothing"],
    operations: (draw) => readsOf(zipf(draw, 820, 0.9)),
  },
  {
    name: "one key of a hundred is there, and half of the size would halve that",
    kind: "a small ratio",
    isStationary: true,
    cache: { maxCacheSize: 600 },
    seed: 109,
    expected: ["little"],
    operations: (draw) => readsOf(uniform(draw, 90_000)),
  },
  {
    name: "one look-up of 200 is for a new key",
    kind: "hardly any misses",
    isStationary: true,
    cache: { maxCacheSize: 256 },
    warmUp: 2_000,
    seed: 110,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const [hot, once] = [uniform(draw, 200), fresh()];
      for (;;) yield read(draw() < 0.005 ? once() : hot());
    },
  },
  {
    name: "small values among large ones, and too little weight",
    kind: "too little weight",
    isStationary: true,
    cache: { maxCacheSize: 5_000, maxWeight: 4_000 },
    seed: 111,
    expected: ["size"],
    *operations(draw) {
      const next = zipf(draw, 2_000, 0.8);
      for (;;) {
        const key = next();
        yield { type: "read", key, weight: 1 + (key % 40) };
      }
    },
  },
  {
    name: "values of any weight, which all fit three times",
    kind: "weight to spare",
    isStationary: true,
    cache: { maxCacheSize: 1_000, maxWeight: 60_000 },
    seed: 112,
    expected: ["smaller"],
    *operations(draw) {
      const next = uniform(draw, 300);
      for (;;) {
        const key = next();
        yield { type: "read", key, weight: 1 + (key % 80) };
      }
    },
  },
];
