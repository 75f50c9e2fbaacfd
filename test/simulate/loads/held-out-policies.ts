import { loop, read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** The order in which entries leave, and shards. */
export const HELD_OUT_POLICIES: readonly Load[] = [
  {
    name: "a nightly export beside popular pages",
    kind: "scans",
    isStationary: true,
    cache: { maxCacheSize: 400 },
    warmUp: 3_000,
    seed: 521,
    expected: ["policy"],
    *operations(draw) {
      const [hot, exported] = [zipf(draw, 450, 0.5), loop(30_000)];
      for (;;) {
        for (let page = 0; page < 500; page++) yield read(`page:${hot()}`);
        for (let row = 0; row < 500; row++) yield read(`row:${exported()}`);
      }
    },
  },
  {
    name: "mfu with names for keys",
    kind: "mfu",
    isStationary: true,
    cache: { maxCacheSize: 1_000, strategy: "mfu" },
    warmUp: 6_000,
    seed: 522,
    expected: ["policy"],
    *operations(draw) {
      const next = zipf(draw, 5_000, 0.9);
      for (;;) yield read(`name:${next()}`);
    },
  },
  {
    name: "random with a working set of recent keys",
    kind: "random",
    isStationary: true,
    cache: { maxCacheSize: 700, strategy: "random" },
    seed: 523,
    expected: ["policy"],
    *operations(draw) {
      for (let step = 0; ; step++) yield read(Math.floor(step / 10) + Math.floor(900 * draw() ** 2));
    },
  },
  {
    name: "random with one key too many of two hundred",
    kind: "random is no worse",
    isStationary: true,
    cache: { maxCacheSize: 398, strategy: "random" },
    seed: 524,
    expected: ["nothing"],
    operations: (draw) => readsOf(uniform(draw, 400)),
  },
  {
    name: "fifo under popular products",
    kind: "fifo",
    isStationary: true,
    cache: { maxCacheSize: 120, strategy: "fifo" },
    warmUp: 2_000,
    seed: 525,
    expected: ["policy"],
    *operations(draw) {
      const next = zipf(draw, 3_000, 1.15);
      for (;;) yield read(`product:${next()}`);
    },
  },
  {
    name: "fifo with a tail of a few keys",
    kind: "fifo is no worse",
    isStationary: true,
    cache: { maxCacheSize: 1_960, strategy: "fifo" },
    seed: 526,
    expected: ["nothing"],
    operations: (draw) => readsOf(zipf(draw, 2_000, 1.1)),
  },
  {
    name: "lfu where another week's keys are popular every 6,000 look-ups",
    kind: "lfu and moving keys",
    isStationary: true,
    cache: { maxCacheSize: 300, strategy: "lfu" },
    seed: 527,
    expected: ["policy"],
    *operations(draw) {
      const next = zipf(draw, 600, 0.7);
      for (let step = 0; ; step++) yield read(next() + 1_000 * Math.floor(step / 6_000));
    },
  },
  {
    name: "32 shards over 96 entries",
    kind: "small shards",
    isStationary: true,
    cache: { maxCacheSize: 96, shardCount: 32 },
    warmUp: 1_000,
    seed: 528,
    expected: ["shards"],
    *operations(draw) {
      const next = uniform(draw, 90);
      for (;;) yield read(`slot:${next()}`);
    },
  },
  {
    name: "8 shards over 6,400 entries",
    kind: "large shards",
    isStationary: true,
    cache: { maxCacheSize: 6_400, shardCount: 8 },
    warmUp: 20_000,
    seed: 529,
    expected: ["nothing"],
    operations: (draw) => readsOf(uniform(draw, 6_000)),
  },
  {
    name: "8 shards of six entries, and a loop of one and a half times their sum",
    kind: "shards and size",
    isStationary: true,
    cache: { maxCacheSize: 48, shardCount: 8 },
    seed: 530,
    expected: ["size"],
    *operations() {
      const next = loop(72);
      for (;;) yield read(`step:${next()}`);
    },
  },
];
