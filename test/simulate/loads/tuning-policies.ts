import { fresh, loop, read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** The order in which entries leave, and shards. */
export const TUNING_POLICIES: readonly Load[] = [
  {
    name: "scans beside a hot set",
    kind: "scans",
    isStationary: true,
    cache: { maxCacheSize: 600 },
    seed: 121,
    expected: ["policy"],
    *operations(draw) {
      const [hot, once] = [uniform(draw, 500), fresh("scan")];
      for (;;) {
        for (let row = 0; row < 700; row++) yield read(hot());
        for (let row = 0; row < 900; row++) yield read(once());
      }
    },
  },
  {
    name: "mfu throws out what is used most",
    kind: "mfu",
    isStationary: true,
    cache: { maxCacheSize: 300, strategy: "mfu" },
    seed: 122,
    expected: ["policy"],
    operations: (draw) => readsOf(zipf(draw, 2_000, 1)),
  },
  {
    name: "random where few keys are popular",
    kind: "random",
    isStationary: true,
    cache: { maxCacheSize: 150, strategy: "random" },
    warmUp: 2_000,
    seed: 123,
    expected: ["policy"],
    operations: (draw) => readsOf(zipf(draw, 6_000, 1.05)),
  },
  {
    name: "random where all keys are alike, and nearly fit",
    kind: "random is no worse",
    isStationary: true,
    cache: { maxCacheSize: 995, strategy: "random" },
    warmUp: 2_000,
    seed: 124,
    expected: ["nothing"],
    operations: (draw) => readsOf(uniform(draw, 1_000)),
  },
  {
    name: "fifo where few keys are popular",
    kind: "fifo",
    isStationary: true,
    cache: { maxCacheSize: 500, strategy: "fifo" },
    seed: 125,
    expected: ["policy"],
    operations: (draw) => readsOf(zipf(draw, 10_000, 1.1)),
  },
  {
    name: "fifo where nearly all fits",
    kind: "fifo is no worse",
    isStationary: true,
    cache: { maxCacheSize: 950, strategy: "fifo" },
    warmUp: 3_000,
    seed: 126,
    expected: ["nothing"],
    operations: (draw) => readsOf(zipf(draw, 1_000, 1.2)),
  },
  {
    name: "lfu keeps what was popular yesterday",
    kind: "lfu and moving keys",
    isStationary: true,
    cache: { maxCacheSize: 500, strategy: "lfu" },
    seed: 127,
    expected: ["policy"],
    *operations(draw) {
      for (let step = 0; ; step++) yield read(Math.floor(step / 20) + Math.floor(1_500 * draw() ** 3));
    },
  },
  {
    name: "16 shards over 64 entries",
    kind: "small shards",
    isStationary: true,
    cache: { maxCacheSize: 64, shardCount: 16 },
    seed: 128,
    expected: ["shards"],
    operations: (draw) => readsOf(uniform(draw, 64)),
  },
  {
    name: "4 shards over 4,000 entries",
    kind: "large shards",
    isStationary: true,
    cache: { maxCacheSize: 4_000, shardCount: 4 },
    seed: 129,
    expected: ["nothing"],
    operations: (draw) => readsOf(uniform(draw, 3_800)),
  },
  {
    name: "shards of four entries, and a loop that is too long besides",
    kind: "shards and size",
    isStationary: true,
    cache: { maxCacheSize: 64, shardCount: 16 },
    seed: 130,
    expected: ["size"],
    operations: () => readsOf(loop(80)),
  },
];
