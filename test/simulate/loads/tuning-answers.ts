import { fresh, read, readsOf, uniform } from "./keys.ts";
import type { Load } from "./load.ts";

/** Answers that are absent, fail, or are never read; keys that do not come back. */
export const TUNING_ANSWERS: readonly Load[] = [
  {
    name: "50 keys that have no value, asked for again and again",
    kind: "absent keys",
    isStationary: true,
    cache: { maxCacheSize: 200 },
    seed: 161,
    expected: ["absent"],
    *operations(draw) {
      const next = uniform(draw, 100);
      for (;;) {
        const key = next();
        yield key < 50 ? { type: "read", key, isAbsent: true } : read(key);
      }
    },
  },
  {
    name: "one look-up of 200 is for a key without a value",
    kind: "few absent keys",
    isStationary: true,
    cache: { maxCacheSize: 160 },
    warmUp: 2_000,
    seed: 162,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const next = uniform(draw, 120);
      for (;;) yield draw() < 0.005 ? { type: "read", key: "nobody", isAbsent: true } : read(next());
    },
  },
  {
    name: "three look-ups of a hundred are for keys without a value",
    kind: "some absent keys",
    isStationary: true,
    cache: { maxCacheSize: 160 },
    warmUp: 2_000,
    seed: 163,
    expected: ["absent"],
    *operations(draw) {
      const next = uniform(draw, 120);
      for (;;) yield draw() < 0.03 ? { type: "read", key: "nobody", isAbsent: true } : read(next());
    },
  },
  {
    name: "a backend that always fails for 30 keys of 200",
    kind: "failing loads",
    isStationary: true,
    cache: { maxCacheSize: 400 },
    seed: 164,
    expected: ["failures"],
    *operations(draw) {
      const next = uniform(draw, 200);
      for (;;) {
        const key = next();
        yield { type: "load", key, brings: key < 30 ? "failure" : "value" };
      }
    },
  },
  {
    name: "a load of 40 fails, and what was loaded stays",
    kind: "loads that fail now and then",
    isStationary: true,
    cache: { maxCacheSize: 400 },
    warmUp: 5_000,
    seed: 165,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const next = uniform(draw, 300);
      for (;;) yield { type: "load", key: next(), brings: draw() < 0.025 ? "failure" : "value" };
    },
  },
  {
    name: "all keys new",
    kind: "all new",
    isStationary: true,
    cache: { maxCacheSize: 500 },
    seed: 166,
    expected: ["no-use"],
    operations: () => readsOf(fresh("event")),
  },
  {
    name: "one key of eight comes back, from three sizes away",
    kind: "mostly new",
    isStationary: true,
    cache: { maxCacheSize: 500 },
    seed: 167,
    expected: ["size"],
    *operations() {
      for (let step = 0; ; step++) yield read(step % 8 === 7 ? step - 1_401 : step);
    },
  },
  {
    name: "one and a half log lines written for each look-up",
    kind: "writes never read",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    seed: 168,
    expected: ["unread-writes", "policy"],
    *operations(draw) {
      const [next, log] = [uniform(draw, 280), fresh("log")];
      for (;;) {
        yield read(next());
        yield { type: "set", key: log() };
        if (draw() < 0.5) yield { type: "set", key: log() };
      }
    },
  },
  {
    name: "a log line for each twelve look-ups, in a cache with room",
    kind: "few writes never read",
    isStationary: true,
    cache: { maxCacheSize: 600 },
    warmUp: 3_000,
    seed: 169,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const [next, log] = [uniform(draw, 200), fresh("log")];
      for (;;) {
        for (let step = 0; step < 12; step++) yield read(next());
        yield { type: "set", key: log() };
      }
    },
  },
  {
    name: "seven look-ups of a hundred hit, and the others are new",
    kind: "helps little",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    seed: 170,
    expected: ["little"],
    *operations(draw) {
      const [hot, once] = [uniform(draw, 10), fresh("visit")];
      for (;;) yield read(draw() < 0.07 ? hot() : once());
    },
  },
  {
    name: "fourteen look-ups of a hundred hit, and the others are new",
    kind: "helps a little more",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    seed: 171,
    expected: ["nothing", "little"],
    *operations(draw) {
      const [hot, once] = [uniform(draw, 20), fresh("visit")];
      for (;;) yield read(draw() < 0.14 ? hot() : once());
    },
  },
];
