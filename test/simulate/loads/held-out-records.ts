import { fresh, loop, read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** Records that say too little, and several causes at once. */
export const HELD_OUT_RECORDS: readonly Load[] = [
  {
    name: "120 look-ups of a few keys",
    kind: "too few look-ups",
    isStationary: true,
    cache: { maxCacheSize: 20, strategy: "fifo" },
    window: 120,
    warmUp: 500,
    seed: 581,
    expected: ["wait"],
    operations: (draw) => readsOf(zipf(draw, 60, 1)),
  },
  {
    name: "500 look-ups of a loop of 15",
    kind: "just enough look-ups",
    isStationary: true,
    cache: { maxCacheSize: 12 },
    window: 500,
    seed: 582,
    expected: ["size"],
    *operations() {
      const next = loop(15);
      for (;;) yield read(`step:${next()}`);
    },
  },
  {
    name: "most entries are pinned by what is on screen",
    kind: "pins",
    isStationary: true,
    cache: { maxCacheSize: 200 },
    warmUp: 1_000,
    seed: 583,
    expected: ["unexplained"],
    *operations(draw) {
      for (let key = 0; key < 170; key++) {
        yield read(`shown:${key}`);
        yield { type: "pin", key: `shown:${key}` };
      }
      yield* readsOf(zipf(draw, 300, 0.5));
    },
  },
  {
    name: "five entries of 1,000 are pinned",
    kind: "few pins",
    isStationary: true,
    cache: { maxCacheSize: 1_000 },
    warmUp: 2_000,
    seed: 584,
    expected: ["size"],
    *operations(draw) {
      for (let key = 0; key < 5; key++) {
        yield read(`shown:${key}`);
        yield { type: "pin", key: `shown:${key}` };
      }
      yield* readsOf(uniform(draw, 1_600));
    },
  },
  {
    name: "6,000 look-ups in a cache of 8,000 that was full before",
    kind: "unknown past",
    isStationary: true,
    cache: { maxCacheSize: 8_000 },
    window: 6_000,
    warmUp: 90_000,
    seed: 585,
    expected: ["unknown-past", "size"],
    operations: (draw) => readsOf(uniform(draw, 50_000)),
  },
  {
    name: "70,000 look-ups in a cache of 1,200 that was full before",
    kind: "known past",
    isStationary: true,
    cache: { maxCacheSize: 1_200 },
    warmUp: 40_000,
    seed: 586,
    expected: ["size"],
    *operations(draw) {
      const next = zipf(draw, 7_000, 0.75);
      for (;;) yield read(`tile:${next()}`);
    },
  },
  {
    name: "too small, and a ttl that would be the next bound",
    kind: "ttl and size",
    isStationary: true,
    cache: { maxCacheSize: 200, ttl: 1_600 },
    seed: 587,
    expected: ["size"],
    operations: (draw) => readsOf(uniform(draw, 400)),
  },
  {
    name: "an export beside popular pages, and pages that are not there",
    kind: "scans and absent keys",
    isStationary: true,
    cache: { maxCacheSize: 700 },
    warmUp: 2_000,
    seed: 588,
    expected: ["policy"],
    *operations(draw) {
      const [hot, once, nobody] = [uniform(draw, 600), fresh("export"), uniform(draw, 60)];
      for (;;) {
        for (let step = 0; step < 900; step++) {
          yield draw() < 0.15 ? { type: "load", key: `gone:${nobody()}`, brings: "nothing" } : read(hot());
        }
        for (let step = 0; step < 800; step++) yield read(once());
      }
    },
  },
  {
    name: "cleared at each deployment of a feature flag, and too small",
    kind: "clears and size",
    isStationary: true,
    cache: { maxCacheSize: 400 },
    seed: 589,
    expected: ["size", "removals"],
    *operations(draw) {
      const next = uniform(draw, 700);
      for (;;) {
        for (let step = 0; step < 1_500; step++) yield read(`flag:${next()}`);
        yield { type: "clear" };
      }
    },
  },
  {
    name: "a trail of all look-ups, and a report that cannot be made",
    kind: "writes and failures",
    isStationary: true,
    cache: { maxCacheSize: 500 },
    warmUp: 1_000,
    seed: 590,
    expected: ["unread-writes", "policy"],
    *operations(draw) {
      const [next, trail] = [uniform(draw, 450), fresh("trail")];
      for (;;) {
        const key = next();
        yield { type: "load", key: `report:${key}`, brings: key % 12 === 5 ? "failure" : "value" };
        yield { type: "set", key: trail() };
        if (draw() < 0.5) yield { type: "set", key: trail() };
      }
    },
  },
];
