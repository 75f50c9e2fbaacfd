import { fresh, loop, read, readsOf, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** Records that say too little, and several causes at once. */
export const TUNING_RECORDS: readonly Load[] = [
  {
    name: "150 look-ups",
    kind: "too few look-ups",
    isStationary: true,
    cache: { maxCacheSize: 10 },
    window: 150,
    seed: 181,
    expected: ["wait"],
    operations: () => readsOf(loop(12)),
  },
  {
    name: "600 look-ups of a loop of 12",
    kind: "just enough look-ups",
    isStationary: true,
    cache: { maxCacheSize: 10 },
    window: 600,
    seed: 182,
    expected: ["size"],
    operations: () => readsOf(loop(12)),
  },
  {
    name: "nearly all entries are pinned",
    kind: "pins",
    isStationary: true,
    cache: { maxCacheSize: 100 },
    warmUp: 400,
    seed: 183,
    expected: ["unexplained"],
    *operations(draw) {
      for (let key = 0; key < 90; key++) {
        yield read(`shown:${key}`);
        yield { type: "pin", key: `shown:${key}` };
      }
      yield* readsOf(uniform(draw, 130));
    },
  },
  {
    name: "two entries of 300 are pinned",
    kind: "few pins",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    warmUp: 400,
    seed: 184,
    expected: ["size"],
    *operations(draw) {
      for (const key of ["one", "other"]) {
        yield read(key);
        yield { type: "pin", key };
      }
      yield* readsOf(uniform(draw, 450));
    },
  },
  {
    name: "3,000 look-ups in a cache of 5,000 that was full before",
    kind: "unknown past",
    isStationary: true,
    cache: { maxCacheSize: 5_000 },
    window: 3_000,
    warmUp: 60_000,
    seed: 185,
    expected: ["unknown-past", "size"],
    operations: (draw) => readsOf(uniform(draw, 30_000)),
  },
  {
    name: "70,000 look-ups in a cache of 2,000 that was full before",
    kind: "known past",
    isStationary: true,
    cache: { maxCacheSize: 2_000 },
    warmUp: 30_000,
    seed: 186,
    expected: ["size"],
    operations: (draw) => readsOf(zipf(draw, 12_000, 0.8)),
  },
  {
    name: "a ttl that is too short, in a cache that is a little too small",
    kind: "ttl and size",
    isStationary: true,
    cache: { maxCacheSize: 450, ttl: 300 },
    seed: 187,
    expected: ["ttl"],
    operations: (draw) => readsOf(uniform(draw, 500)),
  },
  {
    name: "scans beside a hot set, and keys without a value",
    kind: "scans and absent keys",
    isStationary: true,
    cache: { maxCacheSize: 500 },
    seed: 188,
    expected: ["policy"],
    *operations(draw) {
      const [hot, once, nobody] = [uniform(draw, 400), fresh("scan"), uniform(draw, 20)];
      for (;;) {
        for (let step = 0; step < 600; step++) {
          yield draw() < 0.3 ? { type: "read", key: `nobody:${nobody()}`, isAbsent: true } : read(hot());
        }
        for (let step = 0; step < 600; step++) yield read(once());
      }
    },
  },
  {
    name: "cleared often, and too small besides",
    kind: "clears and size",
    isStationary: true,
    cache: { maxCacheSize: 150 },
    seed: 189,
    expected: ["removals"],
    *operations(draw) {
      const next = uniform(draw, 180);
      for (;;) {
        for (let step = 0; step < 250; step++) yield read(next());
        yield { type: "clear" };
      }
    },
  },
  {
    name: "log lines beside a load that fails for some keys",
    kind: "writes and failures",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    seed: 190,
    expected: ["unread-writes", "policy"],
    *operations(draw) {
      const [next, log] = [uniform(draw, 250), fresh("log")];
      for (;;) {
        const key = next();
        yield { type: "load", key, brings: key < 25 ? "failure" : "value" };
        yield { type: "set", key: log() };
        yield { type: "set", key: log() };
      }
    },
  },
];
